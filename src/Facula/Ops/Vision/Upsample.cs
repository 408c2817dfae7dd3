namespace Facula.Ops;

[CompositeOp("upsample", In = "torch.nn.functional")]
internal static partial class Upsample
{
    /// <summary>The older name of <c>interpolate</c>.</summary>
    static Tensor Compose(Tensor input, Dims size = default, ScaleFactor? scale_factor = null, string mode = "nearest", bool? align_corners = null)
    {
        warnings.warn("nn.functional.upsample is deprecated. Use nn.functional.interpolate instead.");
        return Interpolate.Call(input, size, scale_factor, mode, align_corners);
    }
}

[CompositeOp("upsample_nearest", In = "torch.nn.functional")]
internal static partial class UpsampleNearest
{
    /// <summary>The older name of <c>interpolate</c> with mode nearest.</summary>
    static Tensor Compose(Tensor input, Dims size = default, ScaleFactor? scale_factor = null)
    {
        warnings.warn("nn.functional.upsample_nearest is deprecated. Use nn.functional.interpolate instead.");
        return Interpolate.Call(input, size, scale_factor);
    }
}

[CompositeOp("upsample_bilinear", In = "torch.nn.functional")]
internal static partial class UpsampleBilinear
{
    /// <summary>The older name of <c>interpolate</c> with mode bilinear and aligned corners.</summary>
    static Tensor Compose(Tensor input, Dims size = default, ScaleFactor? scale_factor = null)
    {
        warnings.warn("nn.functional.upsample_bilinear is deprecated. Use nn.functional.interpolate instead.");
        return Interpolate.Call(input, size, scale_factor, "bilinear", true);
    }
}
