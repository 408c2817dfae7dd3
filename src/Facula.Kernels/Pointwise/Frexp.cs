using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>The m of x = m·2ᵉ with |m| in [½, 1); zero, infinities and NaN stay themselves.</summary>
public readonly struct MantissaMap : IMap<float, float>, IMap<double, double>
{
    static bool IMap<float, float>.IsVectorized => true;
    static bool IMap<double, double>.IsVectorized => true;
    public float Invoke(float x) => Invoke(Vector512.Create(x)).ToScalar();
    public double Invoke(double x) => Invoke(Vector512.Create(x)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Invoke(Vector512<float> x)
    {
        Vector512<int> bits = BinaryParts.Normal(x, out _, out Vector512<float> plain);
        return Vector512.ConditionalSelect(plain, ((bits & Vector512.Create(unchecked((int)0x807FFFFF))) | Vector512.Create(0x3F000000)).AsSingle(), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Invoke(Vector512<double> x)
    {
        Vector512<long> bits = BinaryParts.Normal(x, out _, out Vector512<double> plain);
        return Vector512.ConditionalSelect(plain, ((bits & Vector512.Create(unchecked((long)0x800FFFFFFFFFFFFF))) | Vector512.Create(0x3FE0000000000000L)).AsDouble(), x);
    }
}

/// <summary>The e of x = m·2ᵉ with |m| in [½, 1); 0 for zero, infinities and NaN.</summary>
public readonly unsafe struct ExponentMap : IMap<float, int>, IMap<double, int>
{
    static bool IMap<float, int>.IsVectorized => true;
    static bool IMap<double, int>.IsVectorized => false;
    public int Invoke(float x) => Invoke(Vector512.Create(x)).ToScalar();
    public int Invoke(double x) => (int)Exponents(Vector512.Create(x)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Invoke(Vector512<float> x)
    {
        Vector512<int> bits = BinaryParts.Normal(x, out Vector512<int> shifted, out Vector512<float> plain);
        return (((bits >>> 23) & Vector512.Create(0xFF)) - Vector512.Create(126) - shifted) & plain.AsInt32();
    }

    public Vector512<int> Invoke(Vector512<double> x) => throw new InvalidOperationException();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Run(double* source, int* destination, long count, bool far)
    {
        long i = 0;
        for (; i <= count - 8; i += 8)
        {
            Vector512<long> e = Exponents(Vector512.Load(source + i));
            (Avx512F.IsSupported ? Avx512F.ConvertToVector256Int32(e) : NarrowLanes.Narrow(e, e).GetLower()).Store(destination + i);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Exponents(Vector512<double> x)
    {
        Vector512<long> bits = BinaryParts.Normal(x, out Vector512<long> shifted, out Vector512<double> plain);
        return (((bits >>> 52) & Vector512.Create(0x7FFL)) - Vector512.Create(1022L) - shifted) & plain.AsInt64();
    }
}

/// <summary>Floats as sign, exponent and fraction.</summary>
internal static class BinaryParts
{
    /// <summary>The bits of x, or where it is subnormal of x shifted up by so many places; plain are the lanes that are finite and not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<int> Normal(Vector512<float> x, out Vector512<int> shifted, out Vector512<float> plain)
    {
        Vector512<float> size = Vector512.Abs(x), small = Vector512.LessThan(size, Vector512.Create(1.17549435E-38f));
        plain = Vector512.AndNot(Vector512.LessThan(size, Vector512.Create(float.PositiveInfinity)), Vector512.Equals(x, Vector512<float>.Zero));
        shifted = small.AsInt32() & Vector512.Create(25);
        return Vector512.ConditionalSelect(small, x * 33554432f, x).AsInt32();
    }

    /// <summary>The same of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<long> Normal(Vector512<double> x, out Vector512<long> shifted, out Vector512<double> plain)
    {
        Vector512<double> size = Vector512.Abs(x), small = Vector512.LessThan(size, Vector512.Create(2.2250738585072014e-308));
        plain = Vector512.AndNot(Vector512.LessThan(size, Vector512.Create(double.PositiveInfinity)), Vector512.Equals(x, Vector512<double>.Zero));
        shifted = small.AsInt64() & Vector512.Create(54L);
        return Vector512.ConditionalSelect(small, x * 18014398509481984.0, x).AsInt64();
    }
}
