namespace Facula.Serialization;

/// <summary>PyTorch's rebuild functions: from checked numbers to <see cref="TensorRecord"/>s that cannot leave their storage.</summary>
internal sealed class TensorCalls(Func<string, InvalidDataException> corrupt)
{
    private const int HighestRank = 64;

    /// <summary>Null when the arguments do not fit the function, or the function makes no tensor.</summary>
    public object? Invoke(PyGlobal function, object?[] arguments) => (function.Kind, arguments) switch
    {
        (PyGlobalKind.RebuildTensor, [TypedStorage storage, long offset, var sizes, var strides]) =>
            Make(storage, null, offset, sizes, strides, false, null),
        (PyGlobalKind.RebuildTensor2, [TypedStorage storage, long offset, var sizes, var strides, bool requiresGrad, null or PyDict]) =>
            Make(storage, null, offset, sizes, strides, requiresGrad, null),
        (PyGlobalKind.RebuildTensor2, [TypedStorage storage, long offset, var sizes, var strides, bool requiresGrad, null or PyDict, var metadata]) =>
            Make(storage, null, offset, sizes, strides, requiresGrad, metadata),
        (PyGlobalKind.RebuildTensor3, [TypedStorage storage, long offset, var sizes, var strides, bool requiresGrad, null or PyDict, PyDType type]) =>
            Make(storage, type.Type, offset, sizes, strides, requiresGrad, null),
        (PyGlobalKind.RebuildTensor3, [TypedStorage storage, long offset, var sizes, var strides, bool requiresGrad, null or PyDict, PyDType type, var metadata]) =>
            Make(storage, type.Type, offset, sizes, strides, requiresGrad, metadata),
        (PyGlobalKind.RebuildParameter, [TensorRecord data, bool requiresGrad, null or PyDict]) => AsParameter(data, requiresGrad),
        (PyGlobalKind.RebuildParameterWithState, [TensorRecord data, bool requiresGrad, null or PyDict, _]) => AsParameter(data, requiresGrad),
        (PyGlobalKind.Parameter, [TensorRecord data]) => AsParameter(data, true),
        (PyGlobalKind.Parameter, [TensorRecord data, bool requiresGrad]) => AsParameter(data, requiresGrad),
        (PyGlobalKind.RebuildSparse, [PyLayout layout, PyTuple parts]) => MakeSparse(layout, parts.Items),
        _ => null,
    };

    public TensorRecord AsParameter(TensorRecord data, bool requiresGrad) => requiresGrad && !data.Type.IsDifferentiable()
        ? throw corrupt($"a parameter of type {data.Type.TorchName()} cannot require a gradient")
        : new TensorRecord
        {
            Storage = data.Storage, Type = data.Type, Offset = data.Offset, Sizes = data.Sizes, Strides = data.Strides,
            RequiresGrad = requiresGrad, IsParameter = true, Conjugate = data.Conjugate, Negative = data.Negative,
        };

    public long[] Sizes(object? value, string what)
    {
        object?[] items = value switch
        {
            PyTuple tuple => tuple.Items,
            PyList list => [.. list.Items],
            PySize size => Array.ConvertAll(size.Sizes, length => (object?)length),
            _ => throw corrupt($"{what} is not a tuple of integers"),
        };
        if (items.Length > HighestRank)
            throw corrupt($"{what} has {items.Length} dimensions; {HighestRank} is the limit");
        return Array.ConvertAll(items, item => item switch
        {
            long length and >= 0 => length,
            long length => throw corrupt($"{what} holds the negative number {length}"),
            _ => throw corrupt($"{what} holds something that is not an integer of 64 bits"),
        });
    }

    private TensorRecord Make(TypedStorage storage, StoredType? type, long offset, object? sizes, object? strides, bool requiresGrad, object? metadata)
    {
        if ((type ?? storage.Type) is not { } elementType)
            throw corrupt("a tensor over an untyped storage names no dtype");
        if (requiresGrad && !elementType.IsDifferentiable())
            throw corrupt($"a tensor of type {elementType.TorchName()} cannot require a gradient");
        long[] size = Sizes(sizes, "the size of a tensor"), stride = Sizes(strides, "the stride of a tensor");
        long start = CheckBounds(storage, elementType, offset, size, stride);
        storage.Storage.Type ??= elementType;
        return new TensorRecord
        {
            Storage = storage.Storage, Type = elementType, Offset = start, Sizes = size, Strides = stride, RequiresGrad = requiresGrad,
            Conjugate = Flag(metadata, "conj"), Negative = Flag(metadata, "neg"),
        };
    }

    private long CheckBounds(TypedStorage storage, StoredType type, long offset, long[] sizes, long[] strides)
    {
        if (sizes.Length != strides.Length)
            throw corrupt($"a tensor has {sizes.Length} sizes and {strides.Length} strides");
        if (offset < 0)
            throw corrupt($"a tensor begins at the negative offset {offset}");
        // The declared number of elements bounds the tensor; for an untyped storage, the bytes do.
        long elements = storage.Type is null ? storage.Storage.ByteLength / type.Size() : storage.Elements;
        try
        {
            checked
            {
                long start = offset + storage.Offset, last = offset, count = 1;
                for (int i = 0; i < sizes.Length; i++)
                {
                    count *= sizes[i];
                    last += Math.Max(sizes[i] - 1, 0) * strides[i];
                }
                if (count > 0 && last >= elements)
                    throw corrupt($"a tensor of size [{string.Join(", ", sizes)}] and stride [{string.Join(", ", strides)}] at offset {offset} "
                        + $"leaves its storage of {elements} elements");
                return count > 0 ? start : Math.Min(start, storage.Offset + elements);
            }
        }
        catch (OverflowException)
        {
            throw corrupt($"the size [{string.Join(", ", sizes)}] of a tensor overflows 64 bits");
        }
    }

    private SparseRecord MakeSparse(PyLayout layout, object?[] parts)
    {
        if (layout.Name != "torch.sparse_coo")
            throw corrupt($"tensors of layout {layout.Name} are not read; save the dense form, x.to_dense()");
        if (parts is not [TensorRecord { Type: StoredType.Int64 } indices, TensorRecord values, var size, ..] || parts.Length > 4
            || (parts.Length == 4 && parts[3] is not (bool or null)))
            throw corrupt("a sparse tensor has parts of wrong number or type");
        long[] sizes = Sizes(size, "the size of a sparse tensor");
        if (indices.Sizes.Length != 2 || values.Sizes.Length == 0 || indices.Sizes[1] != values.Sizes[0]
            || indices.Sizes[0] + values.Sizes.Length - 1 != sizes.Length || !values.Sizes.AsSpan(1).SequenceEqual(sizes.AsSpan((int)indices.Sizes[0])))
            throw corrupt("the indices, values and size of a sparse tensor do not fit each other");
        return new SparseRecord(indices, values, sizes, parts.Length == 4 && parts[3] is true);
    }

    private static bool Flag(object? metadata, string name) =>
        metadata is PyDict dict && PyKey.TryCreate(name, out PyKey key) && dict.Items.TryGetValue(key, out object? value) && value is true;
}
