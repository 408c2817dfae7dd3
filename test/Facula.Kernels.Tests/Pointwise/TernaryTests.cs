using System.Numerics;
using Xunit;

namespace Facula.Kernels.Tests.Pointwise;

/// <summary>Functions of three operands: in floats, and in float16 and bfloat16 by way of float, number by number.</summary>
public unsafe class TernaryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(529)]
    [InlineData(40003)]
    public void NarrowOperandsAreComputedAsFloats(int count)
    {
        var random = new Random(count);
        float[] Numbers(float from) => [.. Enumerable.Range(0, count).Select(_ => (float)(BFloat16)(from + random.NextSingle() * 4))];
        float[] x = Numbers(-2), y = Numbers(-2), z = Numbers(0.5f), weights = Numbers(-2);
        Same(default(LerpMap), x, y, weights, (a, b, t) => t < 0.5f ? a + t * (b - a) : b - (b - a) * (1 - t));
        Same(new AddcmulMap(-2, 0), x, y, z, (a, b, c) => a + -2f * b * c);
        Same(new AddcdivMap(0.5), x, y, z, (a, b, c) => a + 0.5f * b / c);
    }

    private static void Same<TKernel>(TKernel kernel, float[] x, float[] y, float[] z, Func<float, float, float, float> exact) where TKernel : struct, IZip3<float, float>
    {
        Narrow(kernel, x, y, z, exact, v => (BFloat16)v, v => v, isBrain: true);
        Narrow(kernel, x, y, z, exact, v => (Half)v, v => (float)v, isBrain: false);
    }

    private static void Narrow<TKernel, T>(TKernel kernel, float[] x, float[] y, float[] z, Func<float, float, float, float> exact, Func<float, T> narrow, Func<T, float> widen, bool isBrain)
        where TKernel : struct, IZip3<float, float>
        where T : unmanaged
    {
        int count = x.Length;
        T[] first = [.. x.Select(narrow)], second = [.. y.Select(narrow)], third = [.. z.Select(narrow)], result = new T[count + 1];
        T guard = narrow(77);
        fixed (T* a = first, b = second, c = third, d = result)
            for (int numbers = 0; numbers < 8; numbers++)       // each operand in memory or a number
            {
                result[count] = guard;
                NarrowOperand Operand(T* memory, int bit) => (numbers >> bit & 1) != 0 ? new(null, widen(*memory)) : new(memory, 0);
                NarrowLoop.Zip3(kernel, Operand(a, 0), Operand(b, 1), Operand(c, 2), d, count, isBrain, PointwiseGrain.Light);
                for (int i = 0; i < count; i++)
                {
                    int At(int bit) => (numbers >> bit & 1) != 0 ? 0 : i;
                    float expected = exact(widen(first[At(0)]), widen(second[At(1)]), widen(third[At(2)]));
                    // A fused multiplication may fall on the other side of a tie: one unit of the narrow type.
                    Assert.Equal(expected, widen(result[i]), Math.Abs(expected) * (isBrain ? 1 / 128f : 1 / 1024f) + 1e-5f);
                }
                Assert.Equal(guard, result[count]);
            }
    }

    [Fact]
    public void HeavisideTakesTheSecondOperandAtZeroOnly()
    {
        foreach (int count in (int[])[1, 7, 16, 37])
        {
            Steps(count, (float)1e-38, float.NaN);
            Steps(count, 1e-300, double.NaN);
            Steps<long>(count, 1, -5);
            Steps<int>(count, 1, -5);
            Steps<short>(count, 1, -5);
            Steps<byte>(count, 1, 200);
        }
    }

    // NaN is above nothing: the answer is 0, as for negative numbers. Bytes of 200 are positive.
    private static void Steps<T>(int count, T small, T special) where T : unmanaged, INumber<T>
    {
        T[] cycle = [T.Zero, small, special, T.Zero, T.One], x = [.. Enumerable.Range(0, count).Select(i => cycle[i % 5])];
        T[] y = [.. Enumerable.Range(0, count).Select(i => T.CreateTruncating(i + 2))], result = new T[count];
        T Expected(T a, T b) => a == T.Zero ? b : a > T.Zero ? T.One : T.Zero;
        fixed (T* a = x, b = y, d = result)
        {
            ZipLoop.Contiguous(default(RealZip<HeavisideKernel, T>), a, 1, b, 1, d, 1, count);
            for (int i = 0; i < count; i++) Assert.Equal(Expected(x[i], y[i]), result[i]);
            ZipLoop.Contiguous(default(RealZip<HeavisideKernel, T>), a, 1, b, 0, d, 1, count);
            for (int i = 0; i < count; i++) Assert.Equal(Expected(x[i], y[0]), result[i]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(40003)]
    public void ChoicesAreMadeElementByElement(int count)
    {
        Choose<byte>(count);
        Choose<short>(count);
        Choose<int>(count);
        Choose<long>(count);
        Choose<Complex>(count);
    }

    private static void Choose<T>(int count) where T : unmanaged, INumberBase<T>
    {
        byte[] mask = [.. Enumerable.Range(0, count + 1).Select(i => (byte)(i * 7 % 3))];
        T[] yes = [.. Enumerable.Range(0, count + 1).Select(i => T.CreateTruncating(i % 50))], no = [.. Enumerable.Range(0, count + 1).Select(i => T.CreateTruncating(50 + i % 50))];
        foreach (var (y, n, inPlace) in new[] { (1, 1, false), (1, 0, false), (0, 1, false), (0, 0, false), (1, 1, true) })
        {
            T[] source = [.. yes], result = inPlace ? source : new T[count + 1];
            T guard = result[count];
            fixed (byte* m = mask)
            fixed (T* a = source, b = no, d = result)
                Zip3Loop.Contiguous(default(ChoiceKernel<T>), m, 1, a, y, b, n, d, count);
            for (int i = 0; i < count; i++) Assert.Equal(mask[i] != 0 ? yes[i * y] : no[i * n], result[i]);
            Assert.Equal(guard, result[count]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(40003)]
    public void ThreeOperandsMayShareTheResult(int count)
    {
        float[] x = [.. Enumerable.Range(0, count + 1).Select(i => i % 17 - 8f)], y = [.. Enumerable.Range(0, count + 1).Select(i => i % 5 + 1f)], result = [.. x];
        fixed (float* a = result, b = y)
            Zip3Loop.Contiguous(new AddcmulMap(2, 0), a, 1, b, 1, b, 0, a, count);
        for (int i = 0; i < count; i++) Assert.Equal(x[i] + 2 * y[i] * y[0], result[i]);
        Assert.Equal(x[count], result[count]);
    }
}
