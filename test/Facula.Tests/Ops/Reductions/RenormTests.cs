using static Facula.torch;

namespace Facula.Tests.Ops.Reductions;

public class RenormTests
{
    [Fact]
    public void Only_slices_of_a_greater_norm_shrink_to_the_limit()
    {
        manual_seed(1);
        foreach (ScalarType type in (ScalarType[])[float32, float64, bfloat16, complex64])
            foreach (long dim in (long[])[0, 1, 2])
            {
                Tensor x = randn(19, 5, 33).to(type), wide = type.is_complex ? x.to(complex128) : x.@double(), y = x.renorm(2, dim, 7.5);
                Assert.Equal(type, y.dtype);
                for (long i = 0; i < x.shape[(int)dim]; i++)
                {
                    Tensor slice = wide.select(dim, i);
                    double norm = slice.abs().pow(2).sum().sqrt().item<double>();
                    Tensor expected = norm > 7.5 ? slice * (7.5 / (norm + 1e-7)) : slice;
                    Assert.True((y.select(dim, i).to(wide.dtype) - expected).abs().max().item<double>() < (type == bfloat16 ? 2e-2 : type == float64 ? 1e-12 : 1e-5));
                }
            }
    }
}
