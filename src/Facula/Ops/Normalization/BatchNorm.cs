using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("native_batch_norm", Method = false, Out = false)]
internal static unsafe partial class NativeBatchNorm
{
    /// <summary>Normalises each channel by its batch statistics (training) or the running ones, then scales and shifts; training updates the running statistics.</summary>
    static (TensorSpec output, TensorSpec save_mean, TensorSpec save_invstd) Infer(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, double momentum, double eps)
    {
        long channels = input.Rank > 1 ? input.Sizes[1] : 0;
        if (!training)
        {
            Check.That(running_mean is not null, $"running_mean must be defined in evaluation mode");
            Check.That(running_var is not null, $"running_var must be defined in evaluation mode");
        }
        RequireLength(running_mean, "running_mean", channels);
        RequireLength(running_var, "running_var", channels);
        RequireLength(weight, "weight", channels);
        RequireLength(bias, "bias", channels);
        if (!input.DType.is_floating_point) throw TypeSwitch.NotImplemented("batch_norm", input.DType);
        ScalarType type = input.DType.IsLowPrecision ? (weight ?? running_mean)?.DType ?? input.DType : input.DType;
        var statistics = new TensorSpec([training ? channels : 0], type, input.device);
        return (TensorSpec.Like(input), statistics, statistics);
    }

    private static void RequireLength(Tensor? parameter, string name, long channels) =>
        Check.That(parameter is null || parameter.Numel == channels, $"{name} should contain {channels} elements not {parameter?.Numel}");

    static void Compute(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, double momentum, double eps, Tensor output, Tensor save_mean, Tensor save_invstd)
    {
        if (Elementwise.Arithmetic(input.DType) == ScalarType.Float32) Run<float>(input, weight, bias, running_mean, running_var, training, momentum, eps, output, save_mean, save_invstd);
        else Run<double>(input, weight, bias, running_mean, running_var, training, momentum, eps, output, save_mean, save_invstd);
    }

    private static void Run<T>(Tensor input, Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVar, bool training, double momentum, double eps, Tensor output, Tensor saveMean, Tensor saveInvstd)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ScalarType type = ScalarType.Of(typeof(T));
        Tensor x = Dense.Of(input, type), y = Dense.Target(output, type);
        Tensor? w = Dense.OrNull(weight, type), b = Dense.OrNull(bias, type);
        (long images, long channels, long length) = Layout(input);
        Tensor mean = Tensor.Allocate([channels], ScalarType.Float64), invstd = Tensor.Allocate([channels], ScalarType.Float64);
        fixed (byte* px = &x.Reference, py = &y.Reference, pw = &(w ?? x).Reference, pb = &(b ?? x).Reference, pm = &mean.Reference, pi = &invstd.Reference)
        {
            double* m = (double*)pm, s = (double*)pi;
            T* scale = w is null ? null : (T*)pw, shift = b is null ? null : (T*)pb;
            if (training && images * length > 0)
            {
                Tensor variance = Tensor.Allocate([channels], ScalarType.Float64);
                fixed (byte* pv = &variance.Reference)
                    Kernels.BatchNorm.Train((T*)px, (T*)py, images, channels, length, eps, scale, shift, m, (double*)pv, s);
                Update(runningMean, mean, momentum);
                Update(runningVar, variance, momentum);
                saveMean.CopyRaw(mean);
                saveInvstd.CopyRaw(invstd);
            }
            else if (!training)
            {
                mean.CopyRaw(runningMean!);
                invstd.CopyRaw(runningVar!);
                for (long c = 0; c < channels; c++) s[c] = double.CreateTruncating(T.One / T.Sqrt(T.CreateTruncating(s[c]) + T.CreateTruncating(eps)));
                if (images * length > 0)
                    Kernels.BatchNorm.Apply((T*)px, (T*)py, images, channels, length, m, s, scale, shift);
            }
        }
        Dense.Finish(y, output);
        GC.KeepAlive(x);
        GC.KeepAlive(w);
        GC.KeepAlive(b);
        GC.KeepAlive(mean);
        GC.KeepAlive(invstd);
    }

    // running ← (1 − momentum) · running + momentum · statistic. No version is counted: a later training step must not spoil this one's graph.
    private static void Update(Tensor? running, Tensor statistic, double momentum)
    {
        if (running is null) return;
        for (long c = 0; c < running.Numel; c++)
        {
            long at = c * running.Strides[0];
            double next = (1 - momentum) * running.GetElement(at).ToDouble() + momentum * statistic.GetElement(c).ToDouble();
            running.SetElement(at, next);
        }
    }

    internal static (long Images, long Channels, long Length) Layout(Tensor input)
    {
        if (input.Rank < 2) return default;
        long length = 1;
        for (int i = 2; i < input.Rank; i++) length *= input.Sizes[i];
        return (input.Sizes[0], input.Sizes[1], length);
    }

    static (Tensor? input, Tensor? weight, Tensor? bias) Grad(Tensor grad, Tensor input, Tensor? weight, TensorSpec bias, Tensor? running_mean, Tensor? running_var, bool training, double eps, Tensor save_mean, Tensor save_invstd, NeedsGrad needs)
    {
        if (input.Numel == 0) return (needs[0] ? grad * 0 : null, needs[1] ? TensorSpec.Like(weight!).Zeros() : null, needs[2] ? bias.Zeros() : null);
        if (GradMode.Enabled) return Composed(grad, input, weight, bias, running_mean, running_var, training, eps, needs);
        Tensor mean = Copying.Converted(training ? save_mean : running_mean!, ScalarType.Float64);
        Tensor invstd = Copying.Converted(training ? save_invstd : running_var!, ScalarType.Float64);
        if (!training)
            for (long c = 0; c < invstd.Numel; c++) invstd.SetElement(c, 1 / Math.Sqrt(invstd.GetElement(c).ToDouble() + eps));
        ScalarType type = Elementwise.Arithmetic(input.DType);
        (Tensor? dx, Tensor? dw, Tensor? db) = type == ScalarType.Float32
            ? Backward<float>(grad, input, weight, training, mean, invstd, needs)
            : Backward<double>(grad, input, weight, training, mean, invstd, needs);
        return (dx?.to(input.DType), dw?.to(weight!.DType), db?.to(bias.DType));
    }

    private static (Tensor? Input, Tensor? Weight, Tensor? Bias) Backward<T>(Tensor grad, Tensor input, Tensor? weight, bool training, Tensor mean, Tensor invstd, NeedsGrad needs)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ScalarType type = ScalarType.Of(typeof(T));
        Tensor g = Dense.Of(grad, type), x = Dense.Of(input, type);
        Tensor? w = Dense.OrNull(weight, type);
        (long images, long channels, long length) = Layout(input);
        Tensor? dx = needs[0] ? Tensor.Allocate(input.SizesRef, type) : null;
        Tensor? dw = needs[1] ? Tensor.Allocate([channels], type) : null, db = needs[2] ? Tensor.Allocate([channels], type) : null;
        fixed (byte* pg = &g.Reference, px = &x.Reference, pw = &(w ?? x).Reference, pm = &mean.Reference, pi = &invstd.Reference,
            pdx = &(dx ?? x).Reference, pdw = &(dw ?? x).Reference, pdb = &(db ?? x).Reference)
        {
            Kernels.BatchNorm.Backward((T*)pg, (T*)px, images, channels, length, (double*)pm, (double*)pi, w is null ? null : (T*)pw, training,
                dx is null ? null : (T*)pdx, dw is null ? null : (T*)pdw, db is null ? null : (T*)pdb);
        }
        GC.KeepAlive(g);
        GC.KeepAlive(x);
        GC.KeepAlive(w);
        GC.KeepAlive(mean);
        GC.KeepAlive(invstd);
        return (dx, dw, db);
    }

    // With differentiable ops, for derivatives of derivatives.
    private static (Tensor? input, Tensor? weight, Tensor? bias) Composed(Tensor grad, Tensor input, Tensor? weight, TensorSpec bias, Tensor? runningMean, Tensor? runningVar, bool training, double eps, NeedsGrad needs)
    {
        long[] others = Enumerable.Range(0, input.Rank).Where(d => d != 1).Select(d => (long)d).ToArray();
        var channel = Size.Repeat(1, input.Rank).With(1, input.Sizes[1]);
        Tensor centered = input - (training ? input.mean(others, keepdim: true) : runningMean!.reshape(channel));
        Tensor invstd = (training ? (centered * centered).mean(others, keepdim: true) : runningVar!.reshape(channel)).add(eps).rsqrt();
        Tensor normal = centered * invstd;
        Tensor? dx = null, dw = null, db = null;
        if (needs[0])
        {
            Tensor g = grad;
            if (training) g = grad - grad.mean(others, keepdim: true) - normal * (grad * normal).mean(others, keepdim: true);
            dx = g * invstd;
            if (weight is not null) dx = dx * weight.reshape(channel);
        }
        if (needs[1]) dw = (grad * normal).sum(others);
        if (needs[2]) db = grad.sum(others);
        return (dx?.to(input.DType), dw?.to(weight!.DType), db?.to(bias.DType));
    }
}

[CompositeOp("batch_norm", Method = false)]
internal static partial class BatchNorm
{
    /// <summary>Normalises each channel by its batch statistics (training) or the running ones, then scales and shifts.</summary>
    static Tensor Compose(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, double momentum, double eps, bool cudnn_enabled = true) =>
        NativeBatchNorm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps).output;
}

[CompositeOp("batch_norm", In = "torch.nn.functional", Method = false)]
internal static partial class FunctionalBatchNorm
{
    /// <summary>Normalises each channel by its batch statistics (training) or the running ones, then scales and shifts.</summary>
    static Tensor Compose(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5)
    {
        if (training) RequireSeveral(input.SizesRef);
        return NativeBatchNorm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps).output;
    }

    private static void RequireSeveral(in Size size)
    {
        long values = size.Rank > 0 ? size[0] : 1;
        for (int i = 2; i < size.Rank; i++) values *= size[i];
        if (values == 1) throw new ArgumentException($"Expected more than 1 value per channel when training, got input size {size}");
    }
}
