using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Distributions made from one uniform double by the inverse of their distribution function.</summary>
public static unsafe partial class RandomFill
{
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
        where TInverse : struct, IInverse where T : unmanaged =>
        RandomBits.Fill(stream, new InverseKernel<TInverse, T>(inverse), destination, count);

    private readonly struct InverseKernel<TInverse, T>(TInverse inverse) : IRandomKernel<T>
        where TInverse : struct, IInverse where T : unmanaged
    {
        public static int Words => 2;

        public static bool IsHeavy => true;

        public T One(uint* words, T* destination) => RandomCast.From<T>(inverse.Apply(OneDouble(words)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(Vector512<uint> words, T* destination, bool far)
        {
            double* uniform = stackalloc double[8];
            EightDoubles(words).Store(uniform);
            for (int i = 0; i < 8; i++)
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
