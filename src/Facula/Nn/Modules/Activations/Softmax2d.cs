namespace Facula.Modules;

/// <summary>Softmax over the channels of (N, C, H, W) or (C, H, W).</summary>
[Factory("torch.nn")]
public class Softmax2d : nn.Module<Tensor, Tensor>
{
    public override Tensor forward(Tensor input)
    {
        if (input.ndim is not (3 or 4)) throw new ArgumentException("Softmax2d requires a 3D or 4D tensor as input");
        return nn.functional.softmax(input, -3);
    }
}
