using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

// Both float types under one name: formulas that need no coefficients of their own are written once. Each test of the type is a constant to the JIT.
public static partial class VectorMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Constant<T>(double value) =>
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> SignBit<T>(Vector512<T> x) => x & Constant<T>(-0.0);

    /// <summary>|x| with the sign of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> CopySign<T>(Vector512<T> x, Vector512<T> y) => Vector512.Abs(x) | SignBit(y);

    /// <summary>A function of doubles as one of floats: right to half an ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> InDouble<TFunction>(Vector512<float> x)
        where TFunction : IWideFunction
    {
        (Vector512<double> low, Vector512<double> high) = Vector512.Widen(x);
        return Vector512.Narrow(TFunction.Invoke(low), TFunction.Invoke(high));
    }

    private interface IWideFunction
    {
        static abstract Vector512<double> Invoke(Vector512<double> x);
    }

    /// <summary>A scalar function of two numbers, for lanes that the vector form does not cover.</summary>
    private interface IScalarPair
    {
        static abstract double Invoke(double x, double y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<T> Lanes<TFunction, T>(Vector512<T> x, Vector512<T> y)
        where TFunction : IScalarPair
    {
        for (int i = 0; i < Vector512<T>.Count; i++)
        {
            if (typeof(T) == typeof(float)) x = x.As<T, float>().WithElement(i, (float)TFunction.Invoke(x.As<T, float>().GetElement(i), y.As<T, float>().GetElement(i))).As<float, T>();
            else x = x.As<T, double>().WithElement(i, TFunction.Invoke(x.As<T, double>().GetElement(i), y.As<T, double>().GetElement(i))).As<double, T>();
        }
        return x;
    }

}
