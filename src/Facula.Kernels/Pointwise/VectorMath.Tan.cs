using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// The tangent: the quotient of what sine and cosine are made of.
public static partial class VectorMath
{
    /// <summary>tan x, to 3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tan(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Tan(x.GetLower()), HalfVectors.Tan(x.GetUpper()));
        Vector512<float> a = Vector512.Abs(x);
        if (!Vector512.LessThanAll(a, Vector512.Create(ShortLimit))) return Lanes<ScalarTan, float>(x, x);
        Vector512<float> s = Sine(ReduceTurn(a, out Vector512<int> k), out Vector512<float> c);
        Vector512<float> odd = Vector512.Equals(k & Vector512<int>.One, Vector512<int>.One).AsSingle();
        return (Vector512.ConditionalSelect(odd, -c, s) / Vector512.ConditionalSelect(odd, s, c)) ^ SignBit(x);
    }

    /// <summary>tan x, to 3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tan(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Tan(x.GetLower()), HalfVectors.Tan(x.GetUpper()));
        Vector512<double> a = Vector512.Abs(x);
        if (!Vector512.LessThanAll(a, Vector512.Create(DoubleLimit))) return Lanes<ScalarTan, double>(x, x);
        Vector512<double> s = Sine(ReduceTurn(a, out Vector512<double> k), out Vector512<double> c), half = k * 0.5;
        Vector512<double> odd = ~Vector512.Equals(Vector512.Truncate(half), half);
        return (Vector512.ConditionalSelect(odd, -c, s) / Vector512.ConditionalSelect(odd, s, c)) ^ SignBit(x);
    }

    /// <summary>sin(πx) / (πx), 1 at zero, from the rounded product as PyTorch has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sinc<T>(Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Sinc(x.GetLower()), HalfVectors.Sinc(x.GetUpper()));
        Vector512<T> product = x * Constant<T>(Math.PI);
        Vector512<T> sine = typeof(T) == typeof(float) ? Sin(product.As<T, float>()).As<float, T>() : Sin(product.As<T, double>()).As<double, T>();
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero), Vector512<T>.One, sine / product);
    }

    private readonly struct ScalarTan : IScalarPair
    {
        public static double Invoke(double x, double y) => Math.Tan(x);
    }
}
