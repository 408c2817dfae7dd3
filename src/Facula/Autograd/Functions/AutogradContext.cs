namespace Facula;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a custom function's <c>forward</c> leaves for its <c>backward</c>.</summary>
        public class AutogradContext
        {
            private readonly FunctionNode _node;
            private readonly Dictionary<string, object?> _data = [];
            private Tensor?[] _toSave = [];

            internal AutogradContext(FunctionNode node) => _node = node;

            internal IReadOnlyList<Tensor> Dirty { get; private set; } = [];
            internal IReadOnlyList<Tensor> NonDifferentiable { get; private set; } = [];
            internal bool MaterializesGrads { get; private set; } = true;
            internal Tensor?[] ToSave => _toSave;

            /// <summary>Keeps tensors for <c>backward</c>; call it once, in <c>forward</c>.</summary>
            public void save_for_backward(List<Tensor> tensors) => Save([.. tensors]);

            private protected void Save(Tensor?[] tensors) => _toSave = tensors;

            /// <summary>The tensors that <c>forward</c> kept; throws when one was overwritten since, or when they were freed.</summary>
            public List<Tensor> get_saved_variables() => new(Saved()!);

            private protected Tensor?[] Saved() => _node.IsRecorded ? _node.Saved() : _toSave;

            /// <summary>Says that <c>forward</c> changed these inputs in place; they must be outputs, too.</summary>
            public void mark_dirty(List<Tensor> tensors) => Dirty = tensors;

            /// <summary>Says that these outputs have no gradient.</summary>
            public void mark_non_differentiable(List<Tensor> tensors) => NonDifferentiable = tensors;

            private protected void MarkDirty(Tensor[] tensors) => Dirty = tensors;

            private protected void MarkNonDifferentiable(Tensor[] tensors) => NonDifferentiable = tensors;

            /// <summary>Whether <c>backward</c> gets zeros (the default) or null for outputs that no gradient reached.</summary>
            public void set_materialize_grads(bool value) => MaterializesGrads = value;

            /// <summary>Keeps a value that is no tensor.</summary>
            public void save_data(string key, object? data) => _data[key] = data;

            /// <summary>The value kept under the key.</summary>
            public object? get_data(string key) => _data[key];

            /// <summary>Values that are no tensors, by name: Python's attributes of <c>ctx</c>.</summary>
            public object? this[string name]
            {
                get => _data[name];
                set => _data[name] = value;
            }

            /// <summary>Per argument of <c>apply</c>, whether its gradient is wanted.</summary>
            public bool[] needs_input_grad => _node.NeedsInputGrad();
        }
    }
}
