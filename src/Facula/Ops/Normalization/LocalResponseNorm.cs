namespace Facula.Ops;

[CompositeOp("local_response_norm", In = "torch.nn.functional", Method = false)]
internal static partial class LocalResponseNorm
{
    /// <summary>Divides each element by (k + alpha · the mean of the squares of <paramref name="size"/> neighbouring channels)^beta.</summary>
    static Tensor Compose(Tensor input, long size, double alpha = 1e-4, double beta = 0.75, double k = 1.0)
    {
        if (input.Rank < 3) throw new ArgumentException($"Expected 3D or higher dimensionality                          input (got {input.Rank} dimensions)");
        if (input.Numel == 0) return input;
        long channels = input.Sizes[1];
        Tensor squares = input * input;
        Tensor Zeros(long count) => new TensorSpec(input.SizesRef.With(1, count), input.DType, input.device).Zeros();
        Tensor padded = torch.cat(new[] { Zeros(size / 2), squares, Zeros((size - 1) / 2) }, 1);
        Tensor sum = padded.narrow(1, 0, channels);
        for (long i = 1; i < size; i++) sum = sum + padded.narrow(1, i, channels);
        Tensor mean = input.DType.IsDifferentiable ? sum * (1.0 / size) : sum.div(size, rounding_mode: "trunc");
        return input / (mean * alpha + k).pow(beta);
    }
}

[CompositeOp("normalize", In = "torch.nn.functional", Method = false, Out = true)]
internal static partial class Normalize
{
    /// <summary>Divides by the p-norm along <paramref name="dim"/>, or by <paramref name="eps"/> where that is larger.</summary>
    static Tensor Compose(Tensor input, double p = 2.0, Dims dim = default, double eps = 1e-12)
    {
        Tensor norm = input.norm(p, dim.IsNone ? 1 : dim, keepdim: true).clamp_min(eps);
        return input / norm.expand_as(input);
    }
}

[CompositeOp("rms_norm", In = "torch.nn.functional", Method = false)]
[Alias("torch.rms_norm", Method = false)]
internal static partial class RmsNorm
{
    /// <summary>Divides the trailing dimensions of <paramref name="normalized_shape"/> by their root mean square, then scales.</summary>
    static Tensor Compose(Tensor input, Size normalized_shape, Tensor? weight = null, double? eps = null)
    {
        int lead = input.Rank - normalized_shape.Rank;
        bool fits = lead >= 0;
        for (int i = 0; fits && i < normalized_shape.Rank; i++) fits = input.Sizes[lead + i] == normalized_shape[i];
        Check.That(fits, $"Given normalized_shape={normalized_shape.Brackets()}, expected input with shape [*, {string.Join(", ", normalized_shape.ToArray())}], but got input of size{input.SizesRef.Brackets()}");
        long[] inner = Enumerable.Range(lead, normalized_shape.Rank).Select(d => (long)d).ToArray();
        double smallest = eps ?? input.DType.Code switch
        {
            TypeCode.Float64 => double.BitIncrement(1) - 1,
            TypeCode.Float16 => 1.0 / 1024,
            TypeCode.BFloat16 => 1.0 / 128,
            _ => float.BitIncrement(1) - 1,
        };
        Tensor result = input * (input * input).mean(inner, keepdim: true).add(smallest).rsqrt();
        return weight is null ? result : result * weight;
    }
}
