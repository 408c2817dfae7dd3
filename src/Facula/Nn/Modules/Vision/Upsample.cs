namespace Facula.Modules;

/// <summary>Resizes (N, C, L), (N, C, H, W) or (N, C, D, H, W) to a size or by a factor.</summary>
[Factory("torch.nn")]
public class Upsample(Dims size = default, ScaleFactor? scale_factor = null, string mode = "nearest", bool? align_corners = null, bool? recompute_scale_factor = null)
    : nn.Module<Tensor, Tensor>
{
    public Dims size { get; } = size;
    public ScaleFactor? scale_factor { get; } = scale_factor;
    public string mode { get; } = mode;
    public bool? align_corners { get; } = align_corners;
    public bool? recompute_scale_factor { get; } = recompute_scale_factor;

    public override Tensor forward(Tensor input) => nn.functional.interpolate(input, size, scale_factor, mode, align_corners, recompute_scale_factor);

    public override string extra_repr() => (scale_factor is { } factor ? $"scale_factor={factor}" : $"size={size}") + $", mode={mode}";
}

/// <summary>Resizes images (N, C, H, W) by the nearest elements.</summary>
[Factory("torch.nn")]
public class UpsamplingNearest2d(Dims size = default, ScaleFactor? scale_factor = null) : Upsample(size, scale_factor);

/// <summary>Resizes images (N, C, H, W) linearly, with aligned corners.</summary>
[Factory("torch.nn")]
public class UpsamplingBilinear2d(Dims size = default, ScaleFactor? scale_factor = null) : Upsample(size, scale_factor, "bilinear", true);
