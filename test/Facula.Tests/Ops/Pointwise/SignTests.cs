using static Facula.torch;

namespace Facula.Tests.Ops.Pointwise;

public class SignTests
{
    [Fact]
    public void SignsOfIntegersFillVectors()
    {
        foreach (ScalarType type in (ScalarType[])[int64, int32, int16, int8, uint8])
        {
            Tensor x = (type == uint8 ? arange(0, 137) : arange(-68, 69)).to(type);
            double[] values = x.to(float64).data<double>().ToArray();
            Assert.Equal(values.Select(v => (double)Math.Sign(v)), x.sign().to(float64).data<double>().ToArray());
        }
    }
}
