using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Facula.Modules;
using Facula.Ops;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>
            /// Python's <c>copy.deepcopy</c>: a module with parameters, buffers and modules of its own. What occurs twice within occurs twice in the copy;
            /// other fields are shared.
            /// </summary>
            internal Module DeepCopy() => DeepCopy(new Dictionary<object, object>(ReferenceEqualityComparer.Instance));

            private Module DeepCopy(Dictionary<object, object> made)
            {
                if (made.TryGetValue(this, out object? known)) return (Module)known;
                Synchronize();
                var copy = (Module)MemberwiseClone();
                made[this] = copy;
                copy._parameters = [];
                copy._buffers = [];
                copy._modules = [];
                copy._transient = _transient is null ? null : [.. _transient];
                copy.OwnHooks();
                copy._computed = CopiedComputed(made);
                foreach ((string name, Parameter? parameter) in _parameters) copy._parameters[name] = (Parameter?)Copied(parameter, made);
                foreach ((string name, Tensor? buffer) in _buffers) copy._buffers[name] = (Tensor?)Copied(buffer, made);
                foreach ((string name, Module? module) in _modules) copy._modules[name] = (Module?)Copied(module, made);
                CopyFields(copy, made);
                return copy;
            }

            [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "the annotation on nn.Module keeps the fields of every derived class")]
            [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "the annotation on nn.Module keeps the fields of every derived class")]
            private void CopyFields(Module copy, Dictionary<object, object> made)
            {
                for (Type? type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    {
                        if (field.FieldType.IsPrimitive || field.GetValue(this) is not { } value) continue;
                        object? copied = Copied(value, made);
                        if (!ReferenceEquals(copied, value)) field.SetValue(copy, copied);
                    }
                }
            }

            private static object? Copied(object? value, Dictionary<object, object> made)
            {
                if (value is null) return null;
                if (made.TryGetValue(value, out object? known)) return known;
                switch (value)
                {
                    case Module module: return module.DeepCopy(made);
                    case ComputedParameter computed: return made[value] = computed.Copy();
                    case Parameter parameter: return made[value] = parameter.Copy();
                    case Facula.Modules.Buffer buffer: return made[value] = new Facula.Modules.Buffer(Copying.Converted(buffer, buffer.DType), buffer.persistent);
                    case Tensor { is_sparse: false } tensor: return made[value] = Copying.Converted(tensor, tensor.DType).requires_grad_(tensor.is_leaf && tensor.requires_grad);
                    case Array { Rank: 1 } array when Holds(array):
                        var items = (Array)array.Clone();
                        made[value] = items;
                        for (int i = 0; i < items.Length; i++) items.SetValue(Copied(array.GetValue(i), made), i);
                        return items;
                    case IList list when list is not Array && Holds(list) && MakeLike(list) is IList empty:
                        made[value] = empty;
                        foreach (object? item in list) empty.Add(Copied(item, made));
                        return empty;
                    case IDictionary dictionary when Holds(dictionary.Values) && MakeLike(dictionary) is IDictionary table:
                        made[value] = table;
                        foreach (DictionaryEntry entry in dictionary) table[entry.Key] = Copied(entry.Value, made);
                        return table;
                    default: return value;
                }
            }

            private static bool Holds(IEnumerable items)
            {
                foreach (object? item in items)
                    if (item is Module or Tensor) return true;
                return false;
            }

            [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "the collection was made by the module with the same constructor, or it stays shared")]
            private static object? MakeLike(object collection) =>
                collection.GetType().GetConstructor(Type.EmptyTypes) is { } constructor ? constructor.Invoke(null) : null;
        }
    }
}
