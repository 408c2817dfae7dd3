using Facula;
using Facula.Modules;
using static Facula.torch;
using F = Facula.torch.nn.functional;

// What reflection must still find after trimming: the fields of modules of one's own, of layers, of optimizers' states.
manual_seed(0);
Tensor x = randn(64, 8), y = (x.sum(1) > 0).@long();
var net = new Net();
var optimizer = optim.Adam(net.parameters(), lr: 0.01);
float first = 0, last = 0;
for (int step = 0; step < 100; step++)
{
    Tensor loss = F.cross_entropy(net.call(x), y);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    last = loss.item<float>();
    if (step == 0) first = last;
}
string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
try
{
    torch.save(net.state_dict(), path);
    var other = new Net();
    other.load_state_dict(torch.load(path));
    net.eval();
    other.eval();
    bool same = equal(net.call(x), other.call(x));
    string[] expected = ["scale", "hidden.weight", "hidden.bias", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked", "output.weight", "output.bias"];
    bool keys = net.state_dict().Keys.SequenceEqual(expected);
    Console.WriteLine($"loss {first:F4} to {last:F4}; reloaded {(same ? "equal" : "different")}; keys {(keys ? "complete" : string.Join(' ', net.state_dict().Keys))}");
    return last < 0.2f && same && keys ? 0 : 1;
}
finally
{
    File.Delete(path);
}

internal sealed class Net : nn.Module<Tensor, Tensor>
{
    private readonly Linear hidden = nn.Linear(8, 16);
    private readonly BatchNorm1d norm = nn.BatchNorm1d(16);
    private readonly Linear output = nn.Linear(16, 2);
    private readonly Parameter scale = nn.Parameter(ones(1));

    public override Tensor forward(Tensor x) => output.call(F.relu(norm.call(hidden.call(x)))) * scale;
}
