using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Distributions made from one uniform double by the inverse of their distribution function.</summary>
public static unsafe partial class RandomFill
{
    private const long InverseBlock = 1 << 17;
    private const long InverseChunk = 1 << 12;

    /// <summary>Exponential numbers of the given rate.</summary>
    public static void Exponential<T>(RandomStream stream, T* destination, long count, double rate) where T : unmanaged =>
        Invert(stream, new ExponentialInverse(-1.0 / rate), destination, count);

    /// <summary>Cauchy numbers about a median.</summary>
    public static void Cauchy<T>(RandomStream stream, T* destination, long count, double median, double scale) where T : unmanaged =>
        Invert(stream, new CauchyInverse(median, scale), destination, count);

    /// <summary>The number of trials up to the first success.</summary>
    public static void Geometric<T>(RandomStream stream, T* destination, long count, double p) where T : unmanaged =>
        Invert(stream, new GeometricInverse(Math.Log(1 - p)), destination, count);

    private interface IInverse
    {
        double Apply(double u);
    }

    private static void Invert<TInverse, T>(RandomStream stream, TInverse inverse, T* destination, long count)
        where TInverse : struct, IInverse where T : unmanaged
    {
        // The drawing is serial and cheap, the logarithm dear: so draw first, then share out the rest.
        using var scratch = Scratch.Rent<double>(Math.Min(count, InverseBlock));
        double* uniform = (double*)scratch.Pointer;
        for (long start = 0; start < count; start += InverseBlock)
        {
            long length = Math.Min(InverseBlock, count - start);
            Uniform(stream, uniform, length, 0, 1);
            var body = new InverseBody<TInverse, T>(inverse, uniform, destination + start, length);
            WorkerPool.Run((int)((length + InverseChunk - 1) / InverseChunk), ref body);
        }
    }

    private readonly struct InverseBody<TInverse, T>(TInverse inverse, double* uniform, T* destination, long count) : IParallelBody
        where TInverse : struct, IInverse where T : unmanaged
    {
        public void Run(int chunk)
        {
            long end = Math.Min(count, (chunk + 1) * InverseChunk);
            for (long i = chunk * InverseChunk; i < end; i++)
                destination[i] = RandomCast.From<T>(inverse.Apply(uniform[i]));
        }
    }

    private readonly struct ExponentialInverse(double factor) : IInverse
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double Apply(double u) => factor * Math.Log(1 - u);
    }

    private readonly struct CauchyInverse(double median, double scale) : IInverse
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double Apply(double u) => Math.FusedMultiplyAdd(scale, Math.Tan(Math.PI * (u - 0.5)), median);
    }

    private readonly struct GeometricInverse(double logFailure) : IInverse
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double Apply(double u) => Math.Ceiling(Math.Log(u) / logFailure);
    }
}
