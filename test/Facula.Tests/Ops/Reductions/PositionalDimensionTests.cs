using static Facula.torch;

namespace Facula.Tests.Ops.Reductions;

/// <summary>Dimensions as the tutorials write them, second and without a name: that these lines compile is half of the test.</summary>
public class PositionalDimensionTests
{
    private static readonly Tensor s_x = arange(12.0).to(float32).reshape(3, 4);

    public static TheoryData<string> Names => [.. s_calls.Keys];

    private static readonly Dictionary<string, Func<(Tensor, Tensor)>> s_calls = new()
    {
        ["sum"] = () => (sum(s_x, 1), s_x.sum(dim: 1)),
        ["sum of two"] = () => (sum(s_x, (0, 1)), s_x.sum()),
        ["mean"] = () => (mean(s_x, 1, true), s_x.mean(dim: 1, keepdim: true)),
        ["std"] = () => (std(s_x, 1), s_x.std(dim: 1)),
        ["var"] = () => (var(s_x, 1), s_x.var(dim: 1)),
        ["amax"] = () => (amax(s_x, 1), s_x.amax(dim: 1)),
        ["nansum"] = () => (nansum(s_x, 1), s_x.nansum(dim: 1)),
        ["nanmean"] = () => (nanmean(s_x, 1), s_x.nanmean(dim: 1)),
        ["any"] = () => (any(s_x > 3, 1), (s_x > 3).any(dim: 1)),
        ["all"] = () => (all(s_x > 3, 1), (s_x > 3).all(dim: 1)),
        ["prod"] = () => (prod(s_x, 1), s_x.prod(dim: 1)),
        ["slice_scatter"] = () => (slice_scatter(s_x, zeros(1, 4), 0, 1, 2), s_x.slice_scatter(zeros(1, 4), dim: 0, start: 1, end: 2)),
        ["chain_matmul"] = () => (chain_matmul(s_x, s_x.t(), s_x), s_x.mm(s_x.t()).mm(s_x)),
        ["where"] = () => (stack(where(s_x > 3), 1), nonzero(s_x > 3)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void ANumberInTheSecondPlaceIsADimension(string name)
    {
        (Tensor actual, Tensor expected) = s_calls[name]();
        Assert.True(equal(actual, expected));
    }

    [Fact]
    public void ATensorInTheSecondPlaceIsWrittenTo()
    {
        Tensor result = zeros(3);
        Assert.Same(result, sum(s_x, result, 1));
        Assert.Equal([6, 22, 38], result.data<float>().ToArray());
    }
}
