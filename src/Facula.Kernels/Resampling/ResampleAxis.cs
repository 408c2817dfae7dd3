using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>How one dimension is resampled: which elements of the input each element of the output takes, and with which weights.</summary>
/// <remarks>Coordinates are computed in the type that PyTorch computes them in, since a nearest neighbour jumps with their last bit.</remarks>
public sealed class ResampleAxis
{
    private ResampleAxis(long input, int[] starts, int[] indices, double[] weights)
    {
        Input = input;
        Starts = starts;
        Indices = indices;
        Weights = weights;
        bool same = input == Output && indices.Length == Output;
        for (int i = 0; same && i < indices.Length; i++)
            same = indices[i] == i && weights[i] == 1;
        IsIdentity = same;
        bool pairs = true;
        for (int i = 0; pairs && i < Output; i++)
            pairs = starts[i] == 2 * i;
        IsPairs = pairs && indices.Length == 2 * Output;
    }

    /// <summary>Elements before.</summary>
    public long Input { get; }

    /// <summary>Elements after.</summary>
    public int Output => Starts.Length - 1;

    /// <summary>Where the taps of each element of the output begin; one more at the end.</summary>
    internal int[] Starts { get; }

    /// <summary>The element of the input of each tap.</summary>
    internal int[] Indices { get; }

    /// <summary>The weight of each tap.</summary>
    internal double[] Weights { get; }

    /// <summary>Whether nothing changes.</summary>
    internal bool IsIdentity { get; }

    /// <summary>Whether every element of the output has two taps.</summary>
    internal bool IsPairs { get; }

    /// <summary>Whether each element of the output is an element of the input.</summary>
    public bool IsChoice => Indices.Length == Output;

    internal T[] WeightsAs<T>() where T : System.Numerics.INumberBase<T> => Array.ConvertAll(Weights, T.CreateTruncating);

    /// <summary>Input elements per output element; <paramref name="factor"/> is the scale factor that was asked for, if it counts.</summary>
    private static double Scale(long input, long output, bool alignCorners, double? factor, bool single)
    {
        if (alignCorners)
            return output > 1 ? Divide(input - 1, output - 1, single) : 0;
        return factor is > 0 ? (single ? (float)(1.0 / factor.Value) : 1.0 / factor.Value) : Divide(input, output, single);
    }

    private static double Divide(long input, long output, bool single) => single ? (float)input / output : (double)input / output;

    /// <summary>Where an element of the output lies in the input.</summary>
    private static double Source(double scale, long index, bool alignCorners, bool mayBeNegative, bool single)
    {
        double at = alignCorners ? (single ? (float)scale * index : scale * index)
            : single ? (float)scale * (index + 0.5f) - 0.5f : scale * (index + 0.5) - 0.5;
        return at < 0 && !mayBeNegative && !alignCorners ? 0 : at;
    }

    /// <summary>The element nearest to the left, or with <paramref name="exact"/> nearest to the middle.</summary>
    public static ResampleAxis Nearest(long input, long output, double? factor, bool exact, bool single)
    {
        double scale = Scale(input, output, false, factor, single);
        var starts = new int[output + 1];
        var indices = new int[output];
        for (int i = 0; i < output; i++)
        {
            double at = exact
                ? single ? (float)scale * (i + 0.5f) : scale * (i + 0.5)
                : single ? (float)scale * i : scale * i;
            indices[i] = (int)Math.Min(MathF.Floor((float)at), input - 1);
            starts[i + 1] = i + 1;
        }
        var weights = new double[output];
        Array.Fill(weights, 1);
        return new(input, starts, indices, weights);
    }

    /// <summary>The two neighbours, by distance.</summary>
    public static ResampleAxis Linear(long input, long output, double? factor, bool alignCorners, bool single)
    {
        double scale = Scale(input, output, alignCorners, factor, single);
        var (starts, indices, weights) = Room(output, 2);
        for (int i = 0; i < output; i++)
        {
            double at = Source(scale, i, alignCorners, false, single);
            long first = Math.Min((long)at, input - 1);
            double share = Math.Clamp(single ? (float)at - first : at - first, 0, 1);
            indices[2 * i] = (int)first;
            indices[2 * i + 1] = (int)Math.Min(first + 1, input - 1);
            weights[2 * i] = single ? 1f - (float)share : 1 - share;
            weights[2 * i + 1] = share;
        }
        return new(input, starts, indices, weights);
    }

    /// <summary>Four neighbours, by Keys's cubic with a = −0.75; beyond the border the border repeats.</summary>
    public static ResampleAxis Cubic(long input, long output, double? factor, bool alignCorners, bool single)
    {
        double scale = Scale(input, output, alignCorners, factor, single);
        var (starts, indices, weights) = Room(output, 4);
        Span<double> taps = stackalloc double[4];
        for (int i = 0; i < output; i++)
        {
            double at = Source(scale, i, alignCorners, true, single);
            long second = Math.Min((long)Math.Floor(at), input - 1);
            CubicWeights.Fill(Math.Clamp(single ? (float)at - second : at - second, 0, 1), taps);
            for (int k = 0; k < 4; k++)
            {
                indices[4 * i + k] = (int)Math.Clamp(second - 1 + k, 0, input - 1);
                weights[4 * i + k] = taps[k];
            }
        }
        return new(input, starts, indices, weights);
    }

    /// <summary>A triangle, or with <paramref name="cubic"/> Keys's cubic with a = −0.5, stretched over the input elements that an output element stands for.</summary>
    public static ResampleAxis Smooth(long input, long output, double? factor, bool alignCorners, bool cubic, bool single)
    {
        double scale = Scale(input, output, alignCorners, factor, single);
        double half = cubic ? 2 : 1, support = scale >= 1 ? half * scale : half, inverse = scale >= 1 ? 1 / scale : 1;
        var starts = new int[output + 1];
        var indices = new List<int>();
        var weights = new List<double>();
        for (int i = 0; i < output; i++)
        {
            double center = scale * (i + 0.5);
            long first = Math.Max((long)(center - support + 0.5), 0), count = Math.Min((long)(center + support + 0.5), input) - first;
            double total = 0;
            for (long j = 0; j < count; j++)
            {
                double x = Math.Abs((j + first - center + 0.5) * inverse);
                double weight = cubic ? CubicWeights.At(x, -0.5) : Math.Max(0, 1 - x);
                indices.Add((int)(first + j));
                weights.Add(weight);
                total += weight;
            }
            for (int k = starts[i]; k < weights.Count && total != 0; k++)
                weights[k] /= total;
            starts[i + 1] = indices.Count;
        }
        return new(input, starts, [.. indices], [.. weights]);
    }

    private static (int[] Starts, int[] Indices, double[] Weights) Room(long output, int taps)
    {
        var starts = new int[output + 1];
        for (int i = 0; i <= output; i++)
            starts[i] = i * taps;
        return (starts, new int[output * taps], new double[output * taps]);
    }
}

/// <summary>Keys's cubic convolution.</summary>
internal static class CubicWeights
{
    /// <summary>The weight at a distance.</summary>
    internal static double At(double x, double a) => x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1
        : x < 2 ? ((x - 5) * x + 8) * x * a - 4 * a
        : 0;

    /// <summary>The weights of four neighbours, of which the second lies <paramref name="t"/> to the left; a = −0.75.</summary>
    internal static void Fill(double t, Span<double> weights)
    {
        const double a = -0.75;
        weights[0] = At(t + 1, a);
        weights[1] = At(t, a);
        weights[2] = At(1 - t, a);
        weights[3] = At(2 - t, a);
    }

    /// <summary>The same weights, and their derivatives by t, of eight points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Fill(Vector256<float> t, Vector256<float>* weights, Vector256<float>* slopes)
    {
        (weights[0], slopes[0]) = Far(t + Vector256<float>.One);
        (weights[1], slopes[1]) = Near(t);
        (weights[2], slopes[2]) = Near(Vector256<float>.One - t);
        (weights[3], slopes[3]) = Far(Vector256.Create(2f) - t);
        (slopes[2], slopes[3]) = (-slopes[2], -slopes[3]);
    }

    // a = −0.75: the weight at a distance below 1, and its derivative.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Weight, Vector256<float> Slope) Near(Vector256<float> x) =>
        ((Vector256.Create(1.25f) * x - Vector256.Create(2.25f)) * x * x + Vector256<float>.One, (Vector256.Create(3.75f) * x - Vector256.Create(4.5f)) * x);

    // From 1 to 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Weight, Vector256<float> Slope) Far(Vector256<float> x) =>
        ((((x - Vector256.Create(5f)) * x + Vector256.Create(8f)) * x - Vector256.Create(4f)) * Vector256.Create(-0.75f), ((Vector256.Create(3f) * x - Vector256.Create(10f)) * x + Vector256.Create(8f)) * Vector256.Create(-0.75f));

    /// <summary>The derivatives of those weights by t.</summary>
    internal static void FillSlopes(double t, Span<double> slopes)
    {
        const double a = -0.75;
        double x = t + 1;
        slopes[0] = ((3 * x - 10) * x + 8) * a;
        x = t;
        slopes[1] = (3 * (a + 2) * x - 2 * (a + 3)) * x;
        x = 1 - t;
        slopes[2] = -((3 * (a + 2) * x - 2 * (a + 3)) * x);
        x = 2 - t;
        slopes[3] = -(((3 * x - 10) * x + 8) * a);
    }
}
