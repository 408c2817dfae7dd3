using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>min(max(x, Min), Max); NaN stays.</summary>
public struct ClampMap : IMap<float, float>, IMap<double, double>
{
    /// <summary>The bounds.</summary>
    public double Min, Max;

    static bool IMap<float, float>.IsVectorized => true;
    static bool IMap<double, double>.IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public readonly float Invoke(float x) => float.Min(float.Max(x, (float)Min), (float)Max);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public readonly double Invoke(double x) => double.Min(double.Max(x, Min), Max);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public readonly Vector512<float> Invoke(Vector512<float> x) => Vector512.Min(Vector512.Max(x, Vector512.Create((float)Min)), Vector512.Create((float)Max));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public readonly Vector512<double> Invoke(Vector512<double> x) => Vector512.Min(Vector512.Max(x, Vector512.Create(Min)), Vector512.Create(Max));
}

/// <summary>min(max(x, min), max) of integers.</summary>
public readonly struct ClampIntegerMap<T>(T min, T max) : IMap<T, T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(T x) => T.Min(T.Max(x, min), max);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Invoke(Vector512<T> x) => Vector512.Min(Vector512.Max(x, Vector512.Create(min)), Vector512.Create(max));
}
