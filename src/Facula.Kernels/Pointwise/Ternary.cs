using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>x + value · y · z.</summary>
public readonly struct AddcmulMap(Complex value, long integer) : IZip3<float, float>, IZip3<double, double>, IZip3<long, long>, IZip3<Complex, Complex>
{
    private readonly float _single = (float)value.Real;
    private readonly double _double = value.Real;

    static bool IZip3<float, float>.IsVectorized => true;
    static bool IZip3<double, double>.IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public float Invoke(float x, float y, float z) => x + _single * y * z;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public double Invoke(double x, double y, double z) => x + _double * y * z;
    public long Invoke(long x, long y, long z) => x + integer * y * z;
    public Complex Invoke(Complex x, Complex y, Complex z) => x + value * y * z;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y, Vector512<float> z) => x + Vector512.Create(_single) * y * z;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y, Vector512<double> z) => x + Vector512.Create(_double) * y * z;
}

/// <summary>x + value · y / z.</summary>
public readonly struct AddcdivMap(Complex value) : IZip3<float, float>, IZip3<double, double>, IZip3<long, long>, IZip3<Complex, Complex>
{
    private readonly float _single = (float)value.Real;
    private readonly double _double = value.Real;

    static bool IZip3<float, float>.IsVectorized => true;
    static bool IZip3<double, double>.IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public float Invoke(float x, float y, float z) => x + _single * y / z;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public double Invoke(double x, double y, double z) => x + _double * y / z;
    public long Invoke(long x, long y, long z) => throw new InvalidOperationException("addcdiv of integers");
    public Complex Invoke(Complex x, Complex y, Complex z) => x + value * y / z;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y, Vector512<float> z) => x + Vector512.Create(_single) * y / z;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y, Vector512<double> z) => x + Vector512.Create(_double) * y / z;
}

/// <summary>x + z · (y − x), from the nearer end.</summary>
public readonly struct LerpMap : IZip3<float, float>, IZip3<double, double>, IZip3<long, long>, IZip3<Complex, Complex>
{
    static bool IZip3<float, float>.IsVectorized => true;
    static bool IZip3<double, double>.IsVectorized => true;
    public float Invoke(float x, float y, float z) => z < 0.5f ? x + z * (y - x) : y - (y - x) * (1 - z);
    public double Invoke(double x, double y, double z) => z < 0.5 ? x + z * (y - x) : y - (y - x) * (1 - z);
    public long Invoke(long x, long y, long z) => throw new InvalidOperationException("lerp of integers");
    public Complex Invoke(Complex x, Complex y, Complex z) => Complex.Abs(z) < 0.5 ? x + z * (y - x) : y - (y - x) * (1 - z);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Between(x, y, z, Vector512.Create(0.5f));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y, Vector512<double> z) => Between(x, y, z, Vector512.Create(0.5));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Between<T>(Vector512<T> x, Vector512<T> y, Vector512<T> z, Vector512<T> half)
    {
        Vector512<T> d = y - x;
        return Vector512.ConditionalSelect(Vector512.LessThan(z, half), x + z * d, y - d * (Vector512<T>.One - z));
    }
}
