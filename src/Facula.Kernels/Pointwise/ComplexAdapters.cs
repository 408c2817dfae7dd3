using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The form of a function of two operands for complex64 numbers in whole vectors, eight pairs of parts to a vector.</summary>
public interface IPairBinary
{
    static virtual bool HasPairs => false;
    static virtual Vector512<float> Pairs(Vector512<float> x, Vector512<float> y) => throw new InvalidOperationException();
    /// <summary>The same for complex128, four pairs to a vector, where there is AVX-512.</summary>
    static virtual Vector512<double> Pairs(Vector512<double> x, Vector512<double> y) => throw new InvalidOperationException();
}

/// <summary>The form of a function for complex64 numbers in whole vectors, sixteen real and sixteen imaginary parts.</summary>
public interface IPartsUnary
{
    static virtual bool HasParts => false;
    static virtual void Parts(ref Vector512<float> real, ref Vector512<float> imaginary) => throw new InvalidOperationException();
}

/// <summary>A real function of complex64 numbers by their parts.</summary>
public interface IRealOfParts
{
    static abstract Vector512<float> Invoke(Vector512<float> real, Vector512<float> imaginary);
    static abstract Vector512<double> Invoke(Vector512<double> real, Vector512<double> imaginary);
}

/// <summary>A function of two complex64 numbers as a zip; a pair of floats travels as 64 bits.</summary>
public readonly struct PairsZip<TKernel> : IZip<long, long>
    where TKernel : IPairBinary
{
    public static bool IsVectorized => true;

    // One number goes the way of the vectors, to the same bits.
    public long Invoke(long x, long y) => Invoke(Vector512.Create(x), Vector512.Create(y)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> Invoke(Vector512<long> x, Vector512<long> y) => TKernel.Pairs(x.AsSingle(), y.AsSingle()).AsInt64();
}

/// <summary>Whether two complex64 numbers are equal.</summary>
public readonly struct PairsEqual : IZip<long, bool>
{
    public static bool IsVectorized => false;
    public static bool IsMask => true;
    public bool Invoke(long x, long y) => Mask(Vector512.Create(x), Vector512.Create(y)).ToScalar() != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> Mask(Vector512<long> x, Vector512<long> y) => Vector512.Equals(Vector512.Equals(x.AsSingle(), y.AsSingle()).AsInt64(), Vector512<long>.AllBitsSet);

    public Vector512<bool> Invoke(Vector512<long> x, Vector512<long> y) => throw new InvalidOperationException();
}

/// <summary>Whether two complex64 numbers differ.</summary>
public readonly struct PairsDiffer : IZip<long, bool>
{
    public static bool IsVectorized => false;
    public static bool IsMask => true;
    public bool Invoke(long x, long y) => Mask(Vector512.Create(x), Vector512.Create(y)).ToScalar() != 0;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<long> Mask(Vector512<long> x, Vector512<long> y) => ~PairsEqual.Mask(x, y);
    public Vector512<bool> Invoke(Vector512<long> x, Vector512<long> y) => throw new InvalidOperationException();
}

/// <summary>A function of complex64 numbers as a map.</summary>
public readonly unsafe struct PartsMap<TKernel> : IMap<Complex64, Complex64>
    where TKernel : IPartsUnary
{
    public static bool IsVectorized => false;

    // One number goes the way of the vectors, to the same bits.
    public Complex64 Invoke(Complex64 x)
    {
        Vector512<float> real = Vector512.Create(x.Real), imaginary = Vector512.Create(x.Imaginary);
        TKernel.Parts(ref real, ref imaginary);
        return new(real.ToScalar(), imaginary.ToScalar());
    }

    public Vector512<Complex64> Invoke(Vector512<Complex64> x) => throw new InvalidOperationException();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Run(Complex64* source, Complex64* destination, long count, bool far)
    {
        long i = 0;
        for (; i <= count - 16; i += 16)
        {
            PartsMemory.Load(source + i, out Vector512<float> real, out Vector512<float> imaginary);
            TKernel.Parts(ref real, ref imaginary);
            WideStore.To(ComplexLanes.Join(real.GetLower(), imaginary.GetLower()), (float*)(destination + i), far);
            WideStore.To(ComplexLanes.Join(real.GetUpper(), imaginary.GetUpper()), (float*)(destination + i + 8), far);
        }
        if (i == count) return count;
        Complex64* padded = stackalloc Complex64[16];
        for (int j = 0; j < 16; j++) padded[j] = source[i + (j < count - i ? j : 0)];
        Run(padded, padded, 16, far: false);
        for (long j = i; j < count; j++) destination[j] = padded[j - i];
        return count;
    }
}

/// <summary>A real function of complex64 numbers as a map.</summary>
public readonly unsafe struct RealOfPartsMap<TKernel> : IMap<Complex64, float>
    where TKernel : IRealOfParts
{
    public static bool IsVectorized => false;
    public float Invoke(Complex64 x) => TKernel.Invoke(Vector512.Create(x.Real), Vector512.Create(x.Imaginary)).ToScalar();
    public Vector512<float> Invoke(Vector512<Complex64> x) => throw new InvalidOperationException();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Run(Complex64* source, float* destination, long count, bool far)
    {
        long i = 0;
        for (; i <= count - 16; i += 16)
        {
            PartsMemory.Load(source + i, out Vector512<float> real, out Vector512<float> imaginary);
            WideStore.To(TKernel.Invoke(real, imaginary), destination + i, far);
        }
        return i;
    }
}

internal static unsafe class PartsMemory
{
    /// <summary>The parts of sixteen numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(Complex64* source, out Vector512<float> real, out Vector512<float> imaginary)
    {
        Vector512<float> low = Vector512.Load((float*)source), high = Vector512.Load((float*)source + 16);
        real = Vector512.Create(ComplexLanes.Real(low), ComplexLanes.Real(high));
        imaginary = Vector512.Create(ComplexLanes.Imaginary(low), ComplexLanes.Imaginary(high));
    }
}
