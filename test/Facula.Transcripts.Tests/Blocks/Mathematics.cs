namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 001: powers, roots, logarithms, reductions, sorting, norms.</summary>
internal sealed class Mathematics : Tutorial
{
    [Block(34)]
    public void Pow()
    {
        Tensor a = let(torch.full([2, 2], 3));
        say(a);
        say(a.pow(2));
        say(a.pow(2));
    }

    [Block(35)]
    public void Sqrt()
    {
        Tensor a = let(torch.full([2, 2], 9));
        say(a);
        say(a.sqrt());
        say(a.pow(0.5));
    }

    [Block(36)]
    public void Rsqrt()
    {
        Tensor a = let(torch.full([2, 2], 9));
        say(a);
        say(a.rsqrt());
    }

    [Block(37)]
    public void Exp()
    {
        Tensor a = let(torch.full([2, 2], 2));
        say(a.exp());
    }

    [Block(38)]
    public void Log()
    {
        Tensor a = let(torch.full([2, 2], 2));
        say(a.exp());
        say(a.log());
    }

    [Block(39)]
    public void Log2()
    {
        Tensor a = let(torch.full([2, 2], 2));
        say(a.log2());
    }

    [Block(40)]
    public void TruncAndFrac()
    {
        Tensor a = let(torch.tensor(1.2));
        say(a.trunc());
        say(a.frac());
    }

    [Block(41)]
    public void Extremes()
    {
        Tensor a = let(torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0]));
        say(a.max());
        say(a.min());
        say(a.median());
        say(a.mean());
    }

    [Block(42)]
    public void MaxByDim()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say(a.max());
        say("max", a.max(dim: 0));
        say("max", a.max(dim: 1));
    }

    [Block(43)]
    public void MaxKeepdim()
    {
        Tensor a = let(torch.rand(2, 3));
        say("max", a.max(dim: 0, keepdim: true));
        say("max", a.max(dim: 1, keepdim: true));
    }

    [Block(44)]
    public void SumAndProd()
    {
        Tensor a = let(torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0]));
        say(a.sum());
        say(a.prod());
    }

    [Block(45)]
    public void ArgMaxAndArgMin()
    {
        Tensor a = let(torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0]));
        say(a.argmax());
        say(a.argmin());
    }

    [Block(46)]
    public void ArgMaxOfAll()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say(a.argmax());
    }

    [Block(47)]
    public void ArgMaxByDim()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say(a.argmax(dim: 0));
        say(a.argmax(dim: 1));
    }

    [Block(48)]
    public void ArgSort()
    {
        Tensor a = torch.rand(2, 3);        // from an earlier block
        say(a.argsort());
        a = let(torch.tensor([1.0, 5.0, 4.0, 2.0, 5.0, 3.0]));
        say(a.argsort());
        say(a.argsort(descending: true));
    }

    [Block(49)]
    public void TopK()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say("topk", a.topk(3));
        say("topk", a.topk(3, dim: 1));
        say("topk", a.topk(3, largest: false));
    }

    [Block(50)]
    public void SortAndKthValue()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say("sort", a.sort());
        say(a);
        say("kthvalue", a.kthvalue(2, dim: 0));
        say("kthvalue", a.kthvalue(2, dim: 1));
    }

    [Block(51)]
    public void Norm()
    {
        Tensor a = let(torch.tensor([-3, 4], dtype: torch.float32));
        say(a.norm(2));
        say(a.norm(1));
        say(a.norm(2, dim: 0));
        a = let(torch.tensor([[-3, 4], [6, 8]], dtype: torch.float32));
        say(a);
        say(a.norm(2, dim: 0));
        say(a.norm(2, dim: 1));
    }

    [Block(52)]
    public void Clamp()
    {
        Tensor a = let(torch.tensor([1, 2, 3, 4, 5]));
        say(a.clamp(3));
        say(a.clamp(3, 4));
    }
}
