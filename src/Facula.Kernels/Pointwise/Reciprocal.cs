using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>The reciprocal of each element.</summary>
public readonly struct ReciprocalKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "reciprocal";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.One / x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => Vector512<float>.One / x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => Vector512<double>.One / x;
    public static Complex Invoke(Complex x) => ComplexMath.Reciprocal(x);
    public static bool HasParts => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Parts(ref Vector512<float> real, ref Vector512<float> imaginary) => VectorMath.ReciprocalParts(ref real, ref imaginary);
}

/// <summary>The reciprocal of complex64 numbers, a pair of floats in 64 bits.</summary>
public readonly struct PairsReciprocal : IMap<long, long>
{
    /// <summary>Whether this machine has the instructions.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    public static bool IsVectorized => true;

    // One number goes the way of the vectors, to the same bits.
    public long Invoke(long x) => Invoke(Vector512.Create(x)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> Invoke(Vector512<long> x) => ComplexLanes.Invert(x.AsSingle()).AsInt64();
}

/// <summary>The reciprocal of complex128 numbers, four at a time.</summary>
public readonly unsafe struct WidePairsReciprocal : IMap<Complex, Complex>
{
    public static bool IsVectorized => false;

    public Complex Invoke(Complex x)
    {
        Vector512<double> result = ComplexLanes.Invert(Vector512.Create(x.Real, x.Imaginary, 1, 0, 1, 0, 1, 0));
        return new(result[0], result[1]);
    }

    public Vector512<Complex> Invoke(Vector512<Complex> x) => throw new InvalidOperationException();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Run(Complex* source, Complex* destination, long count, bool far)
    {
        long i = 0;
        for (; i <= count - 4; i += 4) WideStore.To(ComplexLanes.Invert(Vector512.Load((double*)(source + i))), (double*)(destination + i), far);
        return i;
    }
}
