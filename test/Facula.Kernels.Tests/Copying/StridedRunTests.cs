namespace Facula.Kernels.Tests;

/// <summary>Elements at fixed steps, alone and as operands of the pointwise loops, forwards and backwards, with rests.</summary>
[Trait("Size", "Small")]
public unsafe class StridedRunTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(-2)]
    public void Elements_come_together_and_spread_again(int stride)
    {
        foreach (int count in new[] { 1, 3, 7, 8, 15, 16, 17, 40, 300 })
        {
            RoundTrip<byte>(count, stride, i => (byte)(i % 251));
            RoundTrip<float>(count, stride, i => i);
            RoundTrip<long>(count, stride, i => i);
            RoundTrip<Int128>(count, stride, i => i);
        }
    }

    private static void RoundTrip<T>(int count, int stride, Func<int, T> make) where T : unmanaged
    {
        // Exactly as long as what is read: the loads of whole vectors must not leave it.
        int length = (count - 1) * Math.Abs(stride) + 1, first = stride < 0 ? length - 1 : 0;
        T[] source = [.. Enumerable.Range(0, length).Select(make)];
        T[] dense = new T[count], spread = new T[length];
        foreach (bool far in new[] { false, true })
        {
            fixed (T* s = source, d = dense, w = spread)
            {
                StridedRun.Gather(s + first, stride, d, count, far);
                StridedRun.Spread(d, w + first, stride, count);
            }
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(source[first + i * stride], dense[i]);
                Assert.Equal(source[first + i * stride], spread[first + i * stride]);
            }
        }
    }

    [Theory]
    [InlineData(50)]
    [InlineData(300)]
    [InlineData(70000)]
    public void Loops_take_operands_and_results_at_steps(int count)
    {
        float[] source = [.. Enumerable.Range(0, 2 * count).Select(i => i % 1000f)];
        var sums = new float[3 * count];
        var larger = new bool[count];
        var wide = new double[count];
        fixed (float* s = source, d = sums)
        fixed (bool* b = larger)
        fixed (double* w = wide)
        {
            ZipLoop.Run(default(NumberZip<AddKernel, float>), s, [2], s + 2 * count - 1, [-1], d, [3], [count]);
            ZipLoop.Run(default(CompareZip<GtKernel, float>), s, [2], s + 2 * count - 1, [-1], b, [1], [count]);
            MapLoop.Run(default(ConvertMap<float, double>), s, [2], w, [1], [count]);
            for (int i = 0; i < count; i++)
            {
                float x = s[2 * i], y = s[2 * count - 1 - i];
                Assert.Equal(x + y, d[3 * i]);
                Assert.Equal(x > y, b[i]);
                Assert.Equal(x, w[i]);
            }
        }
    }
}
