using Facula.Modules;
using static Facula.torch;

namespace Facula.Tests.Serialization;

public class ModuleFilesTests
{
    private sealed class Inner : nn.Module<Tensor, Tensor>
    {
        public readonly Parameter weight = new(torch.tensor([1.5f, 2.5f]));

        public override Tensor forward(Tensor x) => x * weight;
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        public readonly Inner first = new();
        public readonly Inner second = new();

        public Net()
        {
        }

        public Net(float start)
        {
            using var _ = no_grad();
            first.weight.fill_(start);
        }

        public override Tensor forward(Tensor x) => second.call(first.call(x));
    }

    private sealed class Other : nn.Module<Tensor, Tensor>
    {
        public override Tensor forward(Tensor x) => x;
    }

    [Fact]
    public void State_dicts_and_whole_modules_come_back()
    {
        using var folder = new TemporaryFolder();
        var net = new Net(9);
        torch.save(net.state_dict(), folder["state.pt"]);
        torch.save(net, folder["net.pt"]);
        var loaded = new Net();
        Assert.Equal("<All keys matched successfully>", loaded.load_state_dict(torch.load(folder["state.pt"])).ToString());
        Assert.Equal([9f, 9f], loaded.first.weight.ToArray<float>());
        Assert.Equal([9f, 9f], torch.load<Net>(folder["net.pt"]).first.weight.ToArray<float>());
        Assert.Equal([9f, 9f], torch.load(folder["net.pt"], () => new Net(3)).first.weight.ToArray<float>());
        Assert.Equal([9f, 9f], torch.load(folder["state.pt"], () => new Net(3)).first.weight.ToArray<float>());
        Assert.Contains("was made for it", Assert.Throws<TorchException>(() => torch.load<Other>(folder["net.pt"])).Message);
        safetensors.torch.save_file(net.state_dict(), folder["net.safetensors"]);
        Assert.Equal([9f, 9f], ((Net)new Net().load(folder["net.safetensors"])).first.weight.ToArray<float>());
        var again = (OrderedDict<object, object?>)torch.load(folder["state.pt"]);
        Assert.Equal(["", "first", "second"], again._metadata!.Keys);
        Assert.Equal(1L, again._metadata["first"]["version"]);
    }

    [PythonFact]
    public void Python_reads_state_dicts_and_whole_modules()
    {
        using var folder = new TemporaryFolder();
        var net = new Net(9);
        torch.save(net.state_dict(), folder["state.pt"]);
        torch.save(net, folder["net.pt"]);
        Assert.Equal("OrderedDict ['first.weight', 'second.weight'] {'version': 1} ['type', 'repr', 'state_dict'] [9.0, 9.0]", PythonBridge.Run("""
            import sys, torch
            s = torch.load(sys.argv[1], weights_only=True)
            n = torch.load(sys.argv[2], weights_only=True)
            print(type(s).__name__, list(s), s._metadata["first"], list(n), n["state_dict"]["first.weight"].tolist())
            """, folder["state.pt"], folder["net.pt"]));
    }

    [PythonFact]
    public void A_module_saved_in_python_loads()
    {
        using var folder = new TemporaryFolder();
        PythonBridge.Run("""
            import sys, torch
            class Inner(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.weight = torch.nn.Parameter(torch.tensor([3., 4.]))
            class Net(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.first, self.second = Inner(), Inner()
            net = Net()
            torch.save(net.state_dict(), sys.argv[1])
            torch.save({"model": net.state_dict(), "epoch": 3, "loss": [0.5, torch.tensor(1.)]}, sys.argv[2])
            torch.save(net, sys.argv[3])
            """, folder["state.pt"], folder["checkpoint.pt"], folder["net.pt"]);
        Assert.Equal([3f, 4f], ((Net)new Net().load(folder["state.pt"])).second.weight.ToArray<float>());
        var checkpoint = torch.load<OrderedDict<string, object>>(folder["checkpoint.pt"]);
        var net = new Net();
        net.load_state_dict(checkpoint["model"]);
        Assert.Equal([3f, 4f], net.first.weight.ToArray<float>());
        Assert.Equal(3L, checkpoint["epoch"]);
        string refused = Assert.Throws<InvalidDataException>(() => torch.load(folder["net.pt"])).Message;
        Assert.Contains("class '__main__.Net'", refused);
    }
}
