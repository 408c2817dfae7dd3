using System.Diagnostics.CodeAnalysis;

namespace Facula;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What all custom functions share.</summary>
        public abstract class Function
        {
            internal const DynamicallyAccessedMemberTypes Methods = DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods;

            private protected Function() { }

            /// <summary>What <c>forward</c> leaves for <c>backward</c>: Python's <c>ctx</c>.</summary>
            public sealed class Context : AutogradContext
            {
                internal Context(FunctionNode node) : base(node) { }

                /// <summary>Keeps tensors for <c>backward</c>; call it once, in <c>forward</c>.</summary>
                public void save_for_backward(params Tensor?[] tensors) => Save(tensors);

                /// <summary>The tensors that <c>forward</c> kept; throws when one was overwritten since, or when they were freed.</summary>
                public Tensor[] saved_tensors => Saved()!;

                /// <summary>Says that <c>forward</c> changed these inputs in place; they must be outputs, too.</summary>
                public void mark_dirty(params Tensor[] tensors) => MarkDirty(tensors);

                /// <summary>Says that these outputs have no gradient.</summary>
                public void mark_non_differentiable(params Tensor[] tensors) => MarkNonDifferentiable(tensors);
            }
        }

        /// <summary>
        /// A differentiable function of your own with one result: a class <typeparamref name="TSelf"/> with the static methods
        /// <c>forward(Context ctx, …)</c> and <c>backward(Context ctx, Tensor grad)</c>, called by <c>TSelf.apply(…)</c>.
        /// </summary>
        public abstract class Function<[DynamicallyAccessedMembers(Methods)] TSelf> : Function<TSelf, Tensor> where TSelf : Function<TSelf>;

        /// <summary>
        /// A differentiable function of your own whose <c>forward</c> gives a <typeparamref name="TResult"/>: a tensor, a tuple or an array of tensors.
        /// Its <c>backward</c> takes one gradient per result and gives one per argument (null where there is none).
        /// </summary>
        public abstract class Function<[DynamicallyAccessedMembers(Methods)] TSelf, TResult> : Function where TSelf : Function<TSelf, TResult>
        {
            private static readonly FunctionMethods s_methods = new(typeof(TSelf));

            /// <summary>Calls <c>forward</c>, and records <c>backward</c> as its derivative.</summary>
            public static TResult apply(params object?[] args)
            {
                var node = new FunctionNode(typeof(TSelf).Name, s_methods.Backward);
                object? result = null;
                Tensor?[] outputs = node.Run(args, context =>
                {
                    result = s_methods.Forward(context, args);
                    return TensorTuples.Flatten(result, typeof(TSelf).Name + ".forward");
                });
                return (TResult)TensorTuples.Rebuild(result, outputs!)!;
            }
        }

        /// <summary>Markers for custom functions.</summary>
        public static class function
        {
            /// <summary>Marks a <c>backward</c> that is not differentiable itself: differentiating twice throws.</summary>
            [AttributeUsage(AttributeTargets.Method)]
            [SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "PyTorch's name, to the letter")]
            public sealed class once_differentiable : Attribute;
        }
    }
}
