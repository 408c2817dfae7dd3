using Xunit;

namespace Facula.Kernels.Tests.Spectral;

public class WindowLoopTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(7, 8)]
    [InlineData(8, 8)]
    [InlineData(400, 401)]
    public void CosinesAreThoseOfTheFormula(int count, long length)
    {
        var window = new double[count + 1];
        window[count] = -1;
        WindowLoop.Cosines(window.AsSpan(0, count), length, 0.42, 0.5, 0.08);
        for (int i = 0; i < count; i++)
        {
            double turn = 2.0 * i / (length - 1);
            Assert.Equal(0.42 - 0.5 * double.CosPi(turn) + 0.08 * double.CosPi(2 * turn), window[i], 2e-15);
        }
        Assert.Equal(-1, window[count]);
    }
}
