using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>g · (1 − y²), conjugated.</summary>
public readonly struct TanhBackwardKernel : IFloatBinary, IComplexBinary
{
    public static string Name => "tanh_backward";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x * (T.One - y * y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x * (Vector512<float>.One - y * y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => x * (Vector512<double>.One - y * y);
    public static Complex Invoke(Complex x, Complex y) => x * Complex.Conjugate(Complex.One - y * y);
}

/// <summary>g · (1 − y) · y, conjugated.</summary>
public readonly struct SigmoidBackwardKernel : IFloatBinary, IComplexBinary
{
    public static string Name => "sigmoid_backward";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x * (T.One - y) * y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x * (Vector512<float>.One - y) * y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => x * (Vector512<double>.One - y) * y;
    public static Complex Invoke(Complex x, Complex y) => x * Complex.Conjugate((Complex.One - y) * y);
}

/// <summary>g · e^(x − y): the gradient of log Σ eˣ = y.</summary>
public readonly struct LogSumExpGradient : IZip3<float, float>, IZip3<double, double>
{
    static bool IZip3<float, float>.IsVectorized => true;
    static bool IZip3<double, double>.IsVectorized => true;
    public float Invoke(float x, float y, float z) => x * MathF.Exp(y - z);
    public double Invoke(double x, double y, double z) => x * Math.Exp(y - z);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y, Vector512<float> z) => x * VectorMath.Exp(y - z);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y, Vector512<double> z) => x * VectorMath.Exp(y - z);
}

/// <summary>g · x · σ′(y): the gradient of the gate of x · σ(y).</summary>
public readonly struct GateGradient : IZip3<float, float>, IZip3<double, double>
{
    static bool IZip3<float, float>.IsVectorized => true;
    static bool IZip3<double, double>.IsVectorized => true;

    public float Invoke(float x, float y, float z)
    {
        float gate = 1 / (1 + MathF.Exp(-z));
        return x * y * ((1 - gate) * gate);
    }

    public double Invoke(double x, double y, double z)
    {
        double gate = 1 / (1 + Math.Exp(-z));
        return x * y * ((1 - gate) * gate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y, Vector512<float> z)
    {
        Vector512<float> gate = VectorMath.Sigmoid(z);
        return x * y * ((Vector512<float>.One - gate) * gate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y, Vector512<double> z)
    {
        Vector512<double> gate = VectorMath.Sigmoid(z);
        return x * y * ((Vector512<double>.One - gate) * gate);
    }
}
