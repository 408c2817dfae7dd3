using System.Numerics;

namespace Facula.Kernels.Tests.Reductions;

/// <summary>Rows of a few elements, many at once, against each of them alone.</summary>
public sealed unsafe class ShortRowsTests
{
    // Full tiles, and one that is not, whatever the type.
    private const int Rows = 200, Gap = 3;

    public static TheoryData<int> Widths { get; } = new(Enumerable.Range(1, 40).Concat([47, 48, 63, 64, 65]));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Sums_keep_the_order_of_the_note(int width)
    {
        float[] values = Values(width, x => x);
        double[] wide = Values(width, x => x * 1.1);
        float[] sums = Run<SumFold<float>, float>(values, width), means = Run<MeanFold<float>, float>(values, width);
        double[] wideSums = Run<SumFold<double>, double>(wide, width);
        for (int row = 0; row < Rows; row++)
        {
            float sum = CascadeSumTests.Naive(Row(values, row, width), 8);
            Assert.Equal(BitConverter.SingleToInt32Bits(sum), BitConverter.SingleToInt32Bits(sums[row]));
            Assert.Equal(sum / width, means[row]);
            Assert.Equal(CascadeSumTests.Naive(Row(wide, row, width), 4), wideSums[row]);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Other_folds_keep_the_order_of_a_row_alone(int width)
    {
        AsAlone<ProductFold<float>, float>(Values(width, x => x * 2), width);
        AsAlone<ProductFold<double>, double>(Values(width, x => x * 2.0), width);
        AsAlone<Norm1Fold<float>, float>(Values(width, x => x), width);
        AsAlone<Norm2Fold<float>, float>(Values(width, x => x), width);
        AsAlone<Norm2Fold<double>, double>(Values(width, x => (double)x), width);
        AsAlone<NanSumFold<float>, float>(Values(width, x => x > 1.2f ? float.NaN : x), width);
        AsAlone<SumFold<long>, long>(Values(width, x => (long)(x * 1e6)), width);
        AsAlone<ProductFold<int>, int>(Values(width, x => (int)(x * 7)), width);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Extremes_and_truth_are_exact(int width)
    {
        float[] values = Values(width, x => x > 1.28f ? float.NaN : MathF.Round(x * 8));
        double[] wide = Values(width, x => (double)x);
        short[] narrow = Values(width, x => (short)(x * 100));
        byte[] truth = Values(width, x => x > 1.25f ? (byte)1 : (byte)0);
        float[] largest = Run<MaxFold<float>, float>(values, width), smallest = Run<MinFold<float>, float>(values, width);
        double[] wideLargest = Run<MaxFold<double>, double>(wide, width);
        short[] narrowSmallest = Run<MinFold<short>, short>(narrow, width);
        byte[] any = Run<AnyFold, byte>(truth, width), all = Run<AllFold, byte>(truth, width);
        for (int row = 0; row < Rows; row++)
        {
            Assert.Equal(Row(values, row, width).Aggregate(float.Max), largest[row]);
            Assert.Equal(Row(values, row, width).Aggregate(float.Min), smallest[row]);
            Assert.Equal(Row(wide, row, width).Max(), wideLargest[row]);
            Assert.Equal(Row(narrow, row, width).Min(), narrowSmallest[row]);
            Assert.Equal(Row(truth, row, width).Any(x => x != 0), any[row] != 0);
            Assert.Equal(Row(truth, row, width).All(x => x != 0), all[row] != 0);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Places_are_those_of_the_first(int width)
    {
        Places(Values(width, x => x > 1.28f ? float.NaN : MathF.Round(x * 4)), width);
        Places(Values(width, x => Math.Round(x * 4.0)), width);
        Places(Values(width, x => (long)(x * 4)), width);
        Places(Values(width, x => (sbyte)(x * 4)), width);
    }

    private static void Places<T>(T[] values, int width) where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        T[] dense = [.. Enumerable.Range(0, Rows).SelectMany(row => Row(values, row, width))], extremes = new T[Rows];
        var places = new long[Rows];
        foreach (bool largest in (bool[])[true, false])
        {
            fixed (T* s = dense, e = extremes)
            fixed (long* p = places) ArgExtreme.Run(s, Rows, width, 1, largest, e, p);
            for (int row = 0; row < Rows; row++)
            {
                T[] x = Row(values, row, width);
                T extreme = x.Aggregate(largest ? T.Max : T.Min);
                Assert.Equal(extreme, extremes[row]);
                Assert.Equal(Array.FindIndex(x, v => v == extreme || T.IsNaN(v)), places[row]);
            }
        }
    }

    private static void AsAlone<TKernel, T>(T[] values, int width) where TKernel : struct, IFold<T, T, T> where T : unmanaged
    {
        T[] results = Run<TKernel, T>(values, width);
        fixed (T* p = values)
            for (int row = 0; row < Rows; row++)
                Assert.Equal(FoldLoop.Dense<TKernel, T, T, T>(default, p + row * (width + Gap), width), results[row]);
    }

    private static T[] Run<TKernel, T>(T[] values, int width) where TKernel : struct, IFold<T, T, T> where T : unmanaged
    {
        var results = new T[Rows];
        fixed (T* s = values, d = results) FoldLoop.Run<TKernel, T, T, T>(default, s, [Rows], [width + Gap], [width], [1], d, [1]);
        return results;
    }

    private static T[] Row<T>(T[] values, int row, int width) => values[(row * (width + Gap))..(row * (width + Gap) + width)];

    private static T[] Values<T>(int width, Func<float, T> convert)
    {
        var random = new Random(width);
        return [.. Enumerable.Range(0, Rows * (width + Gap)).Select(_ => convert(random.NextSingle() * 2 - 0.7f))];
    }
}
