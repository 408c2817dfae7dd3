using static Facula.torch;

namespace Facula.Tests.Ops.Support;

/// <summary>What an operation in place may read of the memory that it writes to; PyTorch 1.13 answers the same to each line.</summary>
public class InPlaceSharingTests
{
    private const string Shared = "some elements of the input tensor and the written-to tensor refer to a single memory location";

    private const string Repeated = "more than one element of the written-to tensor refers to a single memory location";

    private static Tensor Square() => torch.arange(9.0).to(torch.float32).reshape(3, 3);

    public static TheoryData<string> Refused => [.. s_refused.Keys];

    private static readonly Dictionary<string, Action<Tensor>> s_refused = new()
    {
        ["a row"] = x => x.mul_(x[1]),
        ["an element"] = x => x.div_(x[2, 2]),
        ["transposed"] = x => x.add_(x.t()),
        ["the rows before"] = x => x[1..].add_(x[..^1]),
        ["three operands"] = x => x.addcmul_(x[0], x[1]),
        ["bounds"] = x => x.clamp_(x[0], x[1]),
        ["a comparison"] = x => x.eq_(x[0]),
        ["a copy"] = x => x[1..].copy_(x[..^1]),
        ["an assignment"] = x => x[1..] = x[..^1],
        ["an assignment by numbers"] = x => x[torch.tensor([0L, 1L])] = x[1..],
        ["index_add_"] = x => x.index_add_(0, torch.tensor([0L]), x[1..2]),
        ["index_copy_"] = x => x.index_copy_(0, torch.tensor([0L]), x[1..2]),
        ["scatter_"] = x => x.scatter_(0, torch.zeros(1, 3).@long(), x[..1]),
        ["scatter_add_ of itself"] = x => x.scatter_add_(0, torch.zeros(3, 3).@long(), x),
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Memory_that_is_written_to_may_not_be_read_elsewhere(string name)
    {
        Tensor x = Square();
        var error = Assert.Throws<TorchException>(() => s_refused[name](x));
        Assert.Contains(Shared, error.Message);
        Assert.Equal(Square().data<float>().ToArray(), x.data<float>().ToArray());
        Assert.Equal(0, x._version_);
    }

    [Fact]
    public void The_same_elements_may_be_read()
    {
        Tensor x = Square();
        x.mul_(x);
        Assert.Equal([0, 1, 4, 9, 16, 25, 36, 49, 64], x.data<float>().ToArray());
        x[0] = x[0];
        x[0].add_(x[1]);
        Assert.Equal([9, 17, 29], x[0].data<float>().ToArray());
    }

    [Fact]
    public void Products_masks_and_fillings_are_computed_beside_the_input()
    {
        Assert.Equal([15, 19, 23], F(x => x.addmm_(x, x))[0].data<float>().ToArray());
        Assert.Equal([0, 1, 2, 0], F(x => x.masked_fill_(x > 2, x[0, 0])).flatten()[..4].data<float>().ToArray());
        Assert.Equal([8, 8, 8], F(x => x.fill_(x[2, 2]))[0].data<float>().ToArray());

        static Tensor F(Action<Tensor> write)
        {
            Tensor x = Square();
            write(x);
            return x;
        }
    }

    // PyTorch looks at dense tensors only and would read what was just written: x₀ = 0 + 1, x₁ = 1 + 2.
    [Fact]
    public void Columns_are_read_before_they_are_written()
    {
        Tensor x = Square();
        x[.., 1..].add_(x[.., ..2]);
        Assert.Equal([0, 1, 3, 3, 7, 9, 6, 13, 15], x.data<float>().ToArray());
    }

    [Fact]
    public void Repeated_elements_are_not_written_to()
    {
        Tensor x = torch.ones(3).expand(3, 3);
        Assert.Contains(Repeated, Assert.Throws<TorchException>(() => x.add_(1)).Message);
        Assert.Contains(Repeated, Assert.Throws<TorchException>(() => x.copy_(Square())).Message);
        Assert.Contains(Repeated, Assert.Throws<TorchException>(() => x.uniform_()).Message);
    }
}
