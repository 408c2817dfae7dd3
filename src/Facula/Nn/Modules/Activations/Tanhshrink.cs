namespace Facula.Modules;

/// <summary>x − tanh x.</summary>
[Factory("torch.nn")]
public class Tanhshrink : nn.Module<Tensor, Tensor>
{
    public override Tensor forward(Tensor input) => nn.functional.tanhshrink(input);
}
