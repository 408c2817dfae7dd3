using System.Numerics;

namespace Facula.Kernels;

/// <summary>scale · x above zero, scale · alpha · (e^(inputScale · x) − 1) below.</summary>
public readonly struct EluBody(double alpha, double scale, double inputScale) : IFloatBody
{
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x <= T.Zero
        ? Expm1Kernel.Invoke(x * T.CreateTruncating(inputScale)) * T.CreateTruncating(alpha * scale)
        : x * T.CreateTruncating(scale);
}

/// <summary>The gradient x through the elu at y.</summary>
public readonly struct EluBackwardBody(double alpha, double scale, double inputScale) : IFloatBody2
{
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => y <= T.Zero
        ? x * T.CreateTruncating(inputScale * alpha * scale) * T.Exp(y * T.CreateTruncating(inputScale))
        : x * T.CreateTruncating(scale);
}
