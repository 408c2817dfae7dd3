namespace Facula.Serialization;

/// <summary>Between NumPy's arrays and tensors; the unsigned types that tensors do not have widen to the next signed one.</summary>
internal static class NumpyArrays
{
    public static Tensor ToTensor(string file, NdArrayRecord array) =>
        ToTensor(new MemoryByteSource(file, array.Data), array.Type, array.Sizes, array.BigEndian, array.FortranOrder);

    public static Tensor ToTensor(ByteSource data, StoredType type, long[] sizes, bool bigEndian, bool fortranOrder)
    {
        ScalarType dtype = type switch
        {
            StoredType.UInt16 => ScalarType.Int16,
            StoredType.UInt32 => ScalarType.Int32,
            StoredType.UInt64 => ScalarType.Int64,
            _ => type.RequireScalarType(data.Name, "the array"),
        };
        var storage = Storage.Allocate(data.Length, CPU);
        StorageLoader.Read([data], [storage]);
        if (bigEndian)
            StorageLoader.TurnRound(storage, type.SwapUnit());
        Size? strides = fortranOrder ? FortranStrides(sizes) : default(Size?);
        var tensor = new Tensor(storage, new Size(sizes), strides, 0, dtype);
        return Widen(data.Name, tensor, type);
    }

    private static Size FortranStrides(long[] sizes)
    {
        var strides = new long[sizes.Length];
        long stride = 1;
        for (int d = 0; d < sizes.Length; d++)
        {
            strides[d] = stride;
            stride *= Math.Max(sizes[d], 1);
        }
        return new Size(strides);
    }

    private static Tensor Widen(string file, Tensor bits, StoredType type)
    {
        switch (type)
        {
            case StoredType.UInt16:
                return Convert<short, int>(bits, ScalarType.Int32, value => (ushort)value);
            case StoredType.UInt32:
                return Convert<int, long>(bits, ScalarType.Int64, value => (uint)value);
            case StoredType.UInt64:
                return Convert<long, long>(bits, ScalarType.Int64, value => value >= 0
                    ? value
                    : throw new NotSupportedException($"{file}: the uint64 array holds {(ulong)value}, which does not fit int64"));
            default:
                return bits;
        }
    }

    private static Tensor Convert<TBits, TWide>(Tensor bits, ScalarType dtype, Func<TBits, TWide> widen)
        where TBits : unmanaged
        where TWide : unmanaged
    {
        TWide[] values = Array.ConvertAll(bits.ToArray<TBits>(), value => widen(value));
        Tensor wide = Tensor.Allocate(bits.shape, dtype);
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(Bytes(wide));
        return wide;
    }

    private static Span<byte> Bytes(Tensor tensor)
    {
        tensor.Storage.MakeManaged();
        return new Span<byte>((byte[])tensor.Storage.ManagedArray!);
    }
}
