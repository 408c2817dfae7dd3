using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>x / (1 + e⁻ˣ).</summary>
public readonly struct SiluKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "silu_cpu";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => x * VectorMath.Sigmoid(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => x / (Vector512<double>.One + VectorMath.Exp(-x));
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x / (T.One + T.Exp(-x));
    public static Complex Invoke(Complex x) => x / (Complex.One + Complex.Exp(-x));
}

/// <summary>The gradient x through the silu at y.</summary>
public readonly struct SiluBackwardKernel : IFloatBinary, IComplexBinary
{
    public static string Name => "silu_backward_cpu";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Gradient(x, y, VectorMath.Sigmoid(y));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => Gradient(x, y, VectorMath.Sigmoid(y));

    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sigmoid = T.One / (T.One + T.Exp(-y));
        return x * sigmoid * (T.One + y * (T.One - sigmoid));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Gradient<T>(Vector512<T> x, Vector512<T> y, Vector512<T> sigmoid) =>
        x * sigmoid * (Vector512<T>.One + y * (Vector512<T>.One - sigmoid));

    public static Complex Invoke(Complex x, Complex y)
    {
        Complex sigmoid = Complex.One / (Complex.One + Complex.Exp(-y));
        return x * Complex.Conjugate(sigmoid * (Complex.One + y * (Complex.One - sigmoid)));
    }
}

/// <summary>x · tanh(ln(1 + eˣ)).</summary>
public readonly struct MishKernel : IFloatUnary
{
    public static string Name => "mish_cpu";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => x * VectorMath.TanhOfSoftplus(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => x * VectorMath.Tanh(VectorMath.Log1P(VectorMath.Exp(x)));
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x * T.Tanh(Log1pKernel.Invoke(T.Exp(x)));
}

/// <summary>The gradient x through the mish at y.</summary>
public readonly struct MishBackwardKernel : IFloatBinary
{
    public static string Name => "mish_backward_cpu";
    public static bool IsVectorized => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x * Slope(VectorMath.TanhOfSoftplus(y), VectorMath.Sigmoid(y), y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => x * Slope(VectorMath.Tanh(VectorMath.Log1P(VectorMath.Exp(y))), VectorMath.Sigmoid(y), y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Slope<T>(Vector512<T> tanh, Vector512<T> sigmoid, Vector512<T> y) => tanh + y * sigmoid * (Vector512<T>.One - tanh * tanh);

    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sigmoid = T.One / (T.One + T.Exp(-y));
        T tanh = T.Tanh(Log1pKernel.Invoke(T.Exp(y)));
        return x * (tanh + y * sigmoid * (T.One - tanh * tanh));
    }
}
