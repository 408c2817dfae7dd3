using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Box and Muller's transform in single precision, with the very roundings of PyTorch's vector code.</summary>
/// <remarks>
/// Logarithm, sine and cosine are those of the Cephes library (logf, sinf, cosf). Which product and sum share one rounding is part of the
/// result: each Horner step does, and so do the ends of the polynomials as written here.
/// </remarks>
internal static unsafe class BoxMullerSingle
{
    /// <summary>Transforms groups of sixteen: x[0…7] become radius·cosine, x[8…15] radius·sine.</summary>
    /// <remarks>
    /// First all logarithms, then all else: the processor has as many steps under way as it can hold, and they wait less for one another in two short chains.
    /// Two groups make a vector of radii and one of angles; a last group alone fills both halves.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(float* data, long count, float mean, float std)
    {
        const int Group = 16, Half = 8;
        for (float* end = data + count, group = data; group < end; group += 2 * Group)
        {
            float* other = group + Group < end ? group + Group : group;
            var square = Vector512.Create(-2f) * Log(Vector512<float>.One - Vector512.Create(Vector256.Load(group), Vector256.Load(other)));
            square.GetLower().Store(group);
            square.GetUpper().Store(other);
        }

        var means = Vector512.Create(mean);
        var stds = Vector512.Create(std);
        for (float* end = data + count, group = data; group < end; group += 2 * Group)
        {
            float* other = group + Group < end ? group + Group : group;
            var radius = Vector512.Sqrt(Vector512.Create(Vector256.Load(group), Vector256.Load(other)));
            SinCos(Vector512.Create((float)(2 * Math.PI)) * Vector512.Create(Vector256.Load(group + Half), Vector256.Load(other + Half)), out var sin, out var cos);
            cos = Vector512.FusedMultiplyAdd(radius * cos, stds, means);
            sin = Vector512.FusedMultiplyAdd(radius * sin, stds, means);
            cos.GetLower().Store(group);
            sin.GetLower().Store(group + Half);
            cos.GetUpper().Store(other);
            sin.GetUpper().Store(other + Half);
        }
    }

    /// <summary>ln x for normal positive x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Log(Vector512<float> x)
    {
        var one = Vector512<float>.One;
        var bits = x.AsInt32();
        var e = Vector512.ConvertToSingle((bits >> 23) - Vector512.Create(126));
        // The significand in [½, 1), then in [√½, √2) less one.
        x = ((bits & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F000000)).AsSingle();
        // By the difference of the bits, not by a comparison: Note [False dependencies].
        var small = ((x.AsInt32() - Vector512.Create(BitConverter.SingleToInt32Bits(0.707106781186547524f))) >> 31).AsSingle();
        var extra = x & small;
        x = x - one + extra;
        e -= one & small;

        var z = x * x;
        var y = Vector512.Create(7.0376836292E-2f);
        y = Vector512.FusedMultiplyAdd(y, x, Vector512.Create(-1.1514610310E-1f));
        y = Vector512.FusedMultiplyAdd(y, x, Vector512.Create(1.1676998740E-1f));
        y = Vector512.FusedMultiplyAdd(y, x, Vector512.Create(-1.2420140846E-1f));
        y = Vector512.FusedMultiplyAdd(y, x, Vector512.Create(1.4249322787E-1f));
        y = Vector512.FusedMultiplyAdd(y, x, Vector512.Create(-1.6668057665E-1f));
        y = Vector512.FusedMultiplyAdd(y, x, Vector512.Create(2.0000714765E-1f));
        y = Vector512.FusedMultiplyAdd(y, x, Vector512.Create(-2.4999993993E-1f));
        y = Vector512.FusedMultiplyAdd(y, x, Vector512.Create(3.3333331174E-1f));
        y *= x;
        y = Vector512.FusedMultiplyAdd(y, z, e * -2.12194440e-4f);
        y = Vector512.FusedMultiplyAdd(-z, Vector512.Create(0.5f), y);
        return Vector512.FusedMultiplyAdd(e, Vector512.Create(0.693359375f), x + y);
    }

    /// <summary>Sine and cosine of x ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SinCos(Vector512<float> x, out Vector512<float> sin, out Vector512<float> cos)
    {
        // The octant, made even; x less so many quarters of π, in three parts.
        var octant = Vector512.ConvertToInt32Native(x * 1.27323954473516f);
        octant = (octant + Vector512<int>.One) & Vector512.Create(~1);
        var quarters = Vector512.ConvertToSingle(octant);
        x = Vector512.FusedMultiplyAdd(quarters, Vector512.Create(-0.78515625f), x);
        x = Vector512.FusedMultiplyAdd(quarters, Vector512.Create(-2.4187564849853515625e-4f), x);
        x = Vector512.FusedMultiplyAdd(quarters, Vector512.Create(-3.77489497744594108e-8f), x);

        var z = x * x;
        var c = Vector512.Create(2.443315711809948E-5f);
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(-1.388731625493765E-3f));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(4.166664568298827E-2f));
        c *= z;
        c = Vector512.FusedMultiplyAdd(c, z, -(z * 0.5f)) + Vector512<float>.One;

        var s = Vector512.Create(-1.9515295891E-4f);
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(8.3321608736E-3f));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(-1.6666654611E-1f));
        s = Vector512.FusedMultiplyAdd(s * z, x, x);

        var straight = Vector512.Equals(octant & Vector512.Create(2), Vector512<int>.Zero).AsSingle();
        var sinSign = (octant & Vector512.Create(4)) << 29;
        var cosSign = Vector512.AndNot(Vector512.Create(4), octant - Vector512.Create(2)) << 29;
        sin = Vector512.ConditionalSelect(straight, s, c) ^ sinSign.AsSingle();
        cos = Vector512.ConditionalSelect(straight, c, s) ^ cosSign.AsSingle();
    }
}
