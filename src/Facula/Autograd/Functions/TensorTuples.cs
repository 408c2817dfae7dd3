using System.Runtime.CompilerServices;

namespace Facula;

/// <summary>Results of one or several tensors (a tensor, an array, a list, a tuple) as one list, and back.</summary>
internal static class TensorTuples
{
    internal static Tensor?[] Flatten(object? value, string source)
    {
        switch (value)
        {
            case null: return [null];
            case Tensor tensor: return [tensor];
            case Tensor?[] array: return [.. array];
            case IReadOnlyList<Tensor?> list: return [.. list];
            case ITuple tuple:
                var items = new Tensor?[tuple.Length];
                for (int i = 0; i < items.Length; i++)
                    items[i] = tuple[i] is null or Tensor ? (Tensor?)tuple[i] : throw NotTensors(value, source);
                return items;
            default: throw NotTensors(value, source);
        }
    }

    /// <summary>The tensors in the form that <paramref name="like"/> has.</summary>
    internal static object? Rebuild(object? like, Tensor[] items)
    {
        switch (like)
        {
            // Not a switch expression: its arms would all become a TensorList.
            case null or Tensor: return items[0];
            case Tensor[]: return items;
            case List<Tensor>: return new List<Tensor>(items);
            case TensorList: return new TensorList(items);
            case ValueTuple<Tensor>: return new ValueTuple<Tensor>(items[0]);
            case ValueTuple<Tensor, Tensor>: return (items[0], items[1]);
            case ValueTuple<Tensor, Tensor, Tensor>: return (items[0], items[1], items[2]);
            case ValueTuple<Tensor, Tensor, Tensor, Tensor>: return (items[0], items[1], items[2], items[3]);
            case ValueTuple<Tensor, Tensor, Tensor, Tensor, Tensor>: return (items[0], items[1], items[2], items[3], items[4]);
            default: throw NotTensors(like, "forward");
        }
    }

    private static ArgumentException NotTensors(object value, string source) =>
        new($"{source} must give a tensor, or an array or tuple of up to five tensors, but gave {value.GetType().Name}");
}
