using Facula.Ops;

namespace Facula;

public static partial class torch
{
    public static partial class optim
    {
        public abstract partial class Optimizer
        {
            private readonly OptimizerState _ownState = new();

            /// <summary>
            /// The state per parameter. Of PyTorch's optimizers this is a picture made on reading, whose tensors are the state itself;
            /// optimizers of your own keep their state in it.
            /// </summary>
            public OptimizerState state
            {
                get
                {
                    if (!KeepsTypedState) return _ownState;
                    var picture = new OptimizerState();
                    foreach (ParamGroup group in _groups)
                    {
                        for (int i = 0; i < group.Items.Length; i++)
                            if (group.States[i] is { } own) own.Export(picture[group.Items[i]]);
                    }
                    return picture;
                }
            }

            /// <summary>Whether state is kept in typed fields rather than in <see cref="state"/>.</summary>
            private protected virtual bool KeepsTypedState => false;

            /// <summary>An empty typed state for the parameter of a group.</summary>
            private protected virtual ParameterState MakeState(ParamGroup group, Tensor parameter) => throw new InvalidOperationException();

            /// <summary>PyTorch's layout: <c>state</c> by the index of the parameter, and <c>param_groups</c> with indices in place of parameters.</summary>
            public virtual OrderedDict<string, object?> state_dict()
            {
                var indices = new Dictionary<Tensor, long>(ReferenceEqualityComparer.Instance);
                var groups = new List<object?>();
                long start = 0;
                foreach (ParamGroup group in _groups)
                {
                    var packed = new OrderedDict<string, object?>();
                    foreach ((string name, GroupOption value) in group.Options) packed[name] = value.Value;
                    for (int i = 0; i < group.Items.Length; i++) indices.TryAdd(group.Items[i], start + i);
                    packed["params"] = group.Items.Select(p => (object?)indices[p]).ToList();
                    start += group.Items.Length;
                    groups.Add(packed);
                }
                var states = new OrderedDict<object, object?>();
                foreach ((Tensor parameter, OrderedDict<string, object?> entries) in state)
                    if (indices.TryGetValue(parameter, out long index)) states[index] = entries;
                return new OrderedDict<string, object?> { ["state"] = states, ["param_groups"] = groups };
            }

            /// <summary>Takes over options and state that <see cref="state_dict"/> gave, here or in Python, also as <c>torch.load</c> gives them.</summary>
            public virtual void load_state_dict(object state_dict)
            {
                object?[] saved = [.. Mappings.Items(Mappings.Get(state_dict, "param_groups"), "param_groups")];
                if (saved.Length != _groups.Count) throw new ArgumentException("loaded state dict has a different number of parameter groups");
                var places = new Dictionary<object, (ParamGroup Group, int Index)>(PythonKeys.Instance);
                for (int i = 0; i < saved.Length; i++)
                {
                    object?[] ids = [.. Mappings.Items(Mappings.Get(saved[i], "params"), "params")];
                    if (ids.Length != _groups[i].Items.Length)
                        throw new ArgumentException("loaded state dict contains a parameter group that doesn't match the size of optimizer's group");
                    for (int j = 0; j < ids.Length; j++) places[ids[j]!] = (_groups[i], j);
                }

                _ownState.Clear();
                foreach (ParamGroup group in _groups) Array.Clear(group.States);
                foreach ((object key, object? value) in Mappings.Entries(Mappings.Get(state_dict, "state"), "state"))
                    if (places.TryGetValue(key, out var place)) LoadState(place.Group, place.Index, value);

                for (int i = 0; i < saved.Length; i++)
                {
                    _groups[i].ReplaceOptions(Mappings.Entries(saved[i], "param_groups")
                        .Where(e => e.Key is not "params").Select(e => ((string)e.Key, GroupOption.From(Mappings.Plain(e.Value)))));
                    // A file of another version may lack options; PyTorch fills them in as well.
                    foreach ((string name, GroupOption value) in _defaults)
                        if (!_required.Contains(name)) _groups[i].setdefault(name, value);
                }
            }

            private void LoadState(ParamGroup group, int index, object? saved)
            {
                Tensor parameter = group.Items[index];
                var entries = Mappings.Entries(saved, "state").Select(e => ((string)e.Key, Own(parameter, (string)e.Key, e.Value)));
                if (!KeepsTypedState)
                {
                    foreach ((string name, object? value) in entries) _ownState[parameter][name] = value;
                    return;
                }
                ParameterState state = MakeState(group, parameter);
                foreach ((string name, object? value) in entries) state.Import(name, value);
                group.States[index] = state;
            }

            /// <summary>A copy of a saved value; floating-point state takes the dtype of its parameter, except for the step count.</summary>
            private static object? Own(Tensor parameter, string name, object? value)
            {
                if (value is not Tensor tensor) return Mappings.Plain(value);
                ScalarType dtype = name != "step" && parameter.DType.is_floating_point ? parameter.DType : tensor.DType;
                return Copying.Converted(tensor, dtype);
            }
        }
    }

    /// <summary>Reads dictionaries and lists of any element types, as programs build them and <c>torch.load</c> gives them.</summary>
    internal static class Mappings
    {
        internal static object? Get(object? mapping, string key)
        {
            foreach ((object name, object? value) in Entries(mapping, key))
                if (name is string text && text == key) return value;
            throw new KeyNotFoundException($"'{key}'");
        }

        internal static IEnumerable<(object Key, object? Value)> Entries(object? mapping, string name)
        {
            if (mapping is not System.Collections.IDictionary dictionary)
                throw new ArgumentException($"load_state_dict: '{name}' should be a dictionary, but got {mapping?.GetType().Name ?? "None"}");
            foreach (System.Collections.DictionaryEntry entry in dictionary) yield return (entry.Key, entry.Value);
        }

        internal static IEnumerable<object?> Items(object? list, string name) => list is System.Collections.IEnumerable items and not string
            ? items.Cast<object?>()
            : throw new ArgumentException($"load_state_dict: '{name}' should be a list, but got {list?.GetType().Name ?? "None"}");

        /// <summary>A number as Python's: integers as long, reals as double.</summary>
        internal static object? Plain(object? value) => GroupOption.From(value).Value;
    }
}
