using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Both float types under one name: formulas that need no coefficients of their own are written once. Each test of the type is a constant to the JIT.
public static partial class VectorMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Constant<T>(double value) =>
        typeof(T) == typeof(float) ? Vector512.Create((float)value).As<float, T>() : Vector512.Create(value).As<double, T>();

    /// <summary>x·y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Fma<T>(Vector512<T> x, Vector512<T> y, Vector512<T> z) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(x.As<T, float>(), y.As<T, float>(), z.As<T, float>()).As<float, T>()
        : Vector512.FusedMultiplyAdd(x.As<T, double>(), y.As<T, double>(), z.As<T, double>()).As<double, T>();

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exp<T>(Vector512<T> x) => typeof(T) == typeof(float) ? Exp(x.As<T, float>()).As<float, T>() : Exp(x.As<T, double>()).As<double, T>();

    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log<T>(Vector512<T> x) => typeof(T) == typeof(float) ? Log(x.As<T, float>()).As<float, T>() : Log(x.As<T, double>()).As<double, T>();

    /// <summary>x to the power y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Pow<T>(Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float)
        ? Pow(x.As<T, float>(), y.As<T, float>()).As<float, T>()
        : Pow(x.As<T, double>(), y.As<T, double>()).As<double, T>();

    /// <summary>ln(1 + x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log1P<T>(Vector512<T> x) => typeof(T) == typeof(float) ? Log1P(x.As<T, float>()).As<float, T>() : Log1P(x.As<T, double>()).As<double, T>();

    /// <summary>x without its fraction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Truncate<T>(Vector512<T> x) =>
        typeof(T) == typeof(float) ? Vector512.Truncate(x.As<T, float>()).As<float, T>() : Vector512.Truncate(x.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Floor<T>(Vector512<T> x) =>
        typeof(T) == typeof(float) ? Vector512.Floor(x.As<T, float>()).As<float, T>() : Vector512.Floor(x.As<T, double>()).As<double, T>();

    /// <summary>The nearest whole number, ties to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Round(Vector512<float> x) => Avx512F.IsSupported ? Avx512F.RoundScale(x, 8) : Vector512.Round(x);

    /// <summary>The nearest whole number, ties to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Round(Vector512<double> x) => Avx512F.IsSupported ? Avx512F.RoundScale(x, 8) : Vector512.Round(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> SignBit<T>(Vector512<T> x) => x & Constant<T>(-0.0);

    /// <summary>The larger of each pair; NaN wins.</summary>
    // The processor's own maximum answers the second where one is NaN; y may be what the last step answered, since only that step waits for it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Maximum<T>(Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float) || typeof(T) == typeof(double)
        ? Vector512.ConditionalSelect(Vector512.Equals(x, x), Vector512.MaxNative(x, y), x) : Vector512.Max(x, y);

    /// <summary>The smaller of each pair; NaN wins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Minimum<T>(Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float) || typeof(T) == typeof(double)
        ? Vector512.ConditionalSelect(Vector512.Equals(x, x), Vector512.MinNative(x, y), x) : Vector512.Min(x, y);

    /// <summary>The lanes where x − y is negative, all bits set: where x is less than y, if both are numbers and not infinite with one sign.</summary>
    // By a shift, since a mask made to a vector may wait for the vector before: Note [False dependencies].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Less<T>(Vector512<T> x, Vector512<T> y)
    {
        if (!Avx512F.IsSupported) return Vector512.LessThan(x, y);
        Vector512<T> difference = x - y;
        return typeof(T) == typeof(float) ? (difference.As<T, int>() >> 31).As<int, T>() : (difference.As<T, long>() >> 63).As<long, T>();
    }

    /// <summary>|x| with the sign of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> CopySign<T>(Vector512<T> x, Vector512<T> y) => Vector512.Abs(x) | SignBit(y);

    /// <summary>A function of doubles as one of floats: right to half an ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> InDouble<TFunction>(Vector512<float> x)
        where TFunction : IWideFunction
    {
        (Vector512<double> low, Vector512<double> high) = Vector512.Widen(x);
        return NarrowLanes.Narrow(TFunction.Invoke(low), TFunction.Invoke(high));
    }

    internal interface IWideFunction
    {
        static abstract Vector512<double> Invoke(Vector512<double> x);
    }

    /// <summary>A scalar function of two numbers, for lanes that the vector form does not cover.</summary>
    private interface IScalarPair
    {
        static abstract double Invoke(double x, double y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Lanes<TFunction, T>(Vector512<T> x, Vector512<T> y)
        where TFunction : IScalarPair
    {
        // By reference: a vector that a call returns goes through memory, on the way that does not come here as well.
        Vector512<T> result = x;
        EachLane<TFunction, T>(ref result, y);
        return result;
    }

    // Through memory: taking lanes out of a register and putting them back one by one takes as long as the function.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void EachLane<TFunction, T>(ref Vector512<T> x, Vector512<T> y)
        where TFunction : IScalarPair
    {
        if (typeof(T) == typeof(float))
        {
            float* left = stackalloc float[Vector512<float>.Count], right = stackalloc float[Vector512<float>.Count];
            x.As<T, float>().Store(left);
            y.As<T, float>().Store(right);
            for (int i = 0; i < Vector512<float>.Count; i++) left[i] = (float)TFunction.Invoke(left[i], right[i]);
            x = Vector512.Load(left).As<float, T>();
            return;
        }
        double* wideLeft = stackalloc double[Vector512<double>.Count], wideRight = stackalloc double[Vector512<double>.Count];
        x.As<T, double>().Store(wideLeft);
        y.As<T, double>().Store(wideRight);
        for (int i = 0; i < Vector512<double>.Count; i++) wideLeft[i] = TFunction.Invoke(wideLeft[i], wideRight[i]);
        x = Vector512.Load(wideLeft).As<double, T>();
    }
}
