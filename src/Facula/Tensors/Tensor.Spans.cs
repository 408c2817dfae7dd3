using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// The tensor's own memory, with its shape and strides, as .NET's exchange type: writes are seen by both. T must be the dtype's own .NET type.
        /// A 0-dim tensor gives a span of one element.
        /// </summary>
        public TensorSpan<T> AsTensorSpan<T>() where T : unmanaged
        {
            if (requires_grad) throw new TorchException("Can't call AsTensorSpan() on Tensor that requires grad: writes would not be recorded. Use tensor.detach().AsTensorSpan(), or AsReadOnlyTensorSpan().");
            for (int d = 0; d < Rank; d++)
                if (StridesRef[d] == 0 && _sizes[d] > 1) throw new TorchException("AsTensorSpan() needs a tensor whose elements have memory of their own; use AsReadOnlyTensorSpan(), or clone() the expanded tensor.");
            Span<T> memory = Reach<T>(out nint[] lengths, out nint[] strides);
            BumpVersion();
            return new TensorSpan<T>(memory, lengths, strides);
        }

        /// <summary>The tensor's own memory, with its shape and strides, for reading. T must be the dtype's own .NET type.</summary>
        public ReadOnlyTensorSpan<T> AsReadOnlyTensorSpan<T>() where T : unmanaged
        {
            Span<T> memory = Reach<T>(out nint[] lengths, out nint[] strides);
            return new ReadOnlyTensorSpan<T>(memory, lengths, strides);
        }

        /// <summary>The memory from the first to the last element. It is a managed array's, so that the span keeps it alive.</summary>
        private Span<T> Reach<T>(out nint[] lengths, out nint[] strides) where T : unmanaged
        {
            ThrowIfDisposed();
            RequireElementType<T>();
            _storage.MakeManaged();
            lengths = Rank == 0 ? [1] : Array.ConvertAll(_sizes.ToArray(), e => (nint)e);
            // An extent of one has no step.
            strides = Rank == 0 ? [0] : [.. StridesRef.ToArray().Select((s, d) => _sizes[d] <= 1 ? 0 : (nint)s)];
            return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Reference), checked((int)Extent(_sizes, StridesRef)));
        }
    }
}
