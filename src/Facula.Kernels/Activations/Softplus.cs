using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>ln(1 + e^(βx)) / β; x itself where βx is above the threshold.</summary>
public readonly struct SoftplusBody(double beta, double threshold) : IFloatBody
{
    // A conversion within the loop would make each vector wait for the one before.
    private readonly float _beta = (float)beta, _inverse = (float)(1 / beta), _threshold = (float)threshold;
    private readonly double _inverseDouble = 1 / beta;

    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x * _beta, Vector512.Create(_threshold)), x, VectorMath.Log1P(VectorMath.Exp(x * _beta)) * _inverse);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x * beta, Vector512.Create(threshold)), x, VectorMath.Log1P(VectorMath.Exp(x * beta)) * _inverseDouble);
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T scaled = x * T.CreateTruncating(beta);
        return scaled > T.CreateTruncating(threshold) ? x : Log1pKernel.Invoke(T.Exp(scaled)) / T.CreateTruncating(beta);
    }
}

/// <summary>The gradient x through the softplus at y.</summary>
public readonly struct SoftplusBackwardBody(double beta, double threshold) : IFloatBody2
{
    private readonly float _beta = (float)beta, _threshold = (float)threshold;

    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(Vector512.GreaterThan(y * _beta, Vector512.Create(_threshold)), x, x * VectorMath.Sigmoid(y * _beta));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => Vector512.ConditionalSelect(Vector512.GreaterThan(y * beta, Vector512.Create(threshold)), x, x * VectorMath.Sigmoid(y * beta));
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
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x * VectorMath.Sigmoid(-y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => x * VectorMath.Sigmoid(-y);
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x / (T.One + T.Exp(y));
}
