namespace Facula.Modules;

/// <summary>Returns its input; takes any arguments and ignores them.</summary>
[Factory("torch.nn")]
public class Identity : nn.Module<Tensor, Tensor>
{
    public Identity(params object?[] args) { }

    public override Tensor forward(Tensor input) => input;
}
