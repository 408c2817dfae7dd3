using System.Numerics;
using Xunit;

namespace Facula.Kernels.Tests.Copying;

/// <summary>Conversions to complex numbers, dense and at steps, against one number at a time.</summary>
public unsafe class ConvertComplexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(61)]
    [InlineData(40_003)]
    public void Every_pair_of_types_converts_as_one_number_does(int count)
    {
        float[] singles = [.. Enumerable.Range(0, count).Select(i => i % 13 == 5 ? float.NaN : i * 0.37f - 20)];
        double[] doubles = [.. singles.Select(x => x * 1.0000001)];
        Complex[] wide = [.. doubles.Select((x, i) => new Complex(x, i % 7 - 3.1))];
        Complex64[] narrow = [.. wide.Select(x => (Complex64)x)];
        Check<float, Complex64>(singles);
        Check<float, Complex>(singles);
        Check<double, Complex>(doubles);
        Check<double, Complex64>(doubles);
        Check<Complex64, Complex>(narrow);
        Check<Complex, Complex64>(wide);
    }

    private static void Check<TIn, TOut>(TIn[] source)
        where TIn : unmanaged
        where TOut : unmanaged, IEquatable<TOut>
    {
        foreach (int step in (int[])[1, 2])
        {
            long count = source.Length / step;
            var result = new TOut[count];
            fixed (TIn* s = source)
            fixed (TOut* d = result)
                MapLoop.Contiguous(default(ConvertMap<TIn, TOut>), s, step, d, 1, count);
            for (long i = 0; i < count; i++) Assert.Equal(default(ConvertMap<TIn, TOut>).Invoke(source[i * step]), result[i]);
        }
    }
}
