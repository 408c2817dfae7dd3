using static Facula.torch;

namespace Facula.Tests.Ops.Reductions;

public class VectorNormTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(2.5)]
    [InlineData(0.5)]
    [InlineData(-1)]
    [InlineData(-2.5)]
    public void Norms_of_every_order_are_roots_of_sums_of_powers(double order)
    {
        manual_seed(0);
        foreach (ScalarType type in (ScalarType[])[float32, float64, bfloat16])
            foreach (Tensor x in (Tensor[])[randn(37, 21).to(type), randn(21, 37).to(type).t(), randn(5000).to(type).view(50, 100)])
                foreach (long dim in (long[])[0, 1])
                {
                    Tensor expected = x.@double().abs().pow(order).sum(dim).pow(1 / order), norm = linalg.vector_norm(x, order, dim);
                    Assert.Equal(type, norm.dtype);
                    Assert.True(allclose(norm.@double(), expected, type == bfloat16 ? 1e-2 : type == float32 ? 1e-5 : 1e-12));
                }
    }

    [Fact]
    public void What_is_no_number_or_infinite_spoils_its_own_norm()
    {
        Tensor x = ones(3, 20);
        x[1, 7] = double.NaN;
        x[2, 7] = double.NegativeInfinity;
        foreach (double order in (double[])[3, 4, 2.5])
        {
            float[] norms = linalg.vector_norm(x, order, 1).ToArray<float>();
            Assert.Equal(Math.Pow(20, 1 / order), norms[0], 1e-5);
            Assert.True(float.IsNaN(norms[1]));
            Assert.Equal(float.PositiveInfinity, norms[2]);
        }
        Assert.Equal(0f, linalg.vector_norm(empty(0), 3).item<float>());
    }

    [Fact]
    public void Gradients_of_all_orders_are_the_slopes()
    {
        Tensor x = randn([4, 5], dtype: float64, requires_grad: true);
        foreach (double order in (double[])[3, 4, 2.5]) Assert.True(torch.autograd.gradcheck(t => [linalg.vector_norm(t[0], order, 1)], [x]));
    }
}
