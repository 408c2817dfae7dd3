using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

// The hyperbolic tangent, the logistic function and the error function.
public static partial class VectorMath
{
    /// <summary>tanh x: near zero a polynomial of Cephes, elsewhere 1 − 2 / (e^(2|x|) + 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> a = Vector512.Abs(x);
        Vector512<float> z = x * x;
        Vector512<float> p = Vector512.Create(-5.70498872745E-3f);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.06390887954E-2f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-5.37397155531E-2f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1.33314422036E-1f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-3.33332819422E-1f));
        Vector512<float> near = KeepZero(x, Vector512.FusedMultiplyAdd(p * z, x, x));
        Vector512<float> far = Vector512<float>.One - Vector512.Create(2f) / (Exp(a + a) + Vector512<float>.One);
        far |= x & Vector512.Create(-0f);
        return Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512.Create(0.625f)), near, far);
    }

    /// <summary>tanh x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tanh(Vector512<double> x)
    {
        Vector512<double> a = Vector512.Abs(x);
        Vector512<double> z = x * x;
        Vector512<double> p = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.Create(-9.64399179425052238628E-1), z, Vector512.Create(-9.92877231001918586564E1)), z, Vector512.Create(-1.61468768441708447952E3));
        Vector512<double> q = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(z + Vector512.Create(1.12811678491632931402E2), z, Vector512.Create(2.23548839060100448583E3)), z, Vector512.Create(4.84406305325125486048E3));
        Vector512<double> near = KeepZero(x, Vector512.FusedMultiplyAdd(p / q * z, x, x));
        Vector512<double> far = Vector512<double>.One - Vector512.Create(2.0) / (Exp(a + a) + Vector512<double>.One);
        far |= x & Vector512.Create(-0.0);
        return Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512.Create(0.625)), near, far);
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Exp(-x));

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sigmoid(Vector512<double> x) => Vector512<double>.One / (Vector512<double>.One + Exp(-x));

    /// <summary>erf x: to 1 a polynomial in x², beyond 1 − e^q(x), q interpolating ln erfc at Chebyshev's points of [1, 4].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        Vector512<float> z = x * x;
        Vector512<float> p = Vector512.Create(-9.667045e-06f);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.00011265959f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.00084840803f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.0052210316f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.02686543f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.11283782f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.37612638f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1.1283792f));
        Vector512<float> a = Vector512.Abs(x);
        Vector512<float> t = Vector512.MinNative(Vector512.Create(4f), a);
        Vector512<float> q = Vector512.Create(-1.3272362e-05f);
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(0.00031693702f));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(-0.0034323514f));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(0.022604773f));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(-0.10328112f));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(-0.63914126f));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(-1.1258936f));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(-0.0007658978f));
        Vector512<float> far = (Vector512<float>.One - Exp(q)) | (x & Vector512.Create(-0f));
        return Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512<float>.One), x * p, far);
    }
}
