using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>scale · x above zero, scale · alpha · (e^(inputScale · x) − 1) below.</summary>
public readonly struct EluBody(double alpha, double scale, double inputScale) : IFloatBody
{
    // Floats beforehand: a conversion within the loop would make each vector wait for the one before.
    private readonly float _below = (float)(alpha * scale), _above = (float)scale, _inner = (float)inputScale;

    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<float>.Zero), VectorMath.ExpM1(x * _inner) * _below, x * _above);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<double>.Zero), VectorMath.ExpM1(x * inputScale) * (alpha * scale), x * scale);
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x <= T.Zero
        ? Expm1Kernel.Invoke(x * T.CreateTruncating(inputScale)) * T.CreateTruncating(alpha * scale)
        : x * T.CreateTruncating(scale);
}

/// <summary>The gradient x through the elu at y.</summary>
public readonly struct EluBackwardBody(double alpha, double scale, double inputScale) : IFloatBody2
{
    private readonly float _below = (float)(inputScale * alpha * scale), _above = (float)scale, _inner = (float)inputScale;

    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(y, Vector512<float>.Zero), x * _below * VectorMath.Exp(y * _inner), x * _above);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(y, Vector512<double>.Zero), x * (inputScale * alpha * scale) * VectorMath.Exp(y * inputScale), x * scale);
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => y <= T.Zero
        ? x * T.CreateTruncating(inputScale * alpha * scale) * T.Exp(y * T.CreateTruncating(inputScale))
        : x * T.CreateTruncating(scale);
}
