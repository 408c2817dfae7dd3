namespace Facula.Modules;

/// <summary>x/(1 + |x|).</summary>
[Factory("torch.nn")]
public class Softsign : nn.Module<Tensor, Tensor>
{
    public override Tensor forward(Tensor input) => nn.functional.softsign(input);
}
