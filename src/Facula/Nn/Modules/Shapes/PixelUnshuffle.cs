namespace Facula.Modules;

/// <summary>(N, C, H·r, W·r) to (N, C·r², H, W).</summary>
[Factory("torch.nn")]
public class PixelUnshuffle : nn.Module<Tensor, Tensor>
{
    public PixelUnshuffle(long downscale_factor)
    {
        this.downscale_factor = downscale_factor;
    }

    public long downscale_factor { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.pixel_unshuffle(input, downscale_factor);

    public override string extra_repr() => $"downscale_factor={downscale_factor}";
}
