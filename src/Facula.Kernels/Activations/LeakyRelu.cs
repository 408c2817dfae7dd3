using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>x above zero, slope · x below.</summary>
public readonly struct LeakyReluBody(double slope) : IFloatBody
{
    // Floats beforehand: a conversion within the loop would make each vector wait for the one before.
    private readonly float _slope = (float)slope;

    public static bool IsVectorized => true;
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x > T.Zero ? x : x * T.CreateTruncating(slope);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, x * Vector512.Create(_slope));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<double>.Zero), x, x * Vector512.Create(slope));
}

/// <summary>The gradient x where y is above zero, slope · x below.</summary>
public readonly struct LeakyReluBackwardBody(double slope) : IFloatBody2
{
    private readonly float _slope = (float)slope;

    public static bool IsVectorized => true;
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => y > T.Zero ? x : x * T.CreateTruncating(slope);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(Vector512.GreaterThan(y, Vector512<float>.Zero), x, x * Vector512.Create(_slope));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => Vector512.ConditionalSelect(Vector512.GreaterThan(y, Vector512<double>.Zero), x, x * Vector512.Create(slope));
}

/// <summary>x above zero, y · x below.</summary>
public readonly struct PreluKernel : IFloatBinary
{
    public static string Name => "prelu_cpu";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x > T.Zero ? x : x * y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, x * y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<double>.Zero), x, x * y);
}
