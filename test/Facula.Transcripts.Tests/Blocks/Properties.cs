namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 001: making tensors, indexing them, asking for their properties, devices.</summary>
internal sealed class Properties : Tutorial
{
    [Block(13)]
    public void Scalars() => say(torch.tensor(1.0));

    [Block(14)]
    public void TypedTensors()
    {
        say(torch.tensor(1.0));
        say(torch.FloatTensor(1));
        say(torch.FloatTensor(2, 3));
    }

    [Block(15)]
    public void ShapeOrData()
    {
        say(new Tensor(2, 3));
        say(torch.tensor(3));
    }

    [Block(16)]
    public void TensorOfData() => say(new Tensor([2, 3]));

    [Block(17)]
    public void Indexing()
    {
        Tensor x = torch.tensor([[1, 2, 3], [4, 5, 6]]);       // from an earlier block
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say(a[0]);
        say(a[0, 1]);
        say(x[.., new[] { 0, 2 }]);
    }

    [Block(18)]
    public void IndexSelect()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say(a.index_select(0, torch.tensor([1])));
        say(a.index_select(1, torch.tensor([1, 2])));
    }

    [Block(19)]
    public void Slicing()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say(a[0, ..2]);
        say(a["0, ::2"]);
    }

    [Block(20)]
    public void EllipsisIndex()
    {
        Tensor a = let(torch.rand(2, 2, 2, 2));
        say(a);
        say(a[1, Ellipsis, 1]);
    }

    [Block(21)]
    public void Comparison()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say(a > 0.5);
    }

    [Block(22)]
    public void Shape()
    {
        Tensor a = let(torch.tensor(1.0));
        say(a.shape);
        a = let(torch.tensor([1.0, 2.0]));
        say(a.shape);
        a = let(torch.tensor([[1.0, 2.0], [3, 4]]));
        say(a);
        say(a.shape);
        say(a.shape[0]);
    }

    [Block(23)]
    public void SizeMethod()
    {
        Tensor a = let(torch.tensor([[1.0, 2.0], [3, 4]]));
        say(a.size());
        say(a.size(0));
        say(a.size(1));
    }

    [Block(24)]
    public void Dim()
    {
        Tensor a = let(torch.tensor(1.0));
        say(a.dim());
        a = let(torch.tensor([1.0]));
        say(a.dim());
        a = let(torch.tensor([[1.0, 2.0], [3, 4]]));
        say(a.dim());
    }

    [Block(25)]
    public void Numel()
    {
        Tensor a = let(torch.tensor([[1.0, 2.0], [3, 4]]));
        say(a.numel());
    }

    [Block(26)]
    public void TypeMethod()
    {
        Tensor x = let(torch.IntTensor(1));
        say(x);
        say(x.type());
        say(x.GetType());
    }

    [Block(27)]
    public void ToGpu()
    {
        Tensor x = let(torch.IntTensor(1));
        fails(() => x = x.cuda());
    }

    [Block(28)]
    public void CudaIsAvailable() => say(torch.cuda.is_available());

    [Block(29)]
    public void CudaDevices()
    {
        say(torch.cuda.device_count());
        fails(() => torch.cuda.set_device(0));
    }

    [Block(30)]
    public void ToCpu()
    {
        Tensor a = torch.tensor([[1.0, 2.0], [3, 4]]);         // from an earlier block
        fails(() => a = torch.FloatTensor(1).cuda());
        say(a.cpu());
    }

    [Block(31)]
    public void DeviceObject()
    {
        Device device = let(torch.device("cuda:0"));
        fails(() => torch.nn.Linear(10, 100).to(device));
    }

    [Block(32)]
    public void Reshape()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say(a.reshape(3, 2));
        say(a.view(3, 2));
    }

    [Block(33)]
    public void Transpose()
    {
        Tensor a = let(torch.rand(2, 3));
        say(a);
        say(a.t());
        say(a.t().shape);
    }
}
