using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The gradient x where y is inside (min, max).</summary>
public readonly struct HardtanhBackwardBody(double min, double max) : IFloatBody2
{
    // Floats beforehand: a conversion within the loop would make each vector wait for the one before.
    private readonly float _min = (float)min, _max = (float)max;

    public static bool IsVectorized => true;
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => y <= T.CreateTruncating(min) || y >= T.CreateTruncating(max) ? T.Zero : x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.AndNot(x, Vector512.LessThanOrEqual(y, Vector512.Create(_min)) | Vector512.GreaterThanOrEqual(y, Vector512.Create(_max)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => Vector512.AndNot(x, Vector512.LessThanOrEqual(y, Vector512.Create(min)) | Vector512.GreaterThanOrEqual(y, Vector512.Create(max)));
}

/// <summary>min(max(x + 3, 0), 6) / 6.</summary>
public readonly struct HardsigmoidBody : IFloatBody
{
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => Vector512.MinNative(Vector512.Create(6f), Vector512.MaxNative(Vector512<float>.Zero, x + Vector512.Create(3f))) / Vector512.Create(6f);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => Vector512.MinNative(Vector512.Create(6d), Vector512.MaxNative(Vector512<double>.Zero, x + Vector512.Create(3d))) / Vector512.Create(6d);
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Min(T.Max(x + T.CreateTruncating(3), T.Zero), T.CreateTruncating(6)) / T.CreateTruncating(6);
}

/// <summary>The gradient x through the hardsigmoid at y.</summary>
public readonly struct HardsigmoidBackwardBody : IFloatBody2
{
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.GreaterThan(y, Vector512.Create(-3f)) & Vector512.LessThan(y, Vector512.Create(3f)) & (x / Vector512.Create(6f));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => Vector512.GreaterThan(y, Vector512.Create(-3d)) & Vector512.LessThan(y, Vector512.Create(3d)) & (x / Vector512.Create(6d));
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> =>
        y > T.CreateTruncating(-3) && y < T.CreateTruncating(3) ? x / T.CreateTruncating(6) : T.Zero;
}

/// <summary>x · min(max(x + 3, 0), 6) / 6.</summary>
public readonly struct HardswishBody : IFloatBody
{
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => x * Vector512.MinNative(Vector512.Create(6f), Vector512.MaxNative(Vector512<float>.Zero, x + Vector512.Create(3f))) / Vector512.Create(6f);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => x * Vector512.MinNative(Vector512.Create(6d), Vector512.MaxNative(Vector512<double>.Zero, x + Vector512.Create(3d))) / Vector512.Create(6d);
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x * T.Min(T.Max(x + T.CreateTruncating(3), T.Zero), T.CreateTruncating(6)) / T.CreateTruncating(6);
}

/// <summary>The gradient x through the hardswish at y.</summary>
public readonly struct HardswishBackwardBody : IFloatBody2
{
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.AndNot(Vector512.ConditionalSelect(Vector512.LessThanOrEqual(y, Vector512.Create(3f)), x * (y / Vector512.Create(3f) + Vector512.Create(0.5f)), x), Vector512.LessThan(y, Vector512.Create(-3f)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => Vector512.AndNot(Vector512.ConditionalSelect(Vector512.LessThanOrEqual(y, Vector512.Create(3d)), x * (y / Vector512.Create(3d) + Vector512.Create(0.5d)), x), Vector512.LessThan(y, Vector512.Create(-3d)));
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T three = T.CreateTruncating(3);
        return y < -three ? T.Zero : y <= three ? x * (y / three + T.CreateTruncating(0.5)) : x;
    }
}

/// <summary>x outside [−λ, λ], 0 inside.</summary>
public readonly struct HardshrinkBody(double lambd) : IFloatBody
{
    private readonly float _lambd = (float)lambd;

    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => Vector512.AndNot(x, Vector512.GreaterThanOrEqual(x, Vector512.Create(-_lambd)) & Vector512.LessThanOrEqual(x, Vector512.Create(_lambd)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => Vector512.AndNot(x, Vector512.GreaterThanOrEqual(x, Vector512.Create(-lambd)) & Vector512.LessThanOrEqual(x, Vector512.Create(lambd)));
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x >= -T.CreateTruncating(lambd) && x <= T.CreateTruncating(lambd) ? T.Zero : x;
}

/// <summary>The gradient x where y is outside [−λ, λ].</summary>
public readonly struct ShrinkBackwardBody(double lambd) : IFloatBody2
{
    private readonly float _lambd = (float)lambd;

    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.AndNot(x, Vector512.GreaterThanOrEqual(y, Vector512.Create(-_lambd)) & Vector512.LessThanOrEqual(y, Vector512.Create(_lambd)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => Vector512.AndNot(x, Vector512.GreaterThanOrEqual(y, Vector512.Create(-lambd)) & Vector512.LessThanOrEqual(y, Vector512.Create(lambd)));
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => y >= -T.CreateTruncating(lambd) && y <= T.CreateTruncating(lambd) ? T.Zero : x;
}

/// <summary>x moved towards zero by λ, 0 within.</summary>
public readonly struct SoftshrinkBody(double lambd) : IFloatBody
{
    // Comparisons that are conditions alone, not operands: Note [False dependencies].
    private readonly float _lambd = (float)lambd;

    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(_lambd)), x - Vector512.Create(_lambd), Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-_lambd)), x + Vector512.Create(_lambd), Vector512<float>.Zero));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(lambd)), x - Vector512.Create(lambd), Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-lambd)), x + Vector512.Create(lambd), Vector512<double>.Zero));
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T distance = T.CreateTruncating(lambd);
        return x > distance ? x - distance : x < -distance ? x + distance : T.Zero;
    }
}
