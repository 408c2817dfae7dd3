namespace Facula.Modules;

/// <summary>x·sigmoid(x).</summary>
[Factory("torch.nn")]
public class SiLU : nn.Module<Tensor, Tensor>
{
    public SiLU(bool inplace = false)
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.silu(input, inplace);

    public override string extra_repr() => inplace ? "inplace=True" : "";
}
