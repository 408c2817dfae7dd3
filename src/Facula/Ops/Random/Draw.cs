using Facula.Kernels;

namespace Facula.Ops;

/// <summary>One fill of contiguous memory from a stream, for any element type.</summary>
internal interface IDraw
{
    unsafe void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged;
}

/// <summary>The router of random fills: PyTorch draws in the order of memory, under the generator's lock.</summary>
internal static unsafe class Draw
{
    /// <summary>Fills the tensor in place, as PyTorch's in-place samplers do; the gradient of what was there is zero.</summary>
    internal static Tensor InPlace<TDraw>(Tensor input, Generator? generator, TDraw draw) where TDraw : struct, IDraw
    {
        if (input.NeedsGrad && GradMode.Enabled) input.zero_();
        else
        {
            Facula.InPlace.Check(input);
            Facula.InPlace.CheckOverlap(input);
        }
        Raw(input, generator, draw);
        input.BumpVersion();
        return input;
    }

    /// <summary>Fills fresh memory.</summary>
    internal static Tensor Raw<TDraw>(Tensor target, Generator? generator, TDraw draw) where TDraw : struct, IDraw
    {
        if (target.Numel == 0) return target;
        RandomStream stream = (generator ?? Generator.Default).Stream;
        bool contiguous = target.IsContiguous;
        Tensor ordered = contiguous ? target : InMemoryOrder(target);
        Tensor dense = ordered.IsContiguous ? ordered : Tensor.Allocate(ordered.SizesRef, ordered.DType);
        fixed (byte* p = &dense.Reference)
        {
            var action = new Action<TDraw> { Draw = draw, Stream = stream, Destination = p, Count = dense.Numel, Contiguous = contiguous };
            try
            {
                lock (stream) TypeSwitch.All(dense.DType, ref action);
            }
            catch (Exception error) when (error is NotSupportedException || (error is InvalidOperationException and not TorchException))
            {
                throw new TorchException(error.Message);
            }
        }
        if (!ReferenceEquals(dense, ordered)) ordered.CopyRaw(dense);
        GC.KeepAlive(dense);
        return target;
    }

    /// <summary>The same memory with dimensions by descending stride.</summary>
    private static Tensor InMemoryOrder(Tensor tensor)
    {
        long[] strides = tensor.Strides.ToArray(), sizes = tensor.Sizes.ToArray();
        int[] order = [.. Enumerable.Range(0, sizes.Length).OrderByDescending(d => strides[d])];
        return tensor.Alias(Array.ConvertAll(order, d => sizes[d]), Array.ConvertAll(order, d => strides[d]), tensor.Offset);
    }

    private struct Action<TDraw> : ITypeAction where TDraw : struct, IDraw
    {
        public TDraw Draw;
        public RandomStream Stream;
        public byte* Destination;
        public long Count;
        public bool Contiguous;

        public readonly void Run<T>() where T : unmanaged => Draw.Fill(Stream, (T*)Destination, Count, Contiguous);
    }

    internal readonly struct UniformDraw(double low, double high) : IDraw
    {
        public void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged
        {
            if (typeof(T) == typeof(Complex64)) RandomFill.Uniform(stream, (float*)destination, 2 * count, low, high);
            else if (typeof(T) == typeof(System.Numerics.Complex)) RandomFill.Uniform(stream, (double*)destination, 2 * count, low, high);
            else RandomFill.Uniform(stream, destination, count, low, high);
        }
    }

    internal readonly struct NormalDraw(double mean, double std) : IDraw
    {
        // A complex normal has variance 1: half in each part.
        public void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged
        {
            if (typeof(T) == typeof(Complex64)) Fill(stream, (float*)destination, 2 * count, contiguous, std / Math.Sqrt(2));
            else if (typeof(T) == typeof(System.Numerics.Complex)) Fill(stream, (double*)destination, 2 * count, contiguous, std / Math.Sqrt(2));
            else Fill(stream, destination, count, contiguous, std);
        }

        private void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous, double scale) where T : unmanaged
        {
            if (contiguous) RandomFill.Normal(stream, destination, count, mean, scale);
            else RandomFill.NormalSerial(stream, destination, count, mean, scale);
        }
    }

    internal readonly struct LogNormalDraw(double mean, double std) : IDraw
    {
        public void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged =>
            RandomFill.LogNormal(stream, destination, count, mean, std);
    }

    internal readonly struct BernoulliDraw(double p) : IDraw
    {
        public void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged =>
            RandomFill.Bernoulli(stream, destination, count, p);
    }

    internal readonly struct ScaledBernoulliDraw(double p) : IDraw
    {
        public void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged =>
            RandomFill.ScaledBernoulli(stream, destination, count, p);
    }

    internal readonly struct ExponentialDraw(double rate) : IDraw
    {
        public void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged =>
            RandomFill.Exponential(stream, destination, count, rate);
    }

    internal readonly struct CauchyDraw(double median, double scale) : IDraw
    {
        public void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged =>
            RandomFill.Cauchy(stream, destination, count, median, scale);
    }

    internal readonly struct GeometricDraw(double p) : IDraw
    {
        public void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged =>
            RandomFill.Geometric(stream, destination, count, p);
    }

    internal readonly struct IntegerDraw(ulong range, long low) : IDraw
    {
        public void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged
        {
            if (range == 0) RandomFill.AllIntegers(stream, destination, count);
            else RandomFill.Integers(stream, destination, count, range, low);
        }
    }

    internal readonly struct AllOfTypeDraw : IDraw
    {
        public void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged =>
            RandomFill.AllOfType(stream, destination, count);
    }

    internal readonly struct PermutationDraw : IDraw
    {
        public void Fill<T>(RandomStream stream, T* destination, long count, bool contiguous) where T : unmanaged =>
            RandomFill.Permutation(stream, destination, count);
    }
}
