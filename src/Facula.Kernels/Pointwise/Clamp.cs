using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>min(max(x, min), max) for bounds that are numbers; NaN stays.</summary>
public readonly struct ClampMap(double min, double max) : IMap<float, float>, IMap<double, double>
{
    // Floats beforehand: a conversion within the loop would make each vector wait for the one before.
    private readonly float _min = (float)min, _max = (float)max;

    static bool IMap<float, float>.IsVectorized => true;
    static bool IMap<double, double>.IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public float Invoke(float x) => x < _min ? Math.Min(_min, _max) : x > _max ? _max : x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public double Invoke(double x) => x < min ? Math.Min(min, max) : x > max ? max : x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => Vector512.MinNative(Vector512.Create(_max), Vector512.MaxNative(Vector512.Create(_min), x));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => Vector512.MinNative(Vector512.Create(max), Vector512.MaxNative(Vector512.Create(min), x));
}

/// <summary>min(max(x, min), max) of integers.</summary>
public readonly struct ClampIntegerMap<T>(T min, T max) : IMap<T, T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(T x) => T.Min(T.Max(x, min), max);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Invoke(Vector512<T> x) => Vector512.Min(Vector512.Max(x, Vector512.Create(min)), Vector512.Create(max));
}
