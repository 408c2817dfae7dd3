using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// The hyperbolic tangent and the logistic function.
public static partial class VectorMath
{
    /// <summary>tanh x, to 1.1 ulp with AVX-512, to 2.5 without.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Tanh(x.GetLower()), HalfVectors.Tanh(x.GetUpper()));
        if (!Avx512F.IsSupported) return TanhByExp(x);
        Vector512<float> a = Vector512.MinNative(Vector512.Create(10f), Vector512.Abs(x));
        // Exponent and two bits of the fraction name the interval and its lower end; all below ¼ is one interval with its origin at zero.
        Vector512<int> bits = Vector512.MaxNative(Vector512.Create(0.21875f), a).AsInt32(), k = bits >>> 21;
        Vector512<float> near = Vector512.LessThan(a, Vector512.Create(0.25f));
        Vector512<float> t = Vector512.ConditionalSelect(near, a, a - (bits & Vector512.Create(-(1 << 21))).AsSingle());
        Vector512<float> p = Pick(TanhTable.C6Low, TanhTable.C6High, k);
        p = Vector512.FusedMultiplyAdd(p, t, Pick(TanhTable.C5Low, TanhTable.C5High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(TanhTable.C4Low, TanhTable.C4High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(TanhTable.C3Low, TanhTable.C3High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(TanhTable.C2Low, TanhTable.C2High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(TanhTable.C1Low, TanhTable.C1High, k));
        Vector512<float> first = Vector512.ConditionalSelect(near, a, Pick(TanhTable.C0Low, TanhTable.C0High, k));
        return Vector512.FusedMultiplyAdd(p, t, first) | (x & Vector512.Create(-0f));
    }

    // Near zero a polynomial of Cephes, elsewhere 1 − 2 / (e^(2|x|) + 1).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> TanhByExp(Vector512<float> x)
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

    /// <summary>tanh x, to 1.3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tanh(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Tanh(x.GetLower()), HalfVectors.Tanh(x.GetUpper()));
        Vector512<double> a = Vector512.Abs(x);
        Vector512<double> z = x * x;
        Vector512<double> p = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.Create(-9.64399179425052238628E-1), z, Vector512.Create(-9.92877231001918586564E1)), z, Vector512.Create(-1.61468768441708447952E3));
        Vector512<double> q = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(z + Vector512.Create(1.12811678491632931402E2), z, Vector512.Create(2.23548839060100448583E3)), z, Vector512.Create(4.84406305325125486048E3));
        Vector512<double> near = KeepZero(x, Vector512.FusedMultiplyAdd(p / q * z, x, x));
        Vector512<double> far = Vector512<double>.One - Vector512.Create(2.0) / (Exp(a + a) + Vector512<double>.One);
        far |= x & Vector512.Create(-0.0);
        return Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512.Create(0.625)), near, far);
    }

    /// <summary>1 / (1 + e⁻ˣ), to 2.3 ulp: denormal below −87.3 and 0 below −88.7, where e⁻ˣ is infinite, as PyTorch's is.</summary>
    // Padé's approximation of e^(−r), (a − rb) / (a + rb) with an error of 6e-9, shares the division: for x = −n·ln2 + r, 1 + e⁻ˣ is 1 + 2ⁿ(a − rb) / (a + rb).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Sigmoid(x.GetLower()), HalfVectors.Sigmoid(x.GetUpper()));
        // The NaN stands second, where the hardware's minimum and maximum let it through.
        x = Vector512.MaxNative(Vector512.Create(-89f), Vector512.MinNative(Vector512.Create(105f), x));
        Vector512<float> shift = Vector512.Create(12582912f), n = Vector512.FusedMultiplyAdd(x, Vector512.Create(-Log2ESingle), shift) - shift;
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(Ln2LowSingle), Vector512.FusedMultiplyAdd(n, Vector512.Create(Ln2HighSingle), x));
        Vector512<float> z = r * r;
        Vector512<float> a = Vector512.FusedMultiplyAdd(z, Vector512.Create(0.1f), Vector512<float>.One), b = Vector512.FusedMultiplyAdd(z, Vector512.Create(1 / 120f), Vector512.Create(0.5f));
        Vector512<float> above = Vector512.FusedMultiplyAdd(r, b, a);
        Vector512<float> below = Avx512F.IsSupported ? Avx512F.FusedMultiplyAddNegated(r, b, a) : Vector512.FusedMultiplyAdd(-r, b, a);
        return above / (above + Scale(below, n));
    }

    /// <summary>tanh(ln(1 + eˣ)) = n / (n + 2) with n = eˣ·(eˣ + 2), to 3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TanhOfSoftplus(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.TanhOfSoftplus(x.GetLower()), HalfVectors.TanhOfSoftplus(x.GetUpper()));
        Vector512<float> e = Exp(Vector512.MinNative(Vector512.Create(20f), x)), n = e * (e + Vector512.Create(2f));
        return n * Reciprocal(n + Vector512.Create(2f));
    }

    /// <summary>1 / (1 + e⁻ˣ), to 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sigmoid(Vector512<double> x) => !Avx512F.IsSupported ? Vector512.Create(HalfVectors.Sigmoid(x.GetLower()), HalfVectors.Sigmoid(x.GetUpper())) : Vector512<double>.One / (Vector512<double>.One + Exp(-x));

    // tanh at the lower end of each interval + t by powers of t, four intervals to an octave from ¼ on, ten for all beyond; the first without its t. Turned by 19 places, so that the bits of a number are its index.
    private static class TanhTable
    {
        internal static Vector512<float> C0Low => Vector512.Create(
            0.9640276f, 0.9866143f, 0.9950548f, 0.9981779f, 0.9993293f, 0.9999092f, 0.9999877f, 0.99999833f,
            0.99999976f, 1f, 1f, 1f, 0, 0, 0, 0);

        internal static Vector512<float> C0High => Vector512.Create(
            0, 0, 0, 0, 0.24491866f, 0.30270973f, 0.3583574f, 0.41157004f,
            0.46211717f, 0.5545997f, 0.63514894f, 0.7039056f, 0.7615942f, 0.84828365f, 0.90514827f, 0.94137555f);

        internal static Vector512<float> C1Low => Vector512.Create(
            0.07065085f, 0.026592206f, 0.009866025f, 0.0036408794f, 0.0013408646f, 0.00018157138f, 2.457494e-05f, 3.3258916e-06f,
            4.4927927e-07f, 0, 0, 0, 0, 0, 0, 0);

        internal static Vector512<float> C1High => Vector512.Create(
            0, 0, 0, 5.562179e-09f, 0.94001484f, 0.9083668f, 0.87158f, 0.8306101f,
            0.7864477f, 0.6924192f, 0.5965858f, 0.5045169f, 0.41997436f, 0.28041488f, 0.18070665f, 0.1138121f);

        internal static Vector512<float> C2Low => Vector512.Create(
            -0.068110295f, -0.026235642f, -0.009816854f, -0.0036340829f, -0.0013386545f, -0.00018137439f, -2.4550152e-05f, -3.3225715e-06f,
            -4.4303323e-07f, 0, 0, 0, 0, 0, 0, 0);

        internal static Vector512<float> C2High => Vector512.Create(
            0, 0, 0, -1.6037283e-06f, -0.23022719f, -0.2749715f, -0.31233713f, -0.34185424f,
            -0.3634308f, -0.38401532f, -0.37892076f, -0.35513222f, -0.3198504f, -0.23787224f, -0.16356687f, -0.10714016f);

        internal static Vector512<float> C3Low => Vector512.Create(
            0.042121217f, 0.017013468f, 0.006475263f, 0.0024119627f, 0.0008835528f, 0.00011983529f, 1.6222699e-05f, 2.1955907e-06f,
            2.7742314e-07f, 0, 0, 0, 0, 0, 0, 0);

        internal static Vector512<float> C3High => Vector512.Create(
            0, 0, 0, -0.33325806f, -0.2569512f, -0.2195525f, -0.17859864f, -0.13617352f,
            -0.09421011f, -0.017839096f, 0.041804425f, 0.08180531f, 0.10361308f, 0.108332336f, 0.087830044f, 0.06292738f);

        internal static Vector512<float> C4Low => Vector512.Create(
            -0.017969187f, -0.008004872f, -0.003147906f, -0.0011862844f, -0.00041904076f, -5.69241e-05f, -7.707747e-06f, -1.0432017e-06f,
            -1.13977755e-07f, 0, 0, 0, 0, 0, 0, 0);

        internal static Vector512<float> C4High => Vector512.Create(
            0, 0, 0, -0.0012996498f, 0.13966747f, 0.15812212f, 0.16812816f, 0.17001654f,
            0.1648712f, 0.138069f, 0.0998636f, 0.060839538f, 0.027623678f, -0.012834947f, -0.025125226f, -0.023587894f);

        internal static Vector512<float> C5Low => Vector512.Create(
            0.0050573708f, 0.0027329857f, 0.0011354551f, 0.00043594075f, 0.00013561966f, 1.8458677e-05f, 2.500028e-06f, 3.3837713e-07f,
            2.796691e-08f, 0, 0, 0, 0, 0, 0, 0);

        internal static Vector512<float> C5High => Vector512.Create(
            0, 0, 0, 0.14356256f, 0.07250927f, 0.045415524f, 0.018341638f, -0.0065892274f,
            -0.029504685f, -0.057215568f, -0.06538109f, -0.059426907f, -0.045901768f, -0.017741432f, -0.0016907563f, 0.004115192f);

        internal static Vector512<float> C6Low => Vector512.Create(
            -0.0007203538f, -0.0005454448f, -0.00024330919f, -9.552962e-05f, -2.2438866e-05f, -3.0596855e-06f, -4.1450377e-07f, -5.610469e-08f,
            -3.0654352e-09f, 0, 0, 0, 0, 0, 0, 0);

        internal static Vector512<float> C6High => Vector512.Create(
            0, 0, 0, -0.03768912f, -0.071752235f, -0.071792245f, -0.06620439f, -0.05637074f,
            -0.037260845f, -0.011607658f, 0.00723319f, 0.016978905f, 0.018484334f, 0.010969928f, 0.004114327f, 0.00064773613f);
    }
}
