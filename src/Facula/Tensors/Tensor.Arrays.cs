using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements of row-major memory; whoever uses it keeps the tensor alive.</summary>
        internal Span<T> Span<T>() where T : unmanaged =>
            MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Reference), checked((int)Numel));

        /// <summary>
        /// The elements as a .NET array of the tensor's shape. Where the tensor is all of its storage, in order, the array becomes the storage,
        /// so that both see each other's writes, as NumPy's arrays do; otherwise it is a copy. A 0-dim tensor gives an array of one element.
        /// </summary>
        public Array numpy(bool force = false)
        {
            ThrowIfDisposed();
            if (!force && requires_grad) throw new TorchException("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.");
            if (!force && is_cuda) throw new ArgumentException("can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first.");
            if (DType == ScalarType.BFloat16 && !force) throw new ArgumentException("Got unsupported ScalarType BFloat16");
            int[] lengths = Rank == 0 ? [1] : Array.ConvertAll(_sizes.ToArray(), e => checked((int)e));
            if (_storage.ManagedArray is { } own && Matches(own, lengths)) return own;
            Array array = NewArray(_code, lengths);
            Tensor dense = IsContiguous ? this : Ops.Copying.Converted(this, DType);
            if (Numel > 0)
                MemoryMarshal.CreateReadOnlySpan(ref dense.Reference, checked((int)nbytes)).CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), (int)nbytes));
            GC.KeepAlive(dense);
            if (IsContiguous && _offset == 0 && nbytes == _storage.Bytes && Numel > 0) _storage.Adopt(array);
            return array;
        }

        private bool Matches(Array array, int[] lengths)
        {
            if (!IsContiguous || _offset != 0 || array.GetType().GetElementType() != DType.ElementType || array.Rank != lengths.Length) return false;
            for (int i = 0; i < lengths.Length; i++)
                if (array.GetLength(i) != lengths[i]) return false;
            return true;
        }

        // By dtype rather than Array.CreateInstance, which an ahead-of-time compiler cannot follow; ranks above one need it still.
        private static Array NewArray(TypeCode code, int[] lengths) => code switch
        {
            TypeCode.Float32 => Make<float>(lengths),
            TypeCode.Float64 => Make<double>(lengths),
            TypeCode.Int64 => Make<long>(lengths),
            TypeCode.Int32 => Make<int>(lengths),
            TypeCode.Int16 => Make<short>(lengths),
            TypeCode.Int8 => Make<sbyte>(lengths),
            TypeCode.UInt8 => Make<byte>(lengths),
            TypeCode.Bool => Make<bool>(lengths),
            TypeCode.Float16 => Make<Half>(lengths),
            TypeCode.BFloat16 => Make<BFloat16>(lengths),
            TypeCode.Complex64 => Make<Complex64>(lengths),
            _ => Make<Complex>(lengths),
        };

        private static Array Make<T>(int[] n) => n.Length switch
        {
            1 => new T[n[0]],
            2 => new T[n[0], n[1]],
            3 => new T[n[0], n[1], n[2]],
            4 => new T[n[0], n[1], n[2], n[3]],
            5 => new T[n[0], n[1], n[2], n[3], n[4]],
            6 => new T[n[0], n[1], n[2], n[3], n[4], n[5]],
            _ => throw new ArgumentException($"a .NET array of {n.Length} dimensions is not supported by numpy(); reshape the tensor to six or fewer"),
        };

        /// <summary>The bytes of a contiguous tensor on the CPU.</summary>
        public Span<byte> bytes
        {
            get
            {
                if (!IsContiguous) throw new TorchException("bytes needs a contiguous tensor; call .contiguous() first");
                _storage.MakeManaged();
                return MemoryMarshal.CreateSpan(ref Reference, checked((int)nbytes));
            }
        }
    }
}

/// <summary>Typed access to a tensor's elements in row-major order, whatever its strides.</summary>
public sealed class TensorAccessor<T> : IReadOnlyCollection<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;

    internal TensorAccessor(torch.Tensor tensor)
    {
        tensor.RequireElementType<T>();
        _tensor = tensor;
    }

    /// <summary>Number of elements.</summary>
    public long Count => _tensor.Numel;

    int IReadOnlyCollection<T>.Count => checked((int)Count);

    /// <summary>The element at the coordinates, or with one number at that place in row-major order.</summary>
    public T this[params long[] indices]
    {
        get => At(indices);
        set
        {
            At(indices) = value;
            _tensor.BumpVersion();
        }
    }

    private ref T At(ReadOnlySpan<long> indices)
    {
        long position = 0;
        if (indices.Length == 1 && _tensor.Rank != 1)
        {
            long rest = indices[0];
            if (rest < 0 || rest >= Count) throw new IndexOutOfRangeException($"index {rest} is out of range for {Count} elements");
            for (int d = _tensor.Rank - 1; d >= 0; d--)
            {
                position += rest % _tensor.Sizes[d] * _tensor.Strides[d];
                rest /= _tensor.Sizes[d];
            }
        }
        else
        {
            if (indices.Length != _tensor.Rank) throw new ArgumentException($"{indices.Length} indices for a tensor of {_tensor.Rank} dimensions");
            for (int d = 0; d < indices.Length; d++)
            {
                if (indices[d] < 0 || indices[d] >= _tensor.Sizes[d]) throw new IndexOutOfRangeException($"index {indices[d]} is out of bounds for dimension {d} with size {_tensor.Sizes[d]}");
                position += indices[d] * _tensor.Strides[d];
            }
        }
        return ref Unsafe.Add(ref Unsafe.As<byte, T>(ref _tensor.Reference), (nint)position);
    }

    /// <summary>The elements as a new array.</summary>
    public T[] ToArray() => _tensor.ToArray<T>();

    /// <summary>The elements as a new array of the tensor's shape.</summary>
    public Array ToNDArray() => _tensor.detach().clone(torch.contiguous_format).numpy();

    /// <summary>Copies the elements.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0) => ToArray().CopyTo(array, arrayIndex);

    /// <summary>Copies the elements.</summary>
    public void CopyTo(Span<T> array) => ToArray().CopyTo(array);

    /// <summary>Overwrites the elements in row-major order.</summary>
    public void CopyFrom(ReadOnlySpan<T> array)
    {
        if (array.Length < Count) throw new ArgumentException($"{array.Length} values for {Count} elements");
        torch.Tensor source = torch.Tensor.Allocate(_tensor.SizesRef, _tensor.DType);
        array[..checked((int)Count)].CopyTo(source.Span<T>());
        _tensor.CopyRaw(source);
        _tensor.BumpVersion();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Typed views of a tensor's memory.</summary>
public static class TensorMemoryExtensions
{
    /// <summary>The elements; T must be the dtype's own .NET type.</summary>
    public static TensorAccessor<T> data<T>(this torch.Tensor tensor) where T : unmanaged => new(tensor);
}
