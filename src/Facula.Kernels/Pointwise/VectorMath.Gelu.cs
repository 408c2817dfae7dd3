using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// x·Φ(x) and its derivative, Φ the normal distribution function: tables of 32 quintics over |x| to 7.75; without AVX-512 by Mills' ratio of tail and density.
public static partial class VectorMath
{
    /// <summary>x·Φ(x) = max(x, 0) − |x|·Φ(−|x|), to an absolute error of 2e-8 and half an ulp with AVX-512, of 5e-8 and half an ulp without.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gelu(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Gelu(x.GetLower()), HalfVectors.Gelu(x.GetUpper()));
        if (!Avx512F.IsSupported)
        {
            Vector512<float> a = Vector512.MinNative(Vector512.Create(13.3f), Vector512.Abs(x));
            return Vector512.FusedMultiplyAdd(-a, ExpOfModerate(a * a * -0.5f) * TailRatio(a), Vector512.MaxNative(Vector512<float>.Zero, x));
        }
        Vector512<int> k = NearestStep(Vector512.MinNative(Vector512.Create(7.75f), Vector512.Abs(x)), 0.25f, out Vector512<float> t);
        Vector512<float> p = Pick(GeluTable.C5Low, GeluTable.C5High, k);
        p = Vector512.FusedMultiplyAdd(p, t, Pick(GeluTable.C4Low, GeluTable.C4High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(GeluTable.C3Low, GeluTable.C3High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(GeluTable.C2Low, GeluTable.C2High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(GeluTable.C1Low, GeluTable.C1High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(GeluTable.C0Low, GeluTable.C0High, k));
        return Vector512.MaxNative(Vector512<float>.Zero, x) - p;
    }

    /// <summary>(x·Φ(x))′ = Φ(x) + x·φ(x), to an absolute error of 1e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluSlope(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.GeluSlope(x.GetLower()), HalfVectors.GeluSlope(x.GetUpper()));
        if (!Avx512F.IsSupported)
        {
            Vector512<float> a = Vector512.MinNative(Vector512.Create(13.3f), Vector512.Abs(x));
            Vector512<float> tail = ExpOfModerate(a * a * -0.5f) * Vector512.FusedMultiplyAdd(a, Vector512.Create(-0.39894228f), TailRatio(a));
            return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512<float>.One - tail, tail);
        }
        Vector512<int> k = NearestStep(Vector512.MinNative(Vector512.Create(7.75f), Vector512.Abs(x)), 0.25f, out Vector512<float> t);
        Vector512<float> p = Pick(GeluSlopeTable.C5Low, GeluSlopeTable.C5High, k);
        p = Vector512.FusedMultiplyAdd(p, t, Pick(GeluSlopeTable.C4Low, GeluSlopeTable.C4High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(GeluSlopeTable.C3Low, GeluSlopeTable.C3High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(GeluSlopeTable.C2Low, GeluSlopeTable.C2High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(GeluSlopeTable.C1Low, GeluSlopeTable.C1High, k));
        p = Vector512.FusedMultiplyAdd(p, t, Pick(GeluSlopeTable.C0Low, GeluSlopeTable.C0High, k));
        // The slopes at x and −x add up to 1.
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512<float>.One - p, p);
    }

    // Φ(−a)·e^(a²/2), of least error after multiplying by e^(−a²/2)·max(1, a) on [0, 6]; beyond, that factor leaves nothing of it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> TailRatio(Vector512<float> a)
    {
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(4.615468e-08f), a, Vector512.Create(-1.3246155e-06f));
        p = Vector512.FusedMultiplyAdd(p, a, Vector512.Create(1.7191602e-05f));
        p = Vector512.FusedMultiplyAdd(p, a, Vector512.Create(-0.00013506126f));
        p = Vector512.FusedMultiplyAdd(p, a, Vector512.Create(0.0007298103f));
        p = Vector512.FusedMultiplyAdd(p, a, Vector512.Create(-0.0029464304f));
        p = Vector512.FusedMultiplyAdd(p, a, Vector512.Create(0.00950524f));
        p = Vector512.FusedMultiplyAdd(p, a, Vector512.Create(-0.025929311f));
        p = Vector512.FusedMultiplyAdd(p, a, Vector512.Create(0.06218541f));
        p = Vector512.FusedMultiplyAdd(p, a, Vector512.Create(-0.13289343f));
        p = Vector512.FusedMultiplyAdd(p, a, Vector512.Create(0.24998786f));
        p = Vector512.FusedMultiplyAdd(p, a, Vector512.Create(-0.3989417f));
        return Vector512.FusedMultiplyAdd(p, a, Vector512.Create(0.5f));
    }

    // a·Φ(−a) at a = k/4 + t by powers of t; the last stands for everything beyond.
    private static class GeluTable
    {
        internal static Vector512<float> C0Low => Vector512.Create(
            0, 0.10032342f, 0.15426877f, 0.16997051f, 0.15865526f, 0.13206221f, 0.1002108f, 0.070103526f,
            0.045500264f, 0.027505063f, 0.015524163f, 0.008194349f, 0.004049694f, 0.0018753314f, 0.0008142018f, 0.00033156484f);

        internal static Vector512<float> C0High => Vector512.Create(
            0.00012668499f, 4.5426248e-05f, 1.5289537e-05f, 4.831149e-06f, 1.4332595e-06f, 3.9926113e-07f, 1.04442854e-07f, 2.5657581e-08f,
            5.919554e-09f, 1.2826729e-09f, 2.6104222e-10f, 4.9898283e-11f, 8.958813e-12f, 1.510824e-12f, 2.393222e-13f, 0);

        internal static Vector512<float> C1Low => Vector512.Create(
            0.5f, 0.30462664f, 0.13250488f, 0.0007742786f, -0.08331547f, -0.12266158f, -0.1274692f, -0.11092615f,
            -0.0852318f, -0.059189744f, -0.037611086f, -0.022027534f, -0.011945647f, -0.0060173813f, -0.0028217603f, -0.0012338165f);

        internal static Vector512<float> C1High => Vector512.Create(
            -0.00050364964f, -0.00019211568f, -6.852917e-05f, -2.2873079e-05f, -7.1469467e-06f, -2.091398e-06f, -5.733474e-07f, -1.4729437e-07f,
            -3.546873e-08f, -8.007291e-09f, -1.6950534e-09f, -3.365165e-10f, -6.266334e-11f, -1.0946038e-11f, -1.7938365e-12f, 0);

        internal static Vector512<float> C2Low => Vector512.Create(
            -0.39894205f, -0.37458363f, -0.30805674f, -0.21644287f, -0.12098619f, -0.039955407f, 0.01618903f, 0.04583455f,
            0.053991027f, 0.048601583f, 0.037247907f, 0.02529167f, 0.015511576f, 0.0086868955f, 0.004472492f, 0.0021265715f);

        internal static Vector512<float> C2High => Vector512.Create(
            0.00093679124f, 0.00038322594f, 0.00014584322f, 5.170532e-05f, 1.7095315e-05f, 5.275897e-06f, 1.5209275e-06f, 4.0980441e-07f,
            1.03257584e-07f, 2.4340688e-08f, 5.3699596e-09f, 1.1091145e-09f, 2.1452153e-10f, 3.8865258e-11f, 6.5969448e-12f, 0);

        internal static Vector512<float> C3Low => Vector512.Create(
            -1.51124705e-05f, 0.06343744f, 0.110019974f, 0.1293946f, 0.12098519f, 0.09275155f, 0.056664154f, 0.023591679f,
            1.5287075e-07f, -0.012646213f, -0.016432801f, -0.0148481345f, -0.011079671f, -0.0072126645f, -0.0041998f, -0.0022174988f);

        internal static Vector512<float> C3High => Vector512.Create(
            -0.0010706391f, -0.00047531864f, -0.00019479892f, -7.3908384e-05f, -2.6016653e-05f, -8.511315e-06f, -2.5912968e-06f, -7.350049e-07f,
            -1.944061e-07f, -4.798501e-08f, -1.1060027e-08f, -2.3817706e-09f, -4.79449e-10f, -9.0253145e-11f, -1.5893377e-11f, 0);

        internal static Vector512<float> C4Low => Vector512.Create(
            0.06682924f, 0.057272118f, 0.033851575f, 0.0048109386f, -0.020022813f, -0.034060076f, -0.035975233f, -0.028922373f,
            -0.01800739f, -0.0077231033f, -0.0005477415f, 0.0030934091f, 0.004044331f, 0.0035137539f, 0.0024851912f, 0.0015214866f);

        internal static Vector512<float> C4High => Vector512.Create(
            0.00082875876f, 0.0004076919f, 0.0001827936f, 7.515576e-05f, 2.845785e-05f, 9.955325e-06f, 3.2253033e-06f, 9.695468e-07f,
            2.708371e-07f, 7.0392396e-08f, 1.7039888e-08f, 3.8450785e-09f, 8.093921e-10f, 1.5903796e-10f, 2.9185487e-11f, 0);

        internal static Vector512<float> C5Low => Vector512.Create(
            -0.0031040811f, -0.013898734f, -0.022386838f, -0.022762809f, -0.016102139f, -0.006201197f, 0.0026970766f, 0.007899285f,
            0.0089724f, 0.0071669426f, 0.004271288f, 0.0016751557f, 8.522146e-06f, -0.0007296548f, -0.0008454302f, -0.000672417f);

        internal static Vector512<float> C5High => Vector512.Create(
            -0.00043763395f, -0.00024664548f, -0.00012356091f, -5.582746e-05f, -2.2956661e-05f, -8.6440195e-06f, -2.993366e-06f, -9.56418e-07f,
            -2.8265796e-07f, -7.742021e-08f, -1.968413e-08f, -4.651711e-09f, -1.0228588e-09f, -2.0947083e-10f, -3.9983118e-11f, 0);
    }

    // Φ(−a) − a·φ(a) at a = k/4 + t by powers of t.
    private static class GeluSlopeTable
    {
        internal static Vector512<float> C0Low => Vector512.Create(
            0.5f, 0.30462664f, 0.13250488f, 0.0007742806f, -0.08331547f, -0.12266158f, -0.1274692f, -0.11092615f,
            -0.0852318f, -0.059189744f, -0.037611086f, -0.022027534f, -0.011945647f, -0.006017381f, -0.0028217603f, -0.0012338165f);

        internal static Vector512<float> C0High => Vector512.Create(
            -0.0005036497f, -0.00019211571f, -6.852918e-05f, -2.2873088e-05f, -7.1469517e-06f, -2.0914003e-06f, -5.733483e-07f, -1.4729471e-07f,
            -3.5468844e-08f, -8.007326e-09f, -1.6950636e-09f, -3.3651917e-10f, -6.2663985e-11f, -1.0946184e-11f, -1.7938667e-12f, 0);

        internal static Vector512<float> C1Low => Vector512.Create(
            -0.7978846f, -0.74916947f, -0.6161143f, -0.43288505f, -0.24197073f, -0.079908974f, 0.0323794f, 0.09166965f,
            0.107981935f, 0.09720268f, 0.07449528f, 0.05058294f, 0.031022938f, 0.017373724f, 0.008944998f, 0.0042531854f);

        internal static Vector512<float> C1High => Vector512.Create(
            0.0018736231f, 0.0007664806f, 0.00029170327f, 0.00010341925f, 3.4194552e-05f, 1.0553405e-05f, 3.0424578e-06f, 8.1981517e-07f,
            2.065801e-07f, 4.8700223e-08f, 1.0744974e-08f, 2.2194848e-09f, 4.293325e-10f, 7.7792474e-11f, 1.3206221e-11f, 0);

        internal static Vector512<float> C2Low => Vector512.Create(
            -3.4468485e-07f, 0.19031113f, 0.33005816f, 0.3881823f, 0.36295488f, 0.2782549f, 0.16999328f, 0.07077593f,
            1.0698398e-06f, -0.03793842f, -0.04929848f, -0.044544607f, -0.033239212f, -0.021638123f, -0.012599458f, -0.0066525075f);

        internal static Vector512<float> C2High => Vector512.Create(
            -0.0032119069f, -0.0014259411f, -0.00058438507f, -0.00022171794f, -7.804619e-05f, -2.553222e-05f, -7.773182e-06f, -2.2047518e-06f,
            -5.8312946e-07f, -1.4392752e-07f, -3.3172253e-08f, -7.1432584e-09f, -1.4378492e-09f, -2.706477e-10f, -4.7656868e-11f, 0);

        internal static Vector512<float> C3Low => Vector512.Create(
            0.26597267f, 0.22983497f, 0.13569167f, 0.01901776f, -0.08065593f, -0.13686709f, -0.14435783f, -0.11587912f,
            -0.07198834f, -0.030727493f, -0.0020086654f, 0.012509519f, 0.016250161f, 0.01407792f, 0.009935918f, 0.0060715196f);

        internal static Vector512<float> C3High => Vector512.Create(
            0.0033011565f, 0.0016209726f, 0.00072542427f, 0.0002976831f, 0.00011249241f, 3.9270904e-05f, 1.269531e-05f, 3.8076778e-06f,
            1.0611541e-06f, 2.7512772e-07f, 6.643125e-08f, 1.4950858e-08f, 3.1385776e-09f, 6.149574e-10f, 1.12522276e-10f, 0);

        internal static Vector512<float> C4Low => Vector512.Create(
            -0.00015466876f, -0.06939259f, -0.11178315f, -0.11368401f, -0.08045223f, -0.031026524f, 0.013415689f, 0.03942004f,
            0.044809844f, 0.03581598f, 0.02136304f, 0.008393365f, 5.96347e-05f, -0.003637151f, -0.0042221798f, -0.0033611755f);

        internal static Vector512<float> C4High => Vector512.Create(
            -0.0021890746f, -0.0012344912f, -0.0006188014f, -0.00027975158f, -0.000115104376f, -4.336744e-05f, -1.5027295e-05f, -4.8045276e-06f,
            -1.4208747e-06f, -3.8944904e-07f, -9.9088815e-08f, -2.3433861e-08f, -5.1568e-09f, -1.0568966e-09f, -2.019021e-10f, 0);

        internal static Vector512<float> C5Low => Vector512.Create(
            -0.059009694f, -0.047765188f, -0.018262452f, 0.0144571215f, 0.036129445f, 0.040105913f, 0.02923788f, 0.0121376505f,
            -0.0026344447f, -0.010551038f, -0.011664946f, -0.008695947f, -0.004662046f, -0.0014667213f, 0.00030954045f, 0.0009229322f);

        internal static Vector512<float> C5High => Vector512.Create(
            0.0008881163f, 0.0006268831f, 0.0003680589f, 0.00018819951f, 8.572413e-05f, 3.52407e-05f, 1.3184966e-05f, 4.5155316e-06f,
            1.4215047e-06f, 4.1263442e-07f, 1.1071958e-07f, 2.7515267e-08f, 6.3431305e-09f, 1.3582679e-09f, 2.7045727e-10f, 0);
    }
}
