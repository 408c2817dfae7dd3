namespace Facula.Modules;

/// <summary>max(0, x).</summary>
[Factory("torch.nn")]
public class ReLU : nn.Module<Tensor, Tensor>
{
    public ReLU(bool inplace = false)
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.relu(input, inplace);

    public override string extra_repr() => inplace ? "inplace=True" : "";
}
