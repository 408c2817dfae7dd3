using System.Runtime.InteropServices;

namespace Facula.Kernels.Tests.Reductions;

/// <summary>Reductions over any of the dimensions against the same number by number.</summary>
public sealed unsafe class FoldLoopTests
{
    // Shapes of images, sequences, tall narrow and short wide matrices, each with every set of folded dimensions.
    public static TheoryData<int[]> Shapes { get; } = new(
        [5, 6, 7, 7], [3, 4, 28, 28], [64, 10, 32], [70, 30, 4], [1003, 4], [4, 1003], [4, 2100], [300, 3, 5], [9, 49], [40, 300, 3], [2, 2100, 4], [33, 17, 2], [2000, 20]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_dimensions_are_folded(int[] shape)
    {
        long count = shape.Aggregate(1L, (a, b) => a * b);
        var random = new Random(7);
        float[] values = [.. Enumerable.Range(0, (int)count).Select(_ => random.NextSingle())];
        int[] integers = [.. values.Select(v => (int)(v * 1000))];
        for (int mask = 1; mask < 1 << shape.Length; mask++)
        {
            double[] sums = Naive(values, shape, mask, 0, (a, x) => a + x), largest = Naive(values, shape, mask, -1, Math.Max);
            double[] squares = Naive(values, shape, mask, 0, (a, x) => a + x * x), whole = Naive(integers, shape, mask, 0, (a, x) => a + x);
            long each = count / sums.Length;
            float[] sum = Fold<SumFold<float>, float>(values, shape, mask), mean = Fold<MeanFold<float>, float>(values, shape, mask);
            float[] most = Fold<MaxFold<float>, float>(values, shape, mask), norm = Fold<Norm2Fold<float>, float>(values, shape, mask);
            int[] total = Fold<SumFold<int>, int>(integers, shape, mask);
            for (int i = 0; i < sums.Length; i++)
            {
                Assert.Equal(sums[i], sum[i], 1e-5 * sums[i]);
                Assert.Equal(sums[i] / each, mean[i], 1e-5);
                Assert.Equal((float)largest[i], most[i]);
                Assert.Equal(Math.Sqrt(squares[i]), norm[i], 1e-5 * Math.Sqrt(squares[i]));
                Assert.Equal((int)whole[i], total[i]);
            }
        }
    }

    [Theory]
    [InlineData(4, 0, 6)]
    [InlineData(0, 6)]
    [InlineData(40, 3, 0, 2)]
    [InlineData(300, 0)]
    [InlineData(0, 17, 30, 10)]
    [InlineData(0, 32, 2, 2, 17)]
    [InlineData(3, 0, 40)]
    public void Nothing_folded_is_the_start(params int[] shape)
    {
        for (int mask = 1; mask < 1 << shape.Length; mask++)
        {
            Assert.All(Fold<SumFold<float>, float>([], shape, mask), sum => Assert.Equal(0, sum));
            Assert.All(Fold<ProductFold<double>, double>([], shape, mask), product => Assert.Equal(1, product));
            Assert.All(Fold<Norm2Fold<float>, float>([], shape, mask), norm => Assert.Equal(0, norm));
            Assert.All(Fold<MaxFold<int>, int>([], shape, mask), most => Assert.Equal(int.MinValue, most));
            Assert.All(Fold<SumFold<long>, long>([], shape, mask), sum => Assert.Equal(0, sum));
        }
    }

    private static T[] Fold<TKernel, T>(T[] values, int[] shape, int mask) where TKernel : struct, IFold<T, T, T> where T : unmanaged
    {
        (long[] kept, long[] keptStrides, long[] folded, long[] foldedStrides) = Split(shape, mask);
        var strides = new long[kept.Length];
        long results = 1;
        for (int i = kept.Length - 1; i >= 0; i--)
        {
            strides[i] = results;
            results *= kept[i];
        }
        var result = new T[results];
        MemoryMarshal.AsBytes(result.AsSpan()).Fill(0x5a);      // what is not written shows
        fixed (T* v = values, r = result) FoldLoop.Run<TKernel, T, T, T>(default, v, kept, keptStrides, folded, foldedStrides, r, strides);
        return result;
    }

    private static (long[] kept, long[] keptStrides, long[] folded, long[] foldedStrides) Split(int[] shape, int mask)
    {
        List<long> kept = [], keptStrides = [], folded = [], foldedStrides = [];
        for (int i = 0; i < shape.Length; i++)
        {
            long stride = shape[(i + 1)..].Aggregate(1L, (a, b) => a * b);
            bool isFolded = (mask >> i & 1) != 0;
            (isFolded ? folded : kept).Add(shape[i]);
            (isFolded ? foldedStrides : keptStrides).Add(stride);
        }
        return ([.. kept], [.. keptStrides], [.. folded], [.. foldedStrides]);
    }

    private static double[] Naive<T>(T[] values, int[] shape, int mask, double start, Func<double, double, double> step) where T : System.Numerics.INumber<T>
    {
        (long[] kept, _, _, _) = Split(shape, mask);
        var results = new double[kept.Aggregate(1L, (a, b) => a * b)];
        Array.Fill(results, start);
        for (int i = 0; i < values.Length; i++)
        {
            long place = 0, rest = i, scale = 1;
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                (rest, long at) = Math.DivRem(rest, shape[d]);
                if ((mask >> d & 1) != 0) continue;
                place += at * scale;
                scale *= shape[d];
            }
            results[place] = step(results[place], double.CreateTruncating(values[i]));
        }
        return results;
    }
}
