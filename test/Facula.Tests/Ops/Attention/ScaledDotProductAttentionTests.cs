using static Facula.torch;

namespace Facula.Tests.Ops.Attention;

/// <summary>Attention without the matrix of the scores against the formula written out, with first and second derivatives.</summary>
public class ScaledDotProductAttentionTests
{
    private static Tensor Written(Tensor q, Tensor k, Tensor v, Tensor? mask, bool causal, double? scale)
    {
        Tensor scores = matmul(q, k.transpose(-2, -1)) * (scale ?? 1 / Math.Sqrt(q.shape[^1]));
        if (causal) scores = scores.masked_fill(ones(q.shape[^2], k.shape[^2], dtype: @bool).triu(1), double.NegativeInfinity);
        if (mask is not null) scores = mask.dtype == @bool ? scores.masked_fill(mask.logical_not(), double.NegativeInfinity) : scores + mask;
        return matmul(softmax(scores, -1), v);
    }

    public static TheoryData<long[], long, string, bool> Cases => new()
    {
        { [7, 5], 7, "", false }, { [3, 33, 16], 20, "bool", false }, { [2, 3, 40, 8], 17, "float", false }, { [2, 2, 19, 7], 19, "", true },
        { [1, 2, 300, 32], 300, "", true }, { [2, 1, 5, 3], 9, "", true }, { [2, 1, 9, 3], 5, "", true }, { [2, 2, 70, 24], 601, "row", false }, { [2, 3, 1, 4], 6, "column", false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_the_formula(long[] shape, long keys, string kind, bool causal)
    {
        manual_seed(3);
        long[] others = [.. shape];
        others[^2] = keys;
        foreach (ScalarType dtype in (ScalarType[])[float32, float64])
        {
            Tensor q = randn(shape, dtype: dtype, requires_grad: true), k = randn(others, dtype: dtype, requires_grad: true);
            others[^1] += 2;
            Tensor v = randn(others, dtype: dtype, requires_grad: true);
            others[^1] -= 2;
            Tensor? mask = kind switch
            {
                "bool" => rand(shape[^2], keys) > 0.3,
                "float" => randn([shape[0], 1, shape[^2], keys], dtype: dtype),
                "row" => rand(1, 1, 1, keys) > 0.5,
                "column" => randn([shape[^2], 1], dtype: dtype),
                _ => null,
            };
            Tensor expected = Written(q, k, v, mask, causal, null), actual = nn.functional.scaled_dot_product_attention(q, k, v, mask, is_causal: causal);
            double tolerance = dtype == float32 ? 2e-5 : 1e-12;
            Assert.True(allclose(actual, expected, tolerance, tolerance));
            Tensor g = randn(expected.shape, dtype: dtype);
            Tensor[] wanted = autograd.grad([expected], [q, k, v], [g])!, given = autograd.grad([actual], [q, k, v], [g])!;
            for (int i = 0; i < 3; i++) Assert.True(allclose(given[i], wanted[i], tolerance, tolerance), $"{dtype} gradient {i}: {(given[i] - wanted[i]).abs().max()}");
        }
    }

    [Fact]
    public void Derivatives_agree_with_differences()
    {
        manual_seed(5);
        Tensor Make(params long[] size) => randn(size, dtype: float64, requires_grad: true);
        Tensor q = Make(2, 3, 4), k = Make(2, 5, 4), v = Make(2, 5, 2), mask = randn(3, 5, dtype: float64);
        Assert.True(autograd.gradcheck(x => nn.functional.scaled_dot_product_attention(x, k, v, mask, scale: -0.7), q));
        Assert.True(autograd.gradcheck(x => nn.functional.scaled_dot_product_attention(q, x, v, is_causal: true), k));
        Assert.True(autograd.gradcheck(x => nn.functional.scaled_dot_product_attention(q, k, x, mask > 0.5), v));
        Assert.True(autograd.gradgradcheck(x => nn.functional.scaled_dot_product_attention(x, k, v, mask), q));
        Assert.True(autograd.gradgradcheck(x => nn.functional.scaled_dot_product_attention(x, x, x, is_causal: true), k));
    }

    [Fact]
    public void A_row_without_keys_is_no_number()
    {
        Tensor x = randn(2, 3, 4), mask = ones(3, 3, dtype: @bool);
        mask[1] = zeros(3, dtype: @bool);
        Tensor y = nn.functional.scaled_dot_product_attention(x, x, x, mask).isnan();
        Assert.True(y[.., 1].all().item<bool>());
        Assert.False(y[.., 0].any().item<bool>());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Heads_without_weights_answer_as_with_them(bool batchFirst, bool self)
    {
        manual_seed(1);
        var attention = nn.MultiheadAttention(12, 3, batch_first: batchFirst, dtype: float64);
        Tensor x = randn(4, 5, 12, dtype: float64, requires_grad: true), memory = self ? x : randn(batchFirst ? [4, 6, 12] : [6, 5, 12], dtype: float64);
        (long batch, long length, long keys) = batchFirst ? (4L, 5L, memory.shape[1]) : (5L, 4L, memory.shape[0]);
        Tensor padding = zeros(batch, keys, dtype: @bool), mask = randn(length, keys, dtype: float64);
        padding[.., 1] = ones(batch, dtype: @bool);
        foreach (Tensor? p in (Tensor?[])[null, padding])
        {
            foreach (Tensor? m in (Tensor?[])[null, mask])
            {
                Tensor with = attention.call(x, memory, memory, p, true, m).attn_output, without = attention.call(x, memory, memory, p, false, m).attn_output;
                Assert.True(allclose(with, without));
                Assert.True(allclose(autograd.grad([with.pow(2).sum()], [x])![0], autograd.grad([without.pow(2).sum()], [x])![0]));
            }
        }
        if (self) Assert.True(autograd.gradgradcheck(v => attention.call(v, v, v, need_weights: false).attn_output, x.detach()[..2, ..2].clone().requires_grad_()));
    }
}
