using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>x · Φ(x), Φ the normal distribution function.</summary>
public readonly struct GeluBody : IFloatBody
{
    public static bool IsVectorized => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Invoke(Vector512<float> x) => VectorMath.Gelu(x);

    public Vector512<double> Invoke(Vector512<double> x) => 0.5 * x * (Vector512<double>.One + VectorMath.Erf(x * 0.70710678118654752440));

    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x * T.CreateTruncating(0.5) * (T.One + ErfKernel.Invoke(x * T.CreateTruncating(0.70710678118654752440)));
}

/// <summary>The gradient x through the gelu at y: x · (Φ(y) + y · φ(y)).</summary>
public readonly struct GeluBackwardBody : IFloatBody2
{
    public static bool IsVectorized => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x * VectorMath.GeluSlope(y);

    public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y)
    {
        Vector512<double> distribution = 0.5 * (Vector512<double>.One + VectorMath.Erf(y * 0.70710678118654752440));
        return x * (distribution + y * (VectorMath.Exp(-0.5 * y * y) * 0.39894228040143267794));
    }

    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        T distribution = half * (T.One + ErfKernel.Invoke(y * T.CreateTruncating(0.70710678118654752440)));
        T density = T.Exp(-half * y * y) * T.CreateTruncating(0.39894228040143267794);
        return x * (distribution + y * density);
    }
}

/// <summary>The approximation by tanh: ½x(1 + tanh(√(2/π)(x + 0.044715x³))).</summary>
public readonly struct GeluTanhBody : IFloatBody
{
    /// <summary>√(2/π).</summary>
    public const double Beta = 0.79788456080286535588;

    /// <summary>The factor of the cube.</summary>
    public const double Kappa = 0.044715;

    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => (float)0.5 * x * (Vector512<float>.One + VectorMath.Tanh((float)Beta * (x + (float)Kappa * x * x * x)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => 0.5 * x * (Vector512<double>.One + VectorMath.Tanh(Beta * (x + Kappa * x * x * x)));
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(0.5) * x * (T.One + T.Tanh(T.CreateTruncating(Beta) * (x + T.CreateTruncating(Kappa) * x * x * x)));
}

/// <summary>The gradient x through the approximation by tanh at y.</summary>
public readonly struct GeluTanhBackwardBody : IFloatBody2
{
    private const double Beta = GeluTanhBody.Beta, Kappa = GeluTanhBody.Kappa;

    public static bool IsVectorized => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y)
    {
        Vector512<float> square = y * y;
        return x * Slope(VectorMath.Tanh((float)Beta * (y + (float)Kappa * square * y)), y, (float)Beta * (Vector512<float>.One + (float)(3 * Kappa) * square), Vector512.Create(0.5f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y)
    {
        Vector512<double> square = y * y;
        return x * Slope(VectorMath.Tanh(Beta * (y + Kappa * square * y)), y, Beta * (Vector512<double>.One + 3 * Kappa * square), Vector512.Create(0.5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Slope<T>(Vector512<T> tanh, Vector512<T> y, Vector512<T> inner, Vector512<T> half) =>
        half * (Vector512<T>.One + tanh) + half * y * (Vector512<T>.One - tanh * tanh) * inner;

    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5), beta = T.CreateTruncating(Beta), kappa = T.CreateTruncating(Kappa);
        T tanh = T.Tanh(beta * (y + kappa * y * y * y));
        T inner = beta * (T.One + T.CreateTruncating(3) * kappa * y * y);
        return x * (half * (T.One + tanh) + half * y * (T.One - tanh * tanh) * inner);
    }
}
