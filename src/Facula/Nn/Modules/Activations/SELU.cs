namespace Facula.Modules;

/// <summary>Scaled exponential linear unit.</summary>
[Factory("torch.nn")]
public class SELU : nn.Module<Tensor, Tensor>
{
    public SELU(bool inplace = false)
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.selu(input, inplace);

    public override string extra_repr() => inplace ? "inplace=True" : "";
}
