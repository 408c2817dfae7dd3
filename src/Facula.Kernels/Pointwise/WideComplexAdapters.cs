using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>A function of two complex128 numbers as a zip, four to a vector.</summary>
public readonly unsafe struct WidePairsZip<TKernel> : IZip<Complex, Complex>
    where TKernel : IPairBinary
{
    /// <summary>Whether this machine has the instructions.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    public static bool IsVectorized => false;

    // One number goes the way of the vectors, to the same bits.
    public Complex Invoke(Complex x, Complex y)
    {
        Vector512<double> result = TKernel.Pairs(Fixed(x), Fixed(y));
        return new(result[0], result[1]);
    }

    public Vector512<Complex> Invoke(Vector512<Complex> x, Vector512<Complex> y) => throw new InvalidOperationException();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Run(Complex* left, long leftStride, Complex* right, long rightStride, Complex* destination, long count, bool far)
    {
        Vector512<double> x = Fixed(*left), y = Fixed(*right);
        long i = 0;
        for (; i <= count - 4; i += 4)
        {
            if (leftStride != 0) x = Vector512.Load((double*)(left + i));
            if (rightStride != 0) y = Vector512.Load((double*)(right + i));
            WideStore.To(TKernel.Pairs(x, y), (double*)(destination + i), far);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Fixed(Complex x)
    {
        Vector128<double> pair = Vector128.Create(x.Real, x.Imaginary);
        return Vector512.Create(Vector256.Create(pair, pair), Vector256.Create(pair, pair));
    }
}

/// <summary>A real function of complex128 numbers as a map, eight at a time.</summary>
public readonly unsafe struct WideRealOfPartsMap<TKernel> : IMap<Complex, double>
    where TKernel : IRealOfParts
{
    public static bool IsVectorized => false;
    public double Invoke(Complex x) => TKernel.Invoke(Vector512.Create(x.Real), Vector512.Create(x.Imaginary)).ToScalar();
    public Vector512<double> Invoke(Vector512<Complex> x) => throw new InvalidOperationException();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Run(Complex* source, double* destination, long count, bool far)
    {
        long i = 0;
        for (; i <= count - 8; i += 8)
        {
            LaneMemory<double>.Split((double*)(source + i), out Vector512<double> real, out Vector512<double> imaginary);
            WideStore.To(TKernel.Invoke(real, imaginary), destination + i, far);
        }
        return i;
    }
}
