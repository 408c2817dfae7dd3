using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

// Bridges from a family's generic function to the loops' contract for one element type; the JIT sees through them.

/// <summary>A float function as a map.</summary>
public readonly struct FloatMap<TKernel> : IMap<float, float>, IMap<double, double>
    where TKernel : IFloatUnary
{
    static bool IMap<float, float>.IsVectorized => TKernel.IsVectorized;
    static bool IMap<double, double>.IsVectorized => TKernel.IsVectorized;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public float Invoke(float x) => TKernel.Invoke(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public double Invoke(double x) => TKernel.Invoke(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => TKernel.Invoke(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => TKernel.Invoke(x);
}

/// <summary>A complex function as a map.</summary>
public readonly struct ComplexMap<TKernel> : IMap<Complex, Complex>
    where TKernel : IComplexUnary
{
    public static bool IsVectorized => false;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Complex Invoke(Complex x) => TKernel.Invoke(x);
    public Vector512<Complex> Invoke(Vector512<Complex> x) => throw new InvalidOperationException();
}

/// <summary>A function of any number as a map of one type.</summary>
public readonly struct NumberMap<TKernel, T> : IMap<T, T>
    where TKernel : INumberUnary
    where T : unmanaged, INumberBase<T>
{
    public static bool IsVectorized => TKernel.IsVectorized<T>() && typeof(T) != typeof(Complex);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(T x) => TKernel.Invoke(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Invoke(Vector512<T> x) => TKernel.Invoke(x);
}

/// <summary>A function of a real number as a map of one type.</summary>
public readonly struct RealMap<TKernel, T> : IMap<T, T>
    where TKernel : IRealUnary
    where T : unmanaged, INumber<T>
{
    public static bool IsVectorized => TKernel.IsVectorized<T>();
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(T x) => TKernel.Invoke(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Invoke(Vector512<T> x) => TKernel.Invoke(x);
}

/// <summary>A function of two numbers as a zip of one type.</summary>
public readonly struct NumberZip<TKernel, T> : IZip<T, T>
    where TKernel : INumberBinary
    where T : unmanaged, INumberBase<T>
{
    public static bool IsVectorized => TKernel.IsVectorized<T>() && typeof(T) != typeof(Complex);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(T x, T y) => TKernel.Invoke(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => TKernel.Invoke(x, y);
}

/// <summary>The bool form of a function of two numbers.</summary>
public readonly struct NumberBoolZip<TKernel> : IZip<bool, bool>
    where TKernel : INumberBinary
{
    public static bool IsVectorized => false;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public bool Invoke(bool x, bool y) => TKernel.Invoke(x, y);
    public Vector512<bool> Invoke(Vector512<bool> x, Vector512<bool> y) => throw new InvalidOperationException();
}

/// <summary>A function of two real numbers as a zip of one type.</summary>
public readonly struct RealZip<TKernel, T> : IZip<T, T>
    where TKernel : IRealBinary
    where T : unmanaged, INumber<T>
{
    public static bool IsVectorized => TKernel.IsVectorized<T>();
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(T x, T y) => TKernel.Invoke(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => TKernel.Invoke(x, y);
}

/// <summary>The bool form of a function of two real numbers.</summary>
public readonly struct RealBoolZip<TKernel> : IZip<bool, bool>
    where TKernel : IRealBinary
{
    public static bool IsVectorized => false;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public bool Invoke(bool x, bool y) => TKernel.Invoke(x, y);
    public Vector512<bool> Invoke(Vector512<bool> x, Vector512<bool> y) => throw new InvalidOperationException();
}

/// <summary>A function of two floats as a zip.</summary>
public readonly struct FloatZip<TKernel> : IZip<float, float>, IZip<double, double>
    where TKernel : IFloatBinary
{
    static bool IZip<float, float>.IsVectorized => TKernel.IsVectorized;
    static bool IZip<double, double>.IsVectorized => TKernel.IsVectorized;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public float Invoke(float x, float y) => TKernel.Invoke(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public double Invoke(double x, double y) => TKernel.Invoke(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => TKernel.Invoke(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => TKernel.Invoke(x, y);
}

/// <summary>A function of two complex numbers as a zip.</summary>
public readonly struct ComplexZip<TKernel> : IZip<Complex, Complex>
    where TKernel : IComplexBinary
{
    public static bool IsVectorized => false;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Complex Invoke(Complex x, Complex y) => TKernel.Invoke(x, y);
    public Vector512<Complex> Invoke(Vector512<Complex> x, Vector512<Complex> y) => throw new InvalidOperationException();
}

/// <summary>A function of two integers as a zip of one type.</summary>
public readonly unsafe struct IntegerZip<TKernel, T> : IZip<T, T>
    where TKernel : IIntegerBinary
    where T : unmanaged, IBinaryInteger<T>
{
    public static bool IsVectorized => TKernel.IsVectorized<T>();
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(T x, T y) => TKernel.Invoke(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => TKernel.Invoke(x, y);
    public static long Run(T* left, long leftStride, T* right, long rightStride, T* destination, long count, bool far) => TKernel.Run(left, leftStride, right, rightStride, destination, count);
}

/// <summary>A comparison as a zip into bool.</summary>
public readonly struct CompareZip<TKernel, T> : IZip<T, bool>
    where TKernel : ICompare
    where T : unmanaged, INumber<T>
{
    public static bool IsVectorized => false;
    public static bool IsMask => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public bool Invoke(T x, T y) => TKernel.Invoke(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Mask(Vector512<T> x, Vector512<T> y) => TKernel.Invoke(x, y);
    public Vector512<bool> Invoke(Vector512<T> x, Vector512<T> y) => throw new InvalidOperationException();
}
