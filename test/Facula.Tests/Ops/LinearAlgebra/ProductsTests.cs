using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Tests.Ops.LinearAlgebra;

public class ProductsTests
{
    private static Tensor Counting(params long[] size)
    {
        long count = 1;
        foreach (long extent in size) count *= extent;
        return tensor(Enumerable.Range(0, (int)count).Select(i => Math.Sin(i * 1.7 + size.Length)).ToArray()).view(size);
    }

    private static double At(Tensor x, params long[] index)
    {
        Tensor at = x;
        foreach (long i in index) at = at.select(0, i);
        return at.item().ToDouble();
    }

    [Fact]
    public void Matmul_follows_the_rules_of_rank()
    {
        Tensor a = Counting(4, 2, 3), b = Counting(1, 3, 5), v = Counting(3);
        Tensor batch = torch.matmul(a, b);
        Assert.Equal([4, 2, 5], batch.shape.ToArray());
        for (int i = 0; i < 4; i++)
            for (int r = 0; r < 2; r++)
                for (int c = 0; c < 5; c++)
                {
                    double expected = 0;
                    for (int k = 0; k < 3; k++) expected += At(a, i, r, k) * At(b, 0, k, c);
                    Assert.Equal(expected, At(batch, i, r, c), 12);
                }
        Assert.Equal([4, 2], torch.matmul(a, v).shape.ToArray());
        Assert.Equal([1, 5], torch.matmul(v, b).shape.ToArray());
        Assert.Equal([], torch.matmul(v, v).shape.ToArray());
        Assert.Equal([7, 4, 2, 5], torch.matmul(Counting(7, 1, 2, 3), Counting(4, 3, 5)).shape.ToArray());
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", Assert.Throws<TorchException>(() => torch.mm(Counting(2, 3), Counting(4, 5))).Message);
    }

    [Fact]
    public void A_layer_is_one_product_with_its_bias()
    {
        Tensor x = Counting(2, 3).requires_grad_(), w = Counting(4, 3).requires_grad_(), b = Counting(4).requires_grad_();
        Tensor y = F.linear(x, w, b);
        Assert.Equal("AddmmBackward0", y.grad_fn!.Name);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 4; j++)
                Assert.Equal(At(b, j) + Enumerable.Range(0, 3).Sum(k => At(x, i, k) * At(w, j, k)), At(y, i, j), 12);
        (y * y).sum().backward();
        for (int j = 0; j < 4; j++) Assert.Equal(2 * (At(y, 0, j) + At(y, 1, j)), At(b.grad, j), 12);
        for (int i = 0; i < 2; i++)
            for (int k = 0; k < 3; k++)
                Assert.Equal(Enumerable.Range(0, 4).Sum(j => 2 * At(y, i, j) * At(w, j, k)), At(x.grad, i, k), 12);
    }

    [Fact]
    public void Beta_zero_ignores_the_addend()
    {
        Tensor bad = tensor(new double[] { double.NaN, double.NaN });
        Tensor m = Counting(2, 2);
        Assert.Equal(torch.mm(m, m).ToArray<double>(), torch.addmm(bad, m, m, beta: 0).ToArray<double>());
        Assert.Equal(torch.mv(m, m.select(0, 0)).ToArray<double>(), torch.addmv(bad, m, m.select(0, 0), beta: 0).ToArray<double>());
    }

    [Fact]
    public void Integers_and_strided_operands_multiply_exactly()
    {
        Tensor a = tensor(new long[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Tensor transposed = a.as_strided([3, 2], [1, 3]);
        Assert.Equal([14, 32, 32, 77], torch.mm(a, transposed).ToArray<long>());
        Assert.Equal(14 + 32 + 32 + 77, torch.chain_matmul(new[] { tensor(new long[,] { { 1, 1 } }), a, transposed, tensor(new long[,] { { 1 }, { 1 } }) }).item().ToInt64());
    }

    [Fact]
    public void Sums_of_products_of_scattered_elements_agree_with_those_of_neighbours()
    {
        Tensor x = randn([7, 5, 3], dtype: float64, requires_grad: true), y = randn([7, 5, 3], dtype: float64);
        foreach ((string equation, Tensor expected) in ((string, Tensor)[])[("ijk,ijk->k", (x * y).sum((0, 1))), ("ijk,ijk->jk", (x * y).sum(0)), ("ijk,ijk->i", (x * y).sum((1, 2))), ("ijk,ijk->kj", (x * y).sum(0).t())])
        {
            Assert.True(allclose(einsum(equation, x, y), expected));
            Assert.True(torch.autograd.gradcheck(t => [einsum(equation, t[0], y)], [x]));
        }
    }

    [Fact]
    public void SummedProductsOfIntegersKeepTheirType()
    {
        Tensor x = arange(12).reshape(3, 4).to(int8);
        Tensor result = einsum("ij,ij->j", x, x);
        Assert.Equal(int8, result.dtype);
        Assert.Equal([80, 107, -116, -77], result.data<sbyte>().ToArray());
    }
}
