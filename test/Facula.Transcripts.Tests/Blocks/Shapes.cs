namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 001: dimensions, splitting, arrays, operators.</summary>
internal sealed class Shapes : Tutorial
{
    [Block(53)]
    public void Transpose()
    {
        Tensor a = let(torch.rand(2, 3, 1));
        say(a);
        say(a.transpose(0, 2));
        say(a.transpose(0, 2).shape);
    }

    [Block(54)]
    public void Permute()
    {
        Tensor a = let(torch.rand(2, 3, 1));
        say(a);
        say(a.permute(2, 0, 1));
        say(a.permute(2, 0, 1).shape);
    }

    [Block(55)]
    public void Squeeze()
    {
        Tensor a = let(torch.rand(1, 2, 1, 1));
        say(a);
        say(a.squeeze());
        say(a.squeeze().shape);
        say(a.squeeze(0));
        say(a.squeeze(0).shape);
        say(a.squeeze(1));
        say(a.squeeze(1).shape);
    }

    [Block(56)]
    public void Unsqueeze()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say(a.unsqueeze(0));
        say(a.unsqueeze(0).shape);
        say(a.unsqueeze(-1));
        say(a.unsqueeze(-1).shape);
    }

    [Block(57)]
    public void Expand()
    {
        Tensor a = let(torch.rand(1, 2, 1));
        say(a);
        say(a.expand([2, 2, 1]));
        say(a.expand([2, 2, 2]));
        fails(() => a.expand([1, 4, 1]));
    }

    [Block(58)]
    public void Repeat()
    {
        Tensor a = let(torch.rand(1, 2, 1));
        say(a.repeat([2, 2, 1]).shape);
        say(a.repeat([2, 2, 2]).shape);
    }

    [Block(59)]
    public void Split()
    {
        Tensor a = let(torch.rand(2, 2, 3));
        say(a);
        say(a.split(1, dim: 0));
        done();                                     // a.split(1, dim: 0).shape does not compile
        var (x, y) = let(a.split(1, dim: 0));
        say((x.shape, y.shape));
    }

    [Block(60)]
    public void Chunk()
    {
        Tensor a = let(torch.rand(3, 3));
        say(a);
        say(a.chunk(3, dim: 0));
        say(a.chunk(2, dim: 0));
    }

    [Block(61)]
    public void FromArray()
    {
        long[] a = let(new long[] { 1, 2, 3 });
        say(torch.from_numpy(a));
    }

    [Block(62)]
    public void ToArray()
    {
        Tensor a = let(torch.tensor([1.0, 2.0, 3.0]));
        say(a);
        say(a.cpu().data.numpy());
        say(a.numpy());
    }

    [Block(63)]
    public void Add()
    {
        Tensor b = torch.rand(2, 2);                // from an earlier block
        Tensor a = let(torch.rand(2, 2));
        say(a);
        say(torch.add(a, b));
        say(a + b);
    }

    [Block(64)]
    public void MatMul()
    {
        Tensor a = let(torch.tensor([[1, 1], [1, 1]]));
        Tensor b = let(torch.tensor([[1, 1], [1, 1]]));
        say(torch.matmul(a, b));
        say(a * b);
    }

    [Block(65)]
    public void MatMulOperator()
    {
        Tensor a = torch.tensor([[1, 1], [1, 1]]), b = torch.tensor([[1, 1], [1, 1]]);      // from an earlier block
        say(a.matmul(b));
    }

    [Block(66)]
    public void Equal()
    {
        Tensor a = let(torch.rand(2, 2));
        say(a);
        Tensor b = let(a);
        say(a == b);
        say(torch.equal(a, b));
    }

    [Block(67)]
    public void All()
    {
        Tensor a = let(torch.tensor([1, 2, 3]));
        Tensor b = let(torch.tensor([1, 2, 4]));
        say(a);
        say(b);
        say(torch.all(a == b));
        say(a == b);
    }

    [Block(68)]
    public void Where()
    {
        Tensor a = let(torch.tensor([[1.0, 2.0], [3.0, 4.0]]));
        Tensor b = let(torch.tensor([[5.0, 6.0], [7.0, 8.0]]));
        Tensor c = let(torch.rand(2, 2));
        say(c);
        say(torch.where(c > 0.3, a, b));
    }
}
