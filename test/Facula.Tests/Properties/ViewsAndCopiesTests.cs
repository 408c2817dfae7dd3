using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Tests.Properties;

/// <summary>A function of a view is the function of its dense copy, and so is the gradient: repeated, turned, reversed and stepped elements, long enough for vectors and gathered blocks.</summary>
public class ViewsAndCopiesTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_functions = new()
    {
        ["sum"] = x => x.sum(), ["sum 0"] = x => x.sum(0), ["sum 1"] = x => x.sum(1), ["sum -1"] = x => x.sum(-1), ["mean 0 1"] = x => x.mean((0, 1)), ["prod"] = x => (x / 2).prod(-1),
        ["var 0"] = x => x.var(0), ["std"] = x => x.std(), ["norm 1"] = x => x.norm(2, 1), ["norm 3"] = x => x.norm(3, 0), ["amax"] = x => x.amax(0), ["max"] = x => x.max(-1).values, ["min"] = x => x.min(), ["argmax"] = x => x.argmax(1),
        ["logsumexp"] = x => x.logsumexp(0), ["softmax 0"] = x => x.softmax(0), ["softmax"] = x => x.softmax(-1), ["log_softmax"] = x => x.log_softmax(1), ["cumsum 0"] = x => x.cumsum(0), ["cumsum"] = x => x.cumsum(-1),
        ["cumprod"] = x => (x / 2).cumprod(0), ["cummax"] = x => x.cummax(-1).values, ["logcumsumexp"] = x => x.logcumsumexp(0), ["sort"] = x => x.sort(-1).values, ["sort 0"] = x => x.sort(0).values, ["topk"] = x => x.topk(3, 1).values,
        ["median"] = x => x.median(0).values, ["kthvalue"] = x => x.kthvalue(2, -1).values, ["quantile"] = x => x.quantile(0.3, 0), ["any"] = x => (x > 1).any(0), ["count_nonzero"] = x => x.count_nonzero(0), ["nansum"] = x => x.nansum(0),
        ["exp"] = x => x.exp(), ["neg"] = x => -x, ["relu"] = x => x.relu(), ["abs"] = x => x.abs(), ["sigmoid"] = x => x.sigmoid(), ["gelu"] = x => F.gelu(x), ["add"] = x => x + x, ["add number"] = x => x + 1.5, ["mul turned"] = x => x * x.flip(0),
        ["greater"] = x => x > 0.1, ["where"] = x => where(x > 0, x, -x), ["clamp"] = x => x.clamp(-0.5, 0.5), ["lerp"] = x => x.lerp(x.flip(1), 0.3), ["addcmul"] = x => torch.addcmul(x, x, x), ["double"] = x => x.to(float64) * 2, ["half"] = x => x.half().@float(),
        ["round trip"] = x => x.to(int32).to(float32), ["clone"] = x => x.clone(), ["flip"] = x => x.flip(0, 1), ["roll"] = x => x.roll(3, 0), ["cat"] = x => cat([x, x], 1), ["stack"] = x => stack([x, x], 1), ["repeat"] = x => x.repeat([.. Enumerable.Repeat(2L, (int)x.dim())]),
        ["index_select"] = x => x.index_select(0, tensor(new long[] { 2, 0, 1, 2 })), ["gather"] = x => x.gather(0, zeros_like(x).@long() + 1), ["masked_select"] = x => x.masked_select(x > 0), ["nonzero"] = x => (x > 0).nonzero(), ["unique"] = x => x.unique(),
        ["tril"] = x => x.tril(), ["pad"] = x => F.pad(x, (1, 2)), ["diff"] = x => x.diff(dim: 0), ["linear"] = x => F.linear(x, linspace(-1, 1, 5 * x.size(-1)).reshape(5, -1)), ["matmul"] = x => x.matmul(x.transpose(-1, -2)), ["layer_norm"] = x => F.layer_norm(x, [x.size(-1)]),
        ["normalize"] = x => F.normalize(x.abs() + 1, 2, 0), ["mse"] = x => F.mse_loss(x, x.flip(0)), ["dist"] = x => x.dist(x.flip(0)), ["cdist"] = x => cdist(x, x), ["bucketize"] = x => bucketize(x, linspace(-1, 1, 9)), ["histc"] = x => x.histc(10, -2, 2),
        ["max_pool"] = x => F.max_pool1d(x.reshape(1, -1, x.size(-1)), 2), ["einsum"] = x => einsum("...i,...i->...", x, x), ["outer sum"] = x => x.unsqueeze(-1) + x.unsqueeze(-2), ["complex"] = x => complex(x, x).abs(), ["isnan"] = x => x.isnan(), ["remainder"] = x => x.remainder(0.3),
        ["index_add"] = x => zeros(x.shape).index_add(0, arange(x.size(0)) % 3, x), ["scatter_add"] = x => zeros(x.shape).scatter_add(0, zeros_like(x).@long() + 1, x),
        ["tan"] = x => x.tan(), ["pow"] = x => x.abs().pow(1.5), ["square"] = x => x.pow(2), ["sqrt"] = x => x.abs().sqrt(), ["floor_divide"] = x => x.detach().floor_divide(3), ["atan2"] = x => atan2(x, x.flip(0)), ["maximum"] = x => maximum(x, x.flip(0)), ["minimum"] = x => minimum(x, x.flip(1)),
        ["eq"] = x => x.eq(x.flip(0)), ["logical_and"] = x => logical_and(x, x.flip(0)), ["and"] = x => x.@int() & x.@int().flip(0), ["shift"] = x => x.@int() << 2, ["sign"] = x => x.sign(), ["sum in int64"] = x => x.sum(0, dtype: int64), ["mean in float64"] = x => x.mean(0, dtype: float64),
        ["aminmax"] = x => aminmax(x, dim: 0).max, ["argmin"] = x => x.argmin(0), ["cummin"] = x => x.cummin(0).values, ["argsort"] = x => x.argsort(-1, stable: true), ["mode"] = x => x.mode(0).values, ["bincount"] = x => x.flatten().abs().@long().bincount(), ["take"] = x => x.take(arange(30)),
        ["mask"] = x => x[x > 0], ["rows"] = x => x[tensor(new long[] { 1, 0, 2 })], ["pairs"] = x => x[tensor(new long[] { 1, 0, 2 }), tensor(new long[] { 0, 1, 2 })], ["copy_"] = x => zeros(x.transpose(0, 1).shape, dtype: x.dtype).transpose(0, 1).copy_(x), ["add_"] = x => ones(x.shape, dtype: x.dtype).add_(x),
        ["mul_"] = x => ones(x.transpose(0, 1).shape, dtype: x.dtype).transpose(0, 1).mul_(x), ["masked_fill"] = x => x.masked_fill(x > 0, 1), ["turned"] = x => x.transpose(0, -1).contiguous(), ["flatten"] = x => x.flatten(), ["dot"] = x => dot(x.flatten(), x.flatten()), ["outer"] = x => outer(x.flatten()[..50], x.flatten()[..40]),
        ["interpolate"] = x => F.interpolate(x.@float().reshape(1, -1, x.size(-1)), scale_factor: 2), ["embedding"] = x => F.embedding(tensor(new long[] { 0, 2, 1 }), x.flatten(1)), ["cross_entropy"] = x => F.cross_entropy(x.flatten(1).@float(), zeros(x.size(0)).@long() + 1), ["repeat_interleave"] = x => x.repeat_interleave(2, 0),
        ["trapezoid"] = x => trapezoid(x, dim: 0), ["fft"] = x => fft.fft(x.@float()).abs(), ["rfft 0"] = x => fft.rfft(x.@float(), dim: 0).abs(), ["hypot"] = x => hypot(x, x.flip(0)), ["isin"] = x => isin(x, tensor(new[] { 1, 2 })), ["scatter_reduce"] = x => zeros(x.shape, dtype: x.dtype).scatter_reduce(0, zeros(x.shape).@long() + 1, x, "amax"),
        ["to uint8"] = x => x.abs().to(uint8), ["to int16"] = x => x.to(int16), ["to complex64"] = x => view_as_real(x.to(complex64) * 2), ["to bfloat16"] = x => x.bfloat16() + 1,
    };

    public static TheoryData<string> Names => [.. s_functions.Keys];

    private static IEnumerable<(string, Func<Tensor, Tensor>)> Views() =>
    [
        ("all repeated", x => x[..1, ..1].expand(70, 40)), ("rows repeated", x => x[..1].expand(70, 48)), ("columns repeated", x => x[.., ..1].expand(48, 70)), ("turned", x => x.t()), ("stepped", x => x[.., TensorIndex.Slice(step: 2)]),
        ("every third row", x => x[TensorIndex.Slice(step: 3)]), ("inner part", x => x[3..40, 5..45]), ("stepped and turned", x => x[.., TensorIndex.Slice(1, null, 2)].t()), ("stack repeated", x => x.expand(3, 48, 48)),
        ("middle repeated", x => x.unsqueeze(1).expand(48, 33, 48)), ("elements repeated", x => x[..6].unsqueeze(2).expand(6, 48, 40)), ("blocks turned", x => x.view(4, 12, 48).permute(2, 0, 1)), ("diagonals", x => x.view(3, 16, 48).diagonal(0, 1, 2)),
        ("windows", x => x.unfold(1, 36, 3)[..5].transpose(0, 1)[..4, .., ..]),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void FunctionsOfOtherTypesToo(string name)
    {
        manual_seed(7);
        foreach (ScalarType type in (ScalarType[])[float64, bfloat16, int64, int32, uint8])
        {
            Tensor data = type.is_floating_point ? randn(48, 48).to(type) : randint(0, 9, [48, 48]).to(type);
            double tolerance = type == bfloat16 ? 0.1 : 1e-4;
            foreach ((string view, Func<Tensor, Tensor> make) in Views())
            {
                (Tensor? expected, string? expectedError) = Attempt(make(data).clone(contiguous_format));
                (Tensor? actual, string? error) = Attempt(make(data));
                Assert.Equal(expectedError, error);
                if (expected is null || actual is null) continue;
                Assert.Equal(expected.dtype, actual.dtype);
                Assert.True(allclose(actual.@double(), expected.@double(), tolerance, tolerance, equal_nan: true), $"{name} of {type}, {view}");
            }
        }

        (Tensor?, string?) Attempt(Tensor x)
        {
            try { return (s_functions[name](x), null); }
            catch (TorchException refused) { return (null, refused.Message); }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FunctionsOfViewsAreThoseOfTheirCopies(string name)
    {
        manual_seed(7);
        Tensor data = randn(48, 48);
        foreach ((string view, Func<Tensor, Tensor> make) in Views())
        {
            if (name is "max_pool" && view is "diagonals") continue; // three rows only
            (Tensor expected, Tensor? expectedGradient) = Run(make(data).clone(contiguous_format), t => t);
            (Tensor actual, Tensor? gradient) = Run(data, make);
            Assert.True(allclose(actual.@double(), expected.@double(), 1e-4, 1e-5, equal_nan: true), $"{name} of {view}");
            if (expectedGradient is null) continue;
            Tensor root = data.detach().requires_grad_();
            Tensor collected = torch.autograd.grad([make(root)], [root], [expectedGradient])[0];
            Assert.True(allclose(gradient!, collected, 1e-3, 1e-4, equal_nan: true), $"gradient of {name} of {view}");
        }

        (Tensor, Tensor?) Run(Tensor leaf, Func<Tensor, Tensor> view)
        {
            leaf = leaf.detach().requires_grad_();
            Tensor result = s_functions[name](view(leaf));
            if (!result.requires_grad) return (result, null);
            return (result.detach(), torch.autograd.grad([result.sum()], [leaf])[0]);
        }
    }

    [Fact]
    public void ABiasGathersTheGradientOfASum()
    {
        Tensor bias = zeros([33], requires_grad: true);
        (randn(70, 33) + bias).sum().backward();
        Assert.True(equal(bias.grad!, full([33], 70.0)));
    }
}
