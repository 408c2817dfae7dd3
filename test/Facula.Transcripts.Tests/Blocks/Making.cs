namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 001: functions that make tensors, joining, in-place methods, splitting data.</summary>
internal sealed class Making : Tutorial
{
    [Block(69)]
    public void Zeros() => say(torch.zeros(2, 2));

    [Block(70)]
    public void Ones() => say(torch.ones(2, 2));

    [Block(71)]
    public void Full() => say(torch.full([2, 3], 2));

    [Block(72)]
    public void Eye()
    {
        say(torch.eye(3));
        say(torch.eye(3, 3));
        say(torch.eye(3, 4));
        say(torch.eye(3, 2));
    }

    [Block(73)]
    public void Arange()
    {
        say(torch.arange(10));
        say(torch.arange(-1, 1, 0.1));
    }

    [Block(74)]
    public void Linspace() => say(torch.linspace(-1, 1, steps: 21));

    [Block(75)]
    public void Logspace() => say(torch.logspace(0, 10, steps: 11));

    [Block(76)]
    public void Rand() => say(torch.rand((2, 3)));

    [Block(77)]
    public void RandInt() => say(torch.randint(0, 10, (2, 3)));

    [Block(78)]
    public void RandPerm() => say(torch.randperm(10));

    [Block(79)]
    public void RandLike()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say(torch.rand_like(a));
    }

    [Block(80)]
    public void MaskedSelect()
    {
        Tensor a = let(torch.tensor([0, 0.5, 1, 2]));
        say(torch.masked_select(a, a > 0.5));
    }

    [Block(81)]
    public void Cat()
    {
        Tensor a = let(torch.rand(1, 2, 3));
        Tensor b = let(torch.rand(2, 2, 3));
        say(torch.cat((a, b)));
        say(torch.cat((a, b)).shape);
        fails(() => torch.cat((a, b), dim: 2));
    }

    [Block(82)]
    public void Stack()
    {
        Tensor a = let(torch.rand(1, 2, 3));
        Tensor b = let(torch.rand(1, 2, 3));
        say(a);
        say(b);
        say(torch.stack((a, b)));
        say(torch.stack((a, b)).shape);
        say(torch.stack((a, b), dim: 2));
        say(torch.stack((a, b), dim: 2).shape);
    }

    [Block(83)]
    public void OneHotByScatter()
    {
        Tensor label = let(torch.tensor([[0], [1], [2], [3]]));
        long label_number = let(label.Length);
        long label_range = let(10);
        say(torch.zeros(label_number, label_range).scatter_(1, label, 1));
    }

    [Block(84)]
    public void InPlace()
    {
        Tensor a = let(torch.tensor([1.0, -2.0]));
        say(a.abs());
        say(a);
        say(a.abs_());
        say(a);
    }

    [Block(85)]
    public void RandomSplit()
    {
        Tensor a = let(torch.rand(100));
        say(a);
        var (m, n) = let(torch.utils.data.random_split(a, [10, 90]));
        say(m.ToList());
        say(m.indices.ToList());
        var data_m = let(torch.utils.data.DataLoader(m, batch_size: 2));
        var data_n = let(torch.utils.data.DataLoader(n, batch_size: 2));
        Assert.Equal(5, data_m.Count());
        Assert.Equal(45, data_n.Count());
    }
}
