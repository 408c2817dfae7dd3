namespace Facula.Kernels.Tests.Reductions;

/// <summary>Folds of narrow elements against the fold of the same elements converted first.</summary>
public sealed unsafe class StoredFoldTests
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(3, 7)]
    [InlineData(70, 300)]
    [InlineData(2, 40000)]
    [InlineData(500, 33)]
    public void Narrow_elements_fold_as_if_converted(int rows, int columns)
    {
        var random = new Random(rows);
        Half[] halves = [.. Enumerable.Range(0, rows * columns).Select(_ => (Half)(random.NextSingle() - 0.3f))];
        BFloat16[] brains = [.. halves.Select(x => (BFloat16)(float)x)];
        int[] integers = [.. halves.Select(x => (int)((float)x * 1000))];
        sbyte[] bytes = [.. integers.Select(x => (sbyte)x)];
        byte[] unsigned = [.. integers.Select(x => (byte)x)];
        short[] words = [.. integers.Select(x => (short)x)];
        bool[] answers = [.. integers.Select(x => x > 0)];
        foreach (bool across in (bool[])[false, true])
        {
            Floats<SumFold<float>, float, Half>(halves, x => (float)x, rows, columns, across);
            Floats<MeanFold<float>, float, BFloat16>(brains, x => x, rows, columns, across);
            Floats<MaxFold<float>, float, Half>(halves, x => (float)x, rows, columns, across);
            Floats<Norm2Fold<float>, float, BFloat16>(brains, x => x, rows, columns, across);
            Floats<VarianceFold<float>, Moments, BFloat16>(brains, x => x, rows, columns, across);
            Floats<SumFold<float>, float, int>(integers, x => x, rows, columns, across);
            Floats<SumFold<float>, float, bool>(answers, x => x ? 1 : 0, rows, columns, across);
            Longs(integers, x => x, rows, columns, across);
            Longs(words, x => x, rows, columns, across);
            Longs(bytes, x => x, rows, columns, across);
            Longs(unsigned, x => x, rows, columns, across);
            Longs(answers, x => x ? 1 : 0, rows, columns, across);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5000)]
    public void Complex_numbers_add_part_by_part(int count)
    {
        var random = new Random(count);
        Complex64[] values = [.. Enumerable.Range(0, 2 * count).Select(_ => new Complex64(random.NextSingle(), random.NextSingle() - 0.5f))];
        var sums = new Complex64[count];
        Complex64 total;
        fixed (Complex64* v = values, s = sums)
        {
            FoldLoop.Run<SumFold<Complex64>, Complex64, Complex64, Complex64>(default, v, [], [], [2 * count], [1], &total, []);
            FoldLoop.Run<SumFold<Complex64>, Complex64, Complex64, Complex64>(default, v, [count], [1], [2], [count], s, [1]);
        }
        Assert.Equal(values.Sum(v => (double)v.Real), total.Real, 1e-5 * count);
        Assert.Equal(values.Sum(v => (double)v.Imaginary), total.Imaginary, 1e-5 * count);
        for (int i = 0; i < count; i++) Assert.Equal(values[i] + values[count + i], sums[i]);
    }

    private static void Floats<TKernel, TAccumulator, TStored>(TStored[] values, Func<TStored, float> convert, int rows, int columns, bool across)
        where TKernel : struct, IFold<float, TAccumulator, float>
        where TAccumulator : unmanaged
        where TStored : unmanaged
    {
        Assert.True(StoredFold<TKernel, TStored, float, TAccumulator, float>.Exists);
        float[] expected = Fold<TKernel, float, TAccumulator, float>(default, [.. values.Select(convert)], rows, columns, across);
        float[] got = Fold<StoredFold<TKernel, TStored, float, TAccumulator, float>, TStored, TAccumulator, float>(new(default), values, rows, columns, across);
        for (int i = 0; i < got.Length; i++) Assert.Equal(expected[i], got[i], 1e-5f * Math.Max(1, Math.Abs(expected[i])) * MathF.Sqrt(values.Length / got.Length));
    }

    private static void Longs<TStored>(TStored[] values, Func<TStored, long> convert, int rows, int columns, bool across) where TStored : unmanaged =>
        Assert.Equal(
            Fold<SumFold<long>, long, long, long>(default, [.. values.Select(convert)], rows, columns, across),
            Fold<StoredFold<SumFold<long>, TStored, long, long, long>, TStored, long, long>(new(default), values, rows, columns, across));

    private static TOut[] Fold<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn[] values, int rows, int columns, bool across)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        var results = new TOut[across ? columns : rows];
        fixed (TIn* v = values)
        fixed (TOut* r = results)
        {
            if (across) FoldLoop.Run<TKernel, TIn, TAccumulator, TOut>(kernel, v, [columns], [1], [rows], [columns], r, [1]);
            else FoldLoop.Run<TKernel, TIn, TAccumulator, TOut>(kernel, v, [rows], [columns], [columns], [1], r, [1]);
        }
        return results;
    }
}
