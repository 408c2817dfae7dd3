using static Facula.torch;

namespace Facula.Tests.Ops.Pointwise;

public class ComparisonTests
{
    [Fact]
    public void In_place_answers_do_not_depend_on_the_operands()
    {
        Func<Tensor, Tensor>[] comparisons = [t => t.eq_(1), t => t.ne_(1), t => t.lt_(1), t => t.le_(1), t => t.gt_(1), t => t.ge_(1)];
        foreach (Func<Tensor, Tensor> compare in comparisons)
        {
            Tensor x = tensor([0.5, 1.0, 2.0]).requires_grad_();
            compare(x * 1).sum().backward();
            Assert.True(equal(zeros(3), x.grad!));
        }
        Assert.False(tensor([1.0]).requires_grad_().eq(1).requires_grad);
    }

    [Fact]
    public void Interpolation_beyond_the_start_keeps_to_the_start()
    {
        foreach (ScalarType dtype in new[] { float32, float64, bfloat16 })
            foreach (long n in new[] { 1, 17, 33 })
            {
                Tensor start = full([n], -0.5, dtype: dtype), end = full([n], double.NegativeInfinity, dtype: dtype), weight = full([n], -0.75, dtype: dtype);
                Assert.True(isposinf(lerp(start, end, weight)).all().item<bool>());
            }
    }
}
