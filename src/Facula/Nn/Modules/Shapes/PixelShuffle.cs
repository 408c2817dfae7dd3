namespace Facula.Modules;

/// <summary>(N, C·r², H, W) to (N, C, H·r, W·r).</summary>
[Factory("torch.nn")]
public class PixelShuffle : nn.Module<Tensor, Tensor>
{
    public PixelShuffle(long upscale_factor)
    {
        this.upscale_factor = upscale_factor;
    }

    public long upscale_factor { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.pixel_shuffle(input, upscale_factor);

    public override string extra_repr() => $"upscale_factor={upscale_factor}";
}
