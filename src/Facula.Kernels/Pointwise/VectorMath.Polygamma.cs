using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// The second derivative of ln Γ: its asymptotic series from 12 on, reached by ψ′(x) = ψ′(x + 1) + 1/x².
public static partial class VectorMath
{
    /// <summary>The second derivative of ln Γ, in double; at the negative integers PyTorch's float32 values.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Trigamma(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Trigamma(x.GetLower()), HalfVectors.Trigamma(x.GetUpper()));
        Vector512<float> result = InDouble<WideTrigamma>(x), poles = Vector512.LessThan(x, Vector512.Create(0.5f)) & Vector512.Equals(x, Floor(x));
        if (Vector512.EqualsAll(poles, Vector512<float>.Zero)) return result;
        // The sine is that of a rounded multiple of π, whose rest outweighs all other terms.
        Vector512<float> ratio = Vector512.Create(MathF.PI) / Sin(x * MathF.PI);
        return Vector512.ConditionalSelect(poles, ratio * ratio, result);
    }

    /// <summary>The second derivative of ln Γ, to 1e-14 relative to it, and of its poles' distance.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Trigamma(Vector512<double> x) => WideTrigamma.Invoke(x);

    private readonly struct WideTrigamma : IWideFunction
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public static Vector512<double> Invoke(Vector512<double> x)
        {
            if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.WideTrigamma.Invoke(x.GetLower()), HalfVectors.WideTrigamma.Invoke(x.GetUpper()));
            Vector512<double> one = Vector512<double>.One, mirrored = Vector512.LessThan(x, Vector512.Create(0.5)), y = Vector512.ConditionalSelect(mirrored, one - x, x);
            // 1/y² + 1/(y + 1)² + … as one fraction.
            Vector512<double> near = Vector512.LessThan(y, Vector512.Create(12.0)), numerator = one, denominator = y * y;
            for (int i = 1; i < 12; i++)
            {
                Vector512<double> t = y + Vector512.Create((double)i);
                t *= t;
                numerator = Vector512.FusedMultiplyAdd(numerator, t, denominator);
                denominator *= t;
            }
            Vector512<double> w = y + (near & Vector512.Create(12.0)), r = one / w, z = r * r;
            Vector512<double> tail = Vector512.Create(-7.0921568627450977);
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(1.1666666666666667));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(-0.25311355311355310));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(0.075757575757575758));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(-0.033333333333333333));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(0.023809523809523808));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(-0.033333333333333333));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(0.16666666666666667));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.FusedMultiplyAdd(r, Vector512.Create(0.5), one));
            Vector512<double> result = Vector512.FusedMultiplyAdd(tail, r, near & (numerator / denominator));
            if (Vector512.EqualsAll(mirrored, Vector512<double>.Zero)) return result;
            // sin(π·x) in plain arithmetic, as for one number.
            Vector512<double> ratio = Vector512.Create(Math.PI) / Sin(x * Math.PI);
            return Vector512.ConditionalSelect(mirrored, ratio * ratio - result, result);
        }
    }
}
