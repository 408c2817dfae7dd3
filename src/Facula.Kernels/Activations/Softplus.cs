using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>ln(1 + e^(βx)) / β; x itself where βx is above the threshold.</summary>
public readonly struct SoftplusBody(double beta, double threshold) : IFloatBody
{
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x * (float)beta, Vector512.Create((float)threshold)), x, VectorMath.Log1P(VectorMath.Exp(x * (float)beta)) / (float)beta);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x * beta, Vector512.Create(threshold)), x, VectorMath.Log1P(VectorMath.Exp(x * beta)) / beta);
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T scaled = x * T.CreateTruncating(beta);
        return scaled > T.CreateTruncating(threshold) ? x : Log1pKernel.Invoke(T.Exp(scaled)) / T.CreateTruncating(beta);
    }
}

/// <summary>The gradient x through the softplus at y.</summary>
public readonly struct SoftplusBackwardBody(double beta, double threshold) : IFloatBody2
{
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T scaled = y * T.CreateTruncating(beta);
        if (scaled > T.CreateTruncating(threshold)) return x;
        return x / (T.One + T.Exp(-scaled));
    }
}

/// <summary>ln of the logistic function: min(x, 0) − ln(1 + e^(−|x|)).</summary>
public readonly struct LogSigmoidBody : IFloatBody
{
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => Vector512.Min(x, Vector512<float>.Zero) - VectorMath.Log1P(VectorMath.Exp(-Vector512.Abs(x)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => Vector512.Min(x, Vector512<double>.Zero) - VectorMath.Log1P(VectorMath.Exp(-Vector512.Abs(x)));
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Min(x, T.Zero) - Log1pKernel.Invoke(T.Exp(-T.Abs(x)));
}

/// <summary>The gradient x through the log-sigmoid at y: x / (1 + eʸ).</summary>
public readonly struct LogSigmoidBackwardBody : IFloatBody2
{
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x / (T.One + T.Exp(y));
}
