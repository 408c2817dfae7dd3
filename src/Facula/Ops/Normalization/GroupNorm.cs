namespace Facula.Ops;

[TensorOp("native_group_norm", Public = false, Out = false)]
internal static unsafe partial class NativeGroupNorm
{
    /// <summary>Normalises groups of channels of each image, then scales and shifts; also returns mean and 1/√(variance + eps).</summary>
    static (TensorSpec output, TensorSpec mean, TensorSpec rstd) Infer(Tensor input, long num_groups, Tensor? weight, Tensor? bias, double eps)
    {
        if (!input.DType.is_floating_point) throw TypeSwitch.NotImplemented("GroupNormKernelImpl", input.DType);
        var statistics = new TensorSpec([input.Sizes[0], num_groups], Elementwise.Arithmetic(input.DType), input.device);
        return (TensorSpec.Like(input), statistics, statistics);
    }

    static void Compute(Tensor input, long num_groups, Tensor? weight, Tensor? bias, double eps, Tensor output, Tensor mean, Tensor rstd)
    {
        ScalarType type = mean.DType;
        Tensor x = Dense.Of(input, type), y = Dense.Target(output, type);
        Tensor? w = Dense.OrNull(weight, type), b = Dense.OrNull(bias, type);
        (long images, long channels, long length) = NativeBatchNorm.Layout(input);
        if (x.Numel == 0) return;
        fixed (byte* px = &x.Reference, py = &y.Reference, pm = &mean.Reference, pr = &rstd.Reference, pw = &(w ?? x).Reference, pb = &(b ?? x).Reference)
        {
            if (type == ScalarType.Float32)
                Kernels.GroupNorm.Forward((float*)px, (float*)py, images, channels, length, num_groups, eps, w is null ? null : (float*)pw, b is null ? null : (float*)pb, (float*)pm, (float*)pr);
            else
                Kernels.GroupNorm.Forward((double*)px, (double*)py, images, channels, length, num_groups, eps, w is null ? null : (double*)pw, b is null ? null : (double*)pb, (double*)pm, (double*)pr);
        }
        Dense.Finish(y, output);
        GC.KeepAlive(x);
        GC.KeepAlive(w);
        GC.KeepAlive(b);
    }

    static (Tensor? input, Tensor? weight, Tensor? bias) Grad(Tensor grad, Tensor input, long num_groups, Tensor? weight, TensorSpec bias, double eps, Tensor mean, Tensor rstd, NeedsGrad needs)
    {
        if (GradMode.Enabled || input.Numel == 0) return Composed(grad, input, num_groups, weight, bias, eps, needs);
        ScalarType type = mean.DType;
        Tensor g = Dense.Of(grad, type), x = Dense.Of(input, type);
        Tensor? w = Dense.OrNull(weight, type);
        (long images, long channels, long length) = NativeBatchNorm.Layout(input);
        Tensor? dx = needs[0] ? Tensor.Allocate(input.SizesRef, type) : null;
        Tensor? dw = needs[1] ? Tensor.Allocate([channels], type) : null, db = needs[2] ? Tensor.Allocate([channels], type) : null;
        fixed (byte* pg = &g.Reference, px = &x.Reference, pm = &mean.Reference, pr = &rstd.Reference, pw = &(w ?? x).Reference,
            pdx = &(dx ?? x).Reference, pdw = &(dw ?? x).Reference, pdb = &(db ?? x).Reference)
        {
            if (type == ScalarType.Float32)
                Kernels.GroupNorm.Backward((float*)pg, (float*)px, images, channels, length, num_groups, (float*)pm, (float*)pr, w is null ? null : (float*)pw,
                    dx is null ? null : (float*)pdx, dw is null ? null : (float*)pdw, db is null ? null : (float*)pdb);
            else
                Kernels.GroupNorm.Backward((double*)pg, (double*)px, images, channels, length, num_groups, (double*)pm, (double*)pr, w is null ? null : (double*)pw,
                    dx is null ? null : (double*)pdx, dw is null ? null : (double*)pdw, db is null ? null : (double*)pdb);
        }
        GC.KeepAlive(g);
        GC.KeepAlive(x);
        GC.KeepAlive(w);
        return (dx?.to(input.DType), dw?.to(weight!.DType), db?.to(bias.DType));
    }

    // With differentiable ops, for derivatives of derivatives.
    private static (Tensor? input, Tensor? weight, Tensor? bias) Composed(Tensor grad, Tensor input, long groups, Tensor? weight, TensorSpec bias, double eps, NeedsGrad needs)
    {
        var channel = Size.Repeat(1, input.Rank).With(1, input.Sizes[1]);
        long[] others = Enumerable.Range(0, input.Rank).Where(d => d != 1).Select(d => (long)d).ToArray();
        Size rows = [input.Sizes[0], groups, input.Numel / Math.Max(1, input.Sizes[0] * groups)];
        Tensor x = Reshape.Call(input, rows), centered = x - x.mean(-1, keepdim: true);
        Tensor rstd = (centered * centered).mean(-1, keepdim: true).add(eps).rsqrt(), normal = centered * rstd;
        Tensor? dx = null, dw = null, db = null;
        if (needs[0])
        {
            Tensor g = Reshape.Call(weight is null ? grad : grad * weight.reshape(channel), rows);
            dx = Reshape.Call(rstd * (g - g.mean(-1, keepdim: true) - normal * (g * normal).mean(-1, keepdim: true)), input.SizesRef);
        }
        if (needs[1]) dw = (grad * Reshape.Call(normal, input.SizesRef)).sum(others);
        if (needs[2]) db = grad.sum(others);
        return (dx?.to(input.DType), dw?.to(weight!.DType), db?.to(bias.DType));
    }
}

[CompositeOp("group_norm", Method = false)]
internal static partial class GroupNorm
{
    /// <summary>Normalises each of <paramref name="num_groups"/> groups of channels of each image, then scales and shifts the channels.</summary>
    static Tensor Compose(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5, bool cudnn_enabled = true)
    {
        long channels = input.Rank > 1 ? input.Sizes[1] : input.Sizes[Check.Dim(1, input.Rank)];
        Check.That(num_groups > 0, $"Expected num groups to be greater than 0, got {num_groups}");
        Check.That(channels % num_groups == 0, $"Expected number of channels in input to be divisible by num_groups, but got input of shape {input.SizesRef.Brackets()} and num_groups={num_groups}");
        RequireChannels(weight, "weight", input, channels);
        RequireChannels(bias, "bias", input, channels);
        return NativeGroupNorm.Call(input, num_groups, weight, bias, eps).output;
    }

    private static void RequireChannels(Tensor? parameter, string name, Tensor input, long channels) =>
        Check.That(parameter is null || (parameter.Rank == 1 && parameter.Numel == channels),
            $"Expected {name} to be a vector of size equal to the number of channels in input, but got {name} of shape {parameter?.SizesRef.Brackets()} and input of shape {input.SizesRef.Brackets()}");
}

[CompositeOp("group_norm", In = "torch.nn.functional", Method = false)]
internal static partial class FunctionalGroupNorm
{
    /// <summary>Normalises each of <paramref name="num_groups"/> groups of channels of each image, then scales and shifts the channels.</summary>
    static Tensor Compose(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
    {
        if (input.Rank < 2) throw new TorchException($"Expected at least 2 dimensions for input tensor but received {input.Rank}");
        long values = input.Sizes[0] * input.Sizes[1] / Math.Max(1, num_groups);
        for (int i = 2; i < input.Rank; i++) values *= input.Sizes[i];
        if (values == 1) throw new ArgumentException($"Expected more than 1 value per channel when training, got input size {input.SizesRef.Brackets()}");
        return GroupNorm.Call(input, num_groups, weight, bias, eps);
    }
}
