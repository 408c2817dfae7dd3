namespace Facula.Ops;

[TensorOp("native_layer_norm", Method = false)]
internal static unsafe partial class NativeLayerNorm
{
    /// <summary>Normalises the trailing dimensions of <paramref name="normalized_shape"/> to mean 0 and variance 1, then scales and shifts; also returns mean and 1/√(variance + eps).</summary>
    static (TensorSpec output, TensorSpec mean, TensorSpec rstd) Infer(Tensor input, Size normalized_shape, Tensor? weight, Tensor? bias, double eps)
    {
        Check.That(normalized_shape.Rank >= 1, $"Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = {normalized_shape.Brackets()}");
        RequireShape(weight, "weight", normalized_shape);
        RequireShape(bias, "bias", normalized_shape);
        int lead = input.Rank - normalized_shape.Rank;
        bool fits = lead >= 0;
        for (int i = 0; fits && i < normalized_shape.Rank; i++) fits = input.Sizes[lead + i] == normalized_shape[i];
        Check.That(fits, $"Given normalized_shape={normalized_shape.Brackets()}, expected input with shape [*, {string.Join(", ", normalized_shape.ToArray())}], but got input of size{input.SizesRef.Brackets()}");
        if (!input.DType.is_floating_point) throw TypeSwitch.NotImplemented("LayerNormKernelImpl", input.DType);
        Span<long> sizes = stackalloc long[input.Rank];
        sizes.Fill(1);
        input.Sizes[..lead].CopyTo(sizes);
        var statistics = new TensorSpec(new Size(sizes), weight is not null && input.DType.IsLowPrecision ? weight.DType : input.DType, input.device);
        return (TensorSpec.Like(input), statistics, statistics);
    }

    private static void RequireShape(Tensor? parameter, string name, in Size shape) =>
        Check.That(parameter is null || parameter.SizesRef == shape,
            $"Expected {name} to be of same shape as normalized_shape, but got {name} of shape {parameter?.SizesRef.Brackets()} and normalized_shape = {shape.Brackets()}");

    static void Compute(Tensor input, Size normalized_shape, Tensor? weight, Tensor? bias, double eps, Tensor output, Tensor mean, Tensor rstd)
    {
        ScalarType type = Elementwise.Arithmetic(input.DType);
        Tensor x = Dense.Of(input, type), y = Dense.Target(output, type), m = Dense.Target(mean, type), r = Dense.Target(rstd, type);
        Tensor? w = Dense.OrNull(weight, type), b = Dense.OrNull(bias, type);
        long count = normalized_shape.numel(), rows = mean.Numel;
        fixed (byte* px = &x.Reference, py = &y.Reference, pm = &m.Reference, pr = &r.Reference, pw = &(w ?? x).Reference, pb = &(b ?? x).Reference)
        {
            if (type == ScalarType.Float32)
                Kernels.LayerNorm.Forward((float*)px, w is null ? null : (float*)pw, b is null ? null : (float*)pb, (float*)py, (float*)pm, (float*)pr, rows, count, eps);
            else
                Kernels.LayerNorm.Forward((double*)px, w is null ? null : (double*)pw, b is null ? null : (double*)pb, (double*)py, (double*)pm, (double*)pr, rows, count, eps);
        }
        Dense.Finish(y, output);
        Dense.Finish(m, mean);
        Dense.Finish(r, rstd);
        GC.KeepAlive(x);
        GC.KeepAlive(w);
        GC.KeepAlive(b);
    }

    static (Tensor? input, Tensor? weight, Tensor? bias) Grad(Tensor? grad, Tensor? gradMean, Tensor? gradRstd, Tensor input, Size normalized_shape, Tensor? weight, TensorSpec bias, double eps, Tensor mean, Tensor rstd, NeedsGrad needs)
    {
        if (GradMode.Enabled || gradMean is not null || gradRstd is not null) return Composed(grad, gradMean, gradRstd, input, normalized_shape.Rank, weight, bias, eps, needs);
        if (grad is null) return default;
        ScalarType type = Elementwise.Arithmetic(input.DType);
        Tensor g = Dense.Of(grad, type), x = Dense.Of(input, type), m = Dense.Of(mean, type), r = Dense.Of(rstd, type);
        Tensor? w = Dense.OrNull(weight, type);
        Tensor? dx = needs[0] ? Tensor.Allocate(input.SizesRef, type) : null;
        Tensor? dw = needs[1] ? Tensor.Allocate(normalized_shape, type) : null;
        Tensor? db = needs[2] ? Tensor.Allocate(normalized_shape, type) : null;
        long count = normalized_shape.numel(), rows = mean.Numel;
        fixed (byte* pg = &g.Reference, px = &x.Reference, pm = &m.Reference, pr = &r.Reference, pw = &(w ?? x).Reference,
            pdx = &(dx ?? x).Reference, pdw = &(dw ?? x).Reference, pdb = &(db ?? x).Reference)
        {
            if (type == ScalarType.Float32)
                Kernels.LayerNorm.Backward((float*)pg, (float*)px, w is null ? null : (float*)pw, (float*)pm, (float*)pr, dx is null ? null : (float*)pdx, dw is null ? null : (float*)pdw, db is null ? null : (float*)pdb, rows, count);
            else
                Kernels.LayerNorm.Backward((double*)pg, (double*)px, w is null ? null : (double*)pw, (double*)pm, (double*)pr, dx is null ? null : (double*)pdx, dw is null ? null : (double*)pdw, db is null ? null : (double*)pdb, rows, count);
        }
        GC.KeepAlive(g);
        GC.KeepAlive(x);
        GC.KeepAlive(w);
        GC.KeepAlive(m);
        GC.KeepAlive(r);
        return (dx?.to(input.DType), dw?.to(weight!.DType), db?.to(bias.DType));
    }

    // The same with differentiable ops: for derivatives of derivatives, and for gradients of the statistics.
    private static (Tensor? input, Tensor? weight, Tensor? bias) Composed(Tensor? grad, Tensor? gradMean, Tensor? gradRstd, Tensor input, int trailing, Tensor? weight, TensorSpec bias, double eps, NeedsGrad needs)
    {
        int lead = input.Rank - trailing;
        long[] inner = Enumerable.Range(lead, trailing).Select(d => (long)d).ToArray(), outer = Enumerable.Range(0, lead).Select(d => (long)d).ToArray();
        long count = 1;
        foreach (long d in inner) count *= input.Sizes[(int)d];
        Tensor centered = input - input.mean(inner, keepdim: true);
        Tensor rstd = (centered * centered).mean(inner, keepdim: true).add(eps).rsqrt();
        Tensor normal = centered * rstd;
        Tensor? dx = null, dw = null, db = null;
        if (grad is not null)
        {
            if (needs[0])
            {
                Tensor g = weight is null ? grad : grad * weight;
                dx = rstd * (g - g.mean(inner, keepdim: true) - normal * (g * normal).mean(inner, keepdim: true));
            }
            if (needs[1]) dw = lead == 0 ? grad * normal : (grad * normal).sum(outer);
            if (needs[2]) db = lead == 0 ? grad : grad.sum(outer);
        }
        if (needs[0] && gradMean is not null) dx = Sum(dx, (gradMean * (1.0 / count)).expand(input.shape));
        // d rstd = −rstd³ · (x − mean) / n
        if (needs[0] && gradRstd is not null) dx = Sum(dx, gradRstd * rstd * rstd * normal * (-1.0 / count));
        return (dx?.to(input.DType), dw?.to(weight!.DType), db?.to(bias.DType));
    }

    private static Tensor Sum(Tensor? a, Tensor b) => a is null ? b : a + b;
}

[CompositeOp("layer_norm", Method = false)]
internal static partial class LayerNorm
{
    /// <summary>Normalises the trailing dimensions of <paramref name="normalized_shape"/> to mean 0 and variance 1, then scales and shifts.</summary>
    static Tensor Compose(Tensor input, Size normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5, bool cudnn_enable = true) =>
        NativeLayerNorm.Call(input, normalized_shape, weight, bias, eps).output;
}

[CompositeOp("layer_norm", In = "torch.nn.functional", Method = false)]
internal static partial class FunctionalLayerNorm
{
    /// <summary>Normalises the trailing dimensions of <paramref name="normalized_shape"/> to mean 0 and variance 1, then scales and shifts.</summary>
    static Tensor Compose(Tensor input, Size normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
        NativeLayerNorm.Call(input, normalized_shape, weight, bias, eps).output;
}
