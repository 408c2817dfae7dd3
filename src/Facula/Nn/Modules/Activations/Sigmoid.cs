namespace Facula.Modules;

/// <summary>1/(1 + e⁻ˣ).</summary>
[Factory("torch.nn")]
public class Sigmoid : nn.Module<Tensor, Tensor>
{
    public override Tensor forward(Tensor input) => torch.sigmoid(input);
}
