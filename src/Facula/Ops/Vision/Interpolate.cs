using Facula.Kernels;

namespace Facula.Ops;

[CompositeOp("interpolate", In = "torch.nn.functional")]
internal static partial class Interpolate
{
    /// <summary>
    /// Resizes (N, C, L), (N, C, H, W) or (N, C, D, H, W) to <paramref name="size"/> or by <paramref name="scale_factor"/>; the mode is
    /// nearest, nearest-exact, linear, bilinear, bicubic, trilinear or area.
    /// </summary>
    static Tensor Compose(Tensor input, Dims size = default, ScaleFactor? scale_factor = null, string mode = "nearest", bool? align_corners = null,
        bool? recompute_scale_factor = null, bool antialias = false)
    {
        if (mode is "nearest" or "area" or "nearest-exact" && align_corners is not null)
            throw new ArgumentException("align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear");
        bool align = align_corners ?? false;
        int spatial = input.Rank - 2;
        if (!size.IsNone && scale_factor is not null) throw new ArgumentException("only one of size or scale_factor should be defined");
        double[]? factors = null;
        var output = new long[Math.Max(0, spatial)];
        if (!size.IsNone)
        {
            if (!size.IsSingle && size.Count != spatial)
                throw new ArgumentException($"Input and output must have the same number of spatial dimensions, but got input with spatial dimensions of {Spatial(input)} and output size of {PythonText.Tuple(size.ToArray())}. "
                    + "Please provide input tensor in (N, C, d1, d2, ...,dK) format and output size in (o1, o2, ...,oK) format.");
            for (int d = 0; d < spatial; d++) output[d] = size[size.IsSingle ? 0 : d];
        }
        else if (scale_factor is { } scale)
        {
            if (!scale.IsSingle && scale.Count != spatial)
                throw new ArgumentException($"Input and scale_factor must have the same number of spatial dimensions, but got input with spatial dimensions of {Spatial(input)} and scale_factor of shape {scale}. "
                    + "Please provide input tensor in (N, C, d1, d2, ...,dK) format and scale_factor in (s1, s2, ...,sK) format.");
            factors = new double[output.Length];
            for (int d = 0; d < spatial; d++)
            {
                factors[d] = scale[scale.IsSingle ? 0 : d];
                output[d] = (long)Math.Floor(input.Sizes[d + 2] * factors[d]);
            }
        }
        else throw new ArgumentException("either size or scale_factor should be defined");
        if (recompute_scale_factor == true)
        {
            if (!size.IsNone) throw new ArgumentException("recompute_scale_factor is not meaningful with an explicit size.");
            factors = null;
        }
        if (antialias && (mode is not ("bilinear" or "bicubic") || input.Rank != 4))
            throw new ArgumentException("Anti-alias option is only supported for bilinear and bicubic modes");
        CheckMode(input, mode);
        if (mode == "area")
            return AvgPool.Adaptive($"adaptive_avg_pool{spatial}d", spatial, input, output);
        CheckSizes(input, output);
        CheckType(input, mode, spatial);
        bool single = input.DType != ScalarType.Float64;
        var axes = new ResampleAxis[3];
        for (int d = 0; d < 3; d++)
        {
            int at = d + spatial - 3;
            if (at < 0) axes[d] = ResampleAxis.Nearest(1, 1, null, false, single);
            else axes[d] = Axis(mode, antialias, input.Sizes[at + 2], output[at], factors?[at], align, single);
        }
        return Resample.Call(input, new ResampleSettings(Name(mode, antialias, spatial), spatial, axes));
    }

    private static ResampleAxis Axis(string mode, bool antialias, long input, long output, double? factor, bool align, bool single) => mode switch
    {
        "nearest" => ResampleAxis.Nearest(input, output, factor, false, single),
        "nearest-exact" => ResampleAxis.Nearest(input, output, factor, true, single),
        "bicubic" => antialias ? ResampleAxis.Smooth(input, output, factor, align, true, single) : ResampleAxis.Cubic(input, output, factor, align, single),
        _ => antialias ? ResampleAxis.Smooth(input, output, factor, align, false, single) : ResampleAxis.Linear(input, output, factor, align, single),
    };

    private static string Name(string mode, bool antialias, int spatial) => mode switch
    {
        "nearest" => $"UpsampleNearest{spatial}D",
        "nearest-exact" => $"UpsampleNearestExact{spatial}D",
        "linear" => "UpsampleLinear1D",
        "trilinear" => "UpsampleTrilinear3D",
        "bicubic" => antialias ? "UpsampleBicubic2DAa" : "UpsampleBicubic2D",
        _ => antialias ? "UpsampleBilinear2DAa" : "UpsampleBilinear2D",
    };

    private static string Spatial(Tensor input) => "[" + string.Join(", ", input.Sizes[Math.Min(2, input.Rank)..].ToArray()) + "]";

    private static void CheckMode(Tensor input, string mode)
    {
        int wanted = mode switch { "linear" => 3, "bilinear" or "bicubic" => 4, "trilinear" => 5, _ => 0 };
        bool known = wanted != 0 || mode is "nearest" or "area" or "nearest-exact";
        // A bicubic resize exists for images only, and says so in the general message.
        if (!known || input.Rank is < 3 or > 5 || (mode == "bicubic" && input.Rank != 4))
            throw new NotSupportedException($"Input Error: Only 3D, 4D and 5D input Tensors supported (got {input.Rank}D) for the modes: nearest | linear | bilinear | bicubic | trilinear | area | nearest-exact (got {mode})");
        if (wanted != 0 && wanted != input.Rank) throw new NotSupportedException($"Got {input.Rank}D input, but {mode} mode needs {wanted}D input");
    }

    private static void CheckSizes(Tensor input, long[] output)
    {
        int spatial = output.Length;
        bool positive = true, filled = true;
        for (int d = 0; d < spatial; d++) positive &= input.Sizes[d + 2] > 0 && output[d] > 0;
        if (!positive)
            throw new TorchException($"Input and output sizes should be greater than 0, but got input {Named(input.Sizes[2..])} output {Named(output)}");
        for (int d = 1; d < input.Rank; d++) filled &= input.Sizes[d] > 0;
        Check.That(filled, $"Non-empty {input.Rank}D data tensor expected but got a tensor with sizes {input.SizesRef.Brackets()}");
    }

    private static string Named(ReadOnlySpan<long> sizes)
    {
        string[] names = ["D", "H", "W"];
        var parts = new string[sizes.Length];
        for (int d = 0; d < parts.Length; d++) parts[d] = $"{names[d + 3 - parts.Length]}: {sizes[d]}";
        return "(" + string.Join(", ", parts) + ")";
    }

    private static void CheckType(Tensor input, string mode, int spatial)
    {
        bool nearest = mode is "nearest" or "nearest-exact";
        if (input.DType.is_floating_point || (nearest && input.DType == ScalarType.Byte)) return;
        string kernel = mode == "bicubic" ? "compute_indices_weights_cubic"
            : nearest ? spatial == 1 ? "compute_indices_weights_nearest" : $"upsample_nearest{spatial}d_channels_last"
            : spatial == 1 ? "compute_indices_weights_linear" : $"upsample_{mode}{spatial}d_channels_last";
        throw TypeSwitch.NotImplemented(kernel, input.DType);
    }
}
