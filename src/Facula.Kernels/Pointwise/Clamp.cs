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

/// <summary>min(max(x, Min), Max) of integers.</summary>
public struct ClampIntegerMap : IMap<long, long>
{
    /// <summary>The bounds.</summary>
    public long Min, Max;

    public static bool IsVectorized => false;
    public readonly long Invoke(long x) => Math.Min(Math.Max(x, Min), Max);
    public readonly Vector512<long> Invoke(Vector512<long> x) => throw new InvalidOperationException();
}
