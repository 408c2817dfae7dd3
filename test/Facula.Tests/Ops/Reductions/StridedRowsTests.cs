using static Facula.torch;

namespace Facula.Tests.Ops.Reductions;

public class StridedRowsTests
{
    [Theory]
    [InlineData(5, 9, 40)]
    [InlineData(3, 20, 300)]
    [InlineData(4, 8, 6)]
    [InlineData(2, 7, 1001)]
    public void Rows_of_views_fold_as_their_copies_do(long outer, long inner, long count)
    {
        manual_seed(2);
        foreach (ScalarType type in (ScalarType[])[float32, float64, int64, int32])
        {
            Tensor whole = type.is_floating_point ? randn([outer, inner, 2 * count], dtype: type) : randint(-9, 9, [outer, inner, 2 * count], dtype: type);
            TensorIndex half = TensorIndex.Slice(step: 2);
            foreach (Tensor view in (Tensor[])[whole.transpose(0, 1), whole[.., .., half], whole[.., .., half].transpose(0, 1), whole[.., .., ..(int)count].permute(1, 0, 2)])
            {
                Tensor copy = view.clone(contiguous_format);
                Near(copy.sum(2), view.sum(2));
                Near(copy.sum(), view.sum());
                Near(copy.amax(2), view.amax(2));
                if (!type.is_floating_point) continue;
                Near(copy.var(2), view.var(2));
                Near(copy.var(), view.var());
                Near(copy.norm(dim: 2), view.norm(dim: 2));
                Near(copy.logsumexp(2), view.logsumexp(2));
            }
        }

        static void Near(Tensor expected, Tensor actual) => Assert.True(allclose(actual.@double(), expected.@double(), actual.dtype == float64 ? 1e-12 : 2e-5, actual.dtype == float64 ? 1e-12 : 1e-4));
    }

    [Fact]
    public void RepeatedElementsAreReducedAsTheirCopiesAre()
    {
        manual_seed(5);
        Tensor row = randn([7, 33], dtype: float64);
        Tensor[] views = [row.expand(5, 7, 33), row.unsqueeze(1).expand(7, 600, 33), row.unsqueeze(2).expand(7, 33, 40), row[..1, ..1].expand(70, 33), row[..1].expand(5000, 33)];
        foreach (Tensor view in views)
        {
            Tensor copy = view.contiguous();
            for (int dim = 0; dim < view.dim(); dim++)
            {
                Assert.True(allclose(view.sum(dim), copy.sum(dim)));
                Assert.True(allclose(view.var(dim), copy.var(dim), 1e-5, 1e-12));
                Assert.True(allclose(view.prod(dim), copy.prod(dim)));
                Assert.True(equal(view.amax(dim), copy.amax(dim)));
                Assert.True(equal((view > 0).sum(dim), (copy > 0).sum(dim)));
            }
            Assert.True(allclose(view.mean((0, 1)), copy.mean((0, 1))));
        }
    }
}
