using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The gradient x where y is inside (min, max).</summary>
public readonly struct HardtanhBackwardBody(double min, double max) : IFloatBody2
{
    public static bool IsVectorized => true;
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => y <= T.CreateTruncating(min) || y >= T.CreateTruncating(max) ? T.Zero : x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.AndNot(x, Vector512.LessThanOrEqual(y, Vector512.Create((float)min)) | Vector512.GreaterThanOrEqual(y, Vector512.Create((float)max)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => Vector512.AndNot(x, Vector512.LessThanOrEqual(y, Vector512.Create(min)) | Vector512.GreaterThanOrEqual(y, Vector512.Create(max)));
}

/// <summary>min(max(x + 3, 0), 6) / 6.</summary>
public readonly struct HardsigmoidBody : IFloatBody
{
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Min(T.Max(x + T.CreateTruncating(3), T.Zero), T.CreateTruncating(6)) / T.CreateTruncating(6);
}

/// <summary>The gradient x through the hardsigmoid at y.</summary>
public readonly struct HardsigmoidBackwardBody : IFloatBody2
{
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> =>
        y > T.CreateTruncating(-3) && y < T.CreateTruncating(3) ? x / T.CreateTruncating(6) : T.Zero;
}

/// <summary>x · min(max(x + 3, 0), 6) / 6.</summary>
public readonly struct HardswishBody : IFloatBody
{
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x * T.Min(T.Max(x + T.CreateTruncating(3), T.Zero), T.CreateTruncating(6)) / T.CreateTruncating(6);
}

/// <summary>The gradient x through the hardswish at y.</summary>
public readonly struct HardswishBackwardBody : IFloatBody2
{
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T three = T.CreateTruncating(3);
        return y < -three ? T.Zero : y <= three ? x * (y / three + T.CreateTruncating(0.5)) : x;
    }
}

/// <summary>x outside [−λ, λ], 0 inside.</summary>
public readonly struct HardshrinkBody(double lambd) : IFloatBody
{
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x >= -T.CreateTruncating(lambd) && x <= T.CreateTruncating(lambd) ? T.Zero : x;
}

/// <summary>The gradient x where y is outside [−λ, λ].</summary>
public readonly struct ShrinkBackwardBody(double lambd) : IFloatBody2
{
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => y >= -T.CreateTruncating(lambd) && y <= T.CreateTruncating(lambd) ? T.Zero : x;
}

/// <summary>x moved towards zero by λ, 0 within.</summary>
public readonly struct SoftshrinkBody(double lambd) : IFloatBody
{
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T distance = T.CreateTruncating(lambd);
        return x > distance ? x - distance : x < -distance ? x + distance : T.Zero;
    }
}
