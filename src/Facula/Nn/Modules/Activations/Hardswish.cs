namespace Facula.Modules;

/// <summary>x·clamp(x/6 + 1/2, 0, 1).</summary>
[Factory("torch.nn")]
public class Hardswish : nn.Module<Tensor, Tensor>
{
    public Hardswish(bool inplace = false)
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.hardswish(input, inplace);
}
