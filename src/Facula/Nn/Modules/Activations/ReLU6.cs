namespace Facula.Modules;

/// <summary>min(max(0, x), 6).</summary>
[Factory("torch.nn")]
public class ReLU6 : nn.Module<Tensor, Tensor>
{
    public ReLU6(bool inplace = false)
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.relu6(input, inplace);

    public override string extra_repr() => inplace ? "inplace=True" : "";
}
