namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 001: containers, parameters, state dicts and files.</summary>
internal sealed class Models : Tutorial
{
    [Block(101)]
    public void SequentialModel()
    {
        Sequential net = let(torch.nn.Sequential(
            torch.nn.Linear(100, 10),
            torch.nn.Dropout(0.7),
            torch.nn.ReLU(),
            torch.nn.Linear(10, 1)));
        say(net);
    }

    [Block(102)]
    public void AddReplaceDelete()
    {
        Sequential seq = let(nn.Sequential(nn.Linear(10, 20), nn.Linear(20, 1)));
        say(seq);
        run(() => seq.add_module("tanh", nn.Tanh()));
        say(seq);
        say(seq[2]);
        run(() => seq[2] = nn.ReLU());
        say(seq);
        run(() => seq.RemoveAt(2));
        say(seq);
    }

    [Block(103)]
    public void ParameterType()
    {
        Linear layer = let(nn.Linear(2, 1));
        say(layer.weight);
        say(layer.weight.GetType());
        fails(() => layer.SetAttribute("weight", torch.rand(2, 1, requires_grad: true)));
        run(() => layer.weight = nn.parameter.Parameter(torch.rand(2, 1)));
        say(layer.weight);
    }

    [Block(104)]
    public void Freezing()
    {
        Sequential net = let(torch.nn.Sequential(
            torch.nn.Linear(100, 10),
            torch.nn.Dropout(0.7),
            torch.nn.ReLU(),
            torch.nn.Linear(10, 1)));
        say(net);
        run(() =>
        {
            foreach (var (name, value) in net.named_parameters()) print(name, value.requires_grad);
        });
        run(() => ((Linear)net[0]).weight.requires_grad = false);
        run(() => ((Linear)net[0]).bias!.requires_grad = false);
        run(() =>
        {
            foreach (var (name, value) in net.named_parameters()) print(name, value.requires_grad);
        });
    }

    [Block(105)]
    public void SavingAndLoading()
    {
        string folder = Directory.CreateTempSubdirectory("facula").FullName;
        string file = Path.Combine(folder, "ckpt.mdl");
        Linear layer = let(torch.nn.Linear(10, 1));
        say(layer.state_dict());
        run(() => torch.save(layer.state_dict(), file));
        Linear layer1 = let(torch.nn.Linear(10, 1));
        say(layer1.state_dict());
        say(layer1.load_state_dict(torch.load<OrderedDict<string, Tensor>>(file)));
        say(layer1.state_dict());
        Directory.Delete(folder, recursive: true);
    }
}
