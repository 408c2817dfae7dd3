using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// The error function.
public static partial class VectorMath
{
    /// <summary>erf x, to 1.2 ulp with AVX-512, to 2.5 without.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Erf(x.GetLower()), HalfVectors.Erf(x.GetUpper()));
        if (!Avx512F.IsSupported) return ErfByExp(x);
        Vector512<float> a = Vector512.MinNative(Vector512.Create(3.875f), Vector512.Abs(x));
        Vector512<int> k = NearestStep(a, 0.125f, out Vector512<float> t);
        Vector512<float> p = Pick(ErfTable.C5Low, ErfTable.C5High, k);
        p = Vector512.FusedMultiplyAdd(p, t, Pick(ErfTable.C4Low, ErfTable.C4High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(ErfTable.C3Low, ErfTable.C3High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(ErfTable.C2Low, ErfTable.C2High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(ErfTable.C1Low, ErfTable.C1High, k));
        // Around zero erf t = t + t·p(t), which rounds less than t·p(t); the half step itself belongs to zero, the even neighbour.
        Vector512<float> first = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(a, Vector512.Create(0.0625f)), t, Pick(ErfTable.C0Low, ErfTable.C0High, k));
        return Vector512.FusedMultiplyAdd(p, t, first) | (x & Vector512.Create(-0f));
    }

    // To 1 a polynomial in x², beyond 1 − e^q(x), q interpolating ln erfc at Chebyshev's points of [1, 4].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ErfByExp(Vector512<float> x)
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

    // erf at k/8 + t by powers of t; the first without its t, the last beyond the range.
    private static class ErfTable
    {
        internal static Vector512<float> C0Low => Vector512.Create(
            0, 0.1403162f, 0.2763264f, 0.4041169f, 0.5204999f, 0.6232409f, 0.71115565f, 0.7840751f,
            0.8427008f, 0.8883882f, 0.92290014f, 0.94817007f, 0.96610516f, 0.97844374f, 0.9866717f, 0.99199003f);

        internal static Vector512<float> C0High => Vector512.Create(
            0.9953223f, 0.997346f, 0.9985373f, 0.99921703f, 0.999593f, 0.9997946f, 0.9998994f, 0.99995214f,
            0.9999779f, 0.9999901f, 0.9999957f, 0.9999982f, 0.9999993f, 0.9999997f, 0.9999999f, 1f);

        internal static Vector512<float> C1Low => Vector512.Create(
            0.12837917f, 1.1108853f, 1.0600141f, 0.9803528f, 0.8787826f, 0.76349956f, 0.64293104f, 0.52474505f,
            0.4151075f, 0.31827396f, 0.23652112f, 0.17035978f, 0.11893029f, 0.08047226f, 0.052774996f, 0.03354583f);

        internal static Vector512<float> C1High => Vector512.Create(
            0.020666985f, 0.01234082f, 0.007142319f, 0.004006478f, 0.0021782843f, 0.0011478751f, 0.0005862772f, 0.0002902283f,
            0.00013925305f, 6.4758686e-05f, 2.9189026e-05f, 1.27517405e-05f, 5.3994268e-06f, 2.2159204e-06f, 8.8143224e-07f, 0);

        internal static Vector512<float> C2Low => Vector512.Create(
            6.194996e-09f, -0.13886046f, -0.26500317f, -0.36763188f, -0.43939087f, -0.47718686f, -0.48219806f, -0.45915183f,
            -0.41510755f, -0.35805833f, -0.29565158f, -0.23424488f, -0.1783956f, -0.13076754f, -0.09235632f, -0.062898465f);

        internal static Vector512<float> C2High => Vector512.Create(
            -0.041333973f, -0.026224228f, -0.016070193f, -0.009515358f, -0.0054456866f, -0.0030131529f, -0.0016122482f, -0.0008343965f,
            -0.0004177528f, -0.000202367f, -9.4862065e-05f, -4.3035867e-05f, -1.8897324e-05f, -8.032371e-06f, -3.3052047e-06f, 0);

        internal static Vector512<float> C3Low => Vector512.Create(
            -0.37612715f, -0.35872316f, -0.30917066f, -0.23487614f, -0.14646381f, -0.05567196f, 0.026788637f, 0.09292344f,
            0.13836904f, 0.16245225f, 0.16753577f, 0.15793772f, 0.13875204f, 0.11484067f, 0.09015734f, 0.067441136f);

        internal static Vector512<float> C3High => Vector512.Create(
            0.048222996f, 0.03303742f, 0.02172456f, 0.0137305325f, 0.008350085f, 0.0048904205f, 0.002760383f, 0.0015025315f,
            0.0007890973f, 0.00040001748f, 0.00019580826f, 9.258207e-05f, 4.229501e-05f, 1.8673474e-05f, 7.969476e-06f, 0);

        internal static Vector512<float> C4Low => Vector512.Create(
            3.0700936e-05f, 0.06857445f, 0.12674361f, 0.16629009f, 0.18278675f, 0.17621776f, 0.15052958f, 0.112335764f,
            0.06921148f, 0.028064178f, -0.006034739f, -0.030370869f, -0.04448568f, -0.049634416f, -0.048049673f, -0.04223579f);

        internal static Vector512<float> C4High => Vector512.Create(
            -0.034442242f, -0.026371466f, -0.019100375f, -0.0131514445f, -0.008638766f, -0.005427458f, -0.0032678267f, -0.0018884437f,
            -0.0010487258f, -0.0005602271f, -0.00028811555f, -0.0001427473f, -6.8174224e-05f, -3.1400727e-05f, -1.3954453e-05f, 0);

        internal static Vector512<float> C5Low => Vector512.Create(
            0.1124121f, 0.104041174f, 0.0799585f, 0.045443367f, 0.0073548034f, -0.027332f, -0.053134814f, -0.067107f,
            -0.069095835f, -0.061267402f, -0.04715977f, -0.030614251f, -0.014894034f, -0.0021711243f, 0.006588884f, 0.011433715f);

        internal static Vector512<float> C5High => Vector512.Create(
            0.013069292f, 0.012484523f, 0.010653742f, 0.008358106f, 0.00612052f, 0.004221866f, 0.002759592f, 0.00171636f,
            0.0010188362f, 0.00057852356f, 0.00031479393f, 0.00016437324f, 8.245765e-05f, 3.977725e-05f, 1.8466495e-05f, 0);
    }
}
