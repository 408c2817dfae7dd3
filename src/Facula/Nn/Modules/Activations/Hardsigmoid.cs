namespace Facula.Modules;

/// <summary>clamp(x/6 + 1/2, 0, 1).</summary>
[Factory("torch.nn")]
public class Hardsigmoid : nn.Module<Tensor, Tensor>
{
    public Hardsigmoid(bool inplace = false)
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.hardsigmoid(input, inplace);
}
