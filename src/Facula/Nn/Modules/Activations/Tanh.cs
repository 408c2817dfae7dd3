namespace Facula.Modules;

/// <summary>tanh x.</summary>
[Factory("torch.nn")]
public class Tanh : nn.Module<Tensor, Tensor>
{
    public override Tensor forward(Tensor input) => torch.tanh(input);
}
