using System.Buffers.Binary;
using System.Numerics;

namespace Facula.Serialization;

/// <summary>A NumPy dtype being unpickled: made from its code, then told the byte order.</summary>
internal sealed class NumpyDType(StoredType type)
{
    public StoredType Type { get; } = type;

    public bool BigEndian { get; set; }
}

/// <summary>NumPy's scalars and arrays in a checkpoint: statistics of a training run often end up there.</summary>
internal sealed class NumpyCalls(Func<string, InvalidDataException> corrupt)
{
    public object? Invoke(PyGlobal function, object?[] arguments)
    {
        switch (function.Kind, arguments)
        {
            case (PyGlobalKind.NumpyDType, [string code, ..]) when arguments.Length <= 3:
                return NumpyTypes.TryParse(code, out StoredType element)
                    ? new NumpyDType(element)
                    : throw corrupt($"NumPy values of dtype '{(code.Length > 20 ? code[..20] : code)}' are not read");
            case (PyGlobalKind.NumpyScalar, [NumpyDType type, PyBytes bytes]) when bytes.Data.Length == type.Type.Size():
                return Scalar(type, bytes.Data);
            case (PyGlobalKind.NumpyReconstruct, [PyGlobal { Kind: PyGlobalKind.NumpyArray }, PyTuple, _]):
                return new NdArrayRecord();
            default:
                return null;
        }
    }

    public bool Build(object target, object?[] state)
    {
        switch (target, state)
        {
            case (NumpyDType type, [_, string order and ("<" or ">" or "|" or "="), null, null, null, ..]):
                type.BigEndian = order == ">";
                return true;
            case (NdArrayRecord array, [1L, PyTuple sizes, NumpyDType type, bool fortran, PyBytes or string]):
                return Fill(array, sizes, type, fortran, state[4]);
            default:
                return false;
        }
    }

    private bool Fill(NdArrayRecord array, PyTuple sizes, NumpyDType type, bool fortran, object? data)
    {
        array.Sizes = new TensorCalls(corrupt).Sizes(sizes, "the shape of a NumPy array");
        array.Type = type.Type;
        array.BigEndian = type.BigEndian;
        array.FortranOrder = fortran;
        // Python 2 wrote the data as a string, which came through as text when it happened to be valid UTF-8.
        array.Data = data is PyBytes bytes ? bytes.Data : System.Text.Encoding.UTF8.GetBytes((string)data!);
        UInt128 expected = (UInt128)type.Type.Size();
        foreach (long size in array.Sizes)
            expected = expected > long.MaxValue ? UInt128.MaxValue : expected * (ulong)size;
        if (expected != (UInt128)array.Data.Length)
            throw corrupt($"a NumPy array of shape ({string.Join(", ", array.Sizes)}) has {array.Data.Length} bytes");
        return true;
    }

    private object Scalar(NumpyDType type, byte[] data)
    {
        byte[] bytes = [.. data];
        if (type.BigEndian)
            ByteOrder.Swap(bytes, type.Type.SwapUnit());
        return type.Type switch
        {
            StoredType.Bool => bytes[0] != 0,
            StoredType.Int8 => (long)(sbyte)bytes[0],
            StoredType.UInt8 => (long)bytes[0],
            StoredType.Int16 => (long)BinaryPrimitives.ReadInt16LittleEndian(bytes),
            StoredType.UInt16 => (long)BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            StoredType.Int32 => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
            StoredType.UInt32 => (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            StoredType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            StoredType.UInt64 => PyKey.PyInteger(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
            StoredType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            StoredType.Float32 => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
            StoredType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            StoredType.Complex64 => new Complex(BinaryPrimitives.ReadSingleLittleEndian(bytes), BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4))),
            StoredType.Complex128 => new Complex(BinaryPrimitives.ReadDoubleLittleEndian(bytes), BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(8))),
            _ => throw corrupt($"NumPy scalars of type {type.Type} are not read"),
        };
    }
}
