using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Facula.Kernels;

namespace Facula.Ops;

/// <summary>Copies between tensors of any dtype and geometry, unrecorded.</summary>
internal static unsafe class Copying
{
    /// <summary>A row-major copy in the dtype.</summary>
    internal static Tensor Converted(Tensor source, ScalarType dtype)
    {
        Tensor result = Tensor.Allocate(source.SizesRef, dtype, source.device);
        Copy(source, result);
        return result;
    }

    /// <summary>destination ← source, broadcast and converted.</summary>
    internal static void Copy(Tensor source, Tensor destination)
    {
        if (!source.device.IsCpu || !destination.device.IsCpu)
        {
            Backend.For(source.device.IsCpu ? destination.device : source.device).Copy(source, destination);
            return;
        }
        if (destination.Numel == 0) return;
        if (source.IsConjugated || destination.IsConjugated)
        {
            // Real numbers are their own conjugates, and a real destination takes real parts.
            bool conjugate = source.IsConjugated != destination.IsConjugated && source.DType.is_complex && destination.DType.is_complex;
            if (conjugate) ConjPhysical.Write(source.Stored(), destination.Stored());
            else Copy(source.Stored(), destination.Stored());
            return;
        }
        if (TryFill(source, destination)) return;
        if (source.DType != destination.DType && destination.Numel > 1 && IsOneElement(source))
        {
            // One element spread over all is converted once.
            Copy(Converted(source.Alias(default, default, source.Offset), destination.DType), destination);
            return;
        }
        if (source.DType == destination.DType && source.IsContiguous && destination.IsContiguous && source.Numel == destination.Numel)
        {
            long bytes = destination.Numel * destination.DType.itemsize;
            fixed (byte* s = &source.Reference, d = &destination.Reference)
            {
                if (bytes <= 256 * 1024) Buffer.MemoryCopy(s, d, bytes, bytes);
                else if (source.DType.itemsize is 4) MapLoop.Contiguous(default(ConvertMap<int, int>), (int*)s, 1, (int*)d, 1, destination.Numel);
                else MapLoop.Contiguous(default(ConvertMap<byte, byte>), s, 1, d, 1, bytes, 4 * PointwiseGrain.Light);
            }
        }
        else
        {
            var from = new From { Source = source, Destination = destination };
            if (source.DType == destination.DType) TypeSwitch.Width(source.DType, ref from);
            else TypeSwitch.All(source.DType, ref from);
        }
        GC.KeepAlive(source);
        GC.KeepAlive(destination);
    }

    private static bool IsOneElement(Tensor tensor)
    {
        for (int i = 0; i < tensor.Rank; i++)
            if (tensor.Sizes[i] != 1 && tensor.Strides[i] != 0) return false;
        return true;
    }

    private const long SmallRun = 16 * 1024;    // bytes that one thread writes sooner than a loop over strides is set up

    /// <summary>One element repeated over a small row-major destination of its dtype.</summary>
    private static bool TryFill(Tensor source, Tensor destination)
    {
        if (source.Numel != 1 || source.DType != destination.DType || !destination.IsContiguous || destination.Numel * destination.DType.itemsize > SmallRun) return false;
        switch (source.DType.itemsize)
        {
            case 1: Fill<byte>(source, destination); break;
            case 2: Fill<ushort>(source, destination); break;
            case 4: Fill<uint>(source, destination); break;
            case 8: Fill<ulong>(source, destination); break;
            default: Fill<UInt128>(source, destination); break;
        }
        return true;
    }

    private static void Fill<T>(Tensor source, Tensor destination) where T : unmanaged
    {
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref destination.Reference), (int)destination.Numel).Fill(Unsafe.As<byte, T>(ref source.Reference));
        GC.KeepAlive(source);
        GC.KeepAlive(destination);
    }

    /// <summary>Writes a small source as one run of a row-major destination, from an element on; false where it is no such run, or of another dtype.</summary>
    internal static bool TryCopyRun(Tensor source, Tensor destination, long start)
    {
        long bytes = source.Numel * source.DType.itemsize;
        if (bytes > SmallRun || source.DType != destination.DType || !source.IsContiguous || !destination.IsContiguous || !source.device.IsCpu || !destination.device.IsCpu) return false;
        fixed (byte* s = &source.Reference, d = &destination.Reference) Buffer.MemoryCopy(s, d + start * destination.DType.itemsize, bytes, bytes);
        GC.KeepAlive(source);
        GC.KeepAlive(destination);
        return true;
    }

    private struct From : ITypeAction
    {
        public Tensor Source, Destination;

        public void Run<TIn>() where TIn : unmanaged
        {
            if (Source.DType == Destination.DType)
            {
                Loop<TIn, TIn>(Source, Destination);
                return;
            }
            var to = new To<TIn> { Source = Source, Destination = Destination };
            TypeSwitch.All(Destination.DType, ref to);
        }
    }

    private struct To<TIn> : ITypeAction where TIn : unmanaged
    {
        public Tensor Source, Destination;

        public void Run<TOut>() where TOut : unmanaged => Loop<TIn, TOut>(Source, Destination);
    }

    private static void Loop<TIn, TOut>(Tensor source, Tensor destination) where TIn : unmanaged where TOut : unmanaged
    {
        Span<long> strides = stackalloc long[destination.Rank];
        Broadcasting.Strides(source, destination.Sizes, strides);
        fixed (byte* s = &source.Reference, d = &destination.Reference)
            MapLoop.Run(default(ConvertMap<TIn, TOut>), (TIn*)s, strides, (TOut*)d, destination.Strides, destination.Sizes);
    }
}
