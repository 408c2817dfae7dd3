namespace Facula.Ops;

[CompositeOp("instance_norm", Method = false)]
internal static partial class InstanceNorm
{
    /// <summary>Normalises each channel of each image by its own statistics, then scales and shifts.</summary>
    static Tensor Compose(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, double momentum, double eps, bool cudnn_enabled = true)
    {
        Check.That(use_input_stats || (running_mean is not null && running_var is not null), $"Expected running_mean and running_var to be defined when use_input_stats is false");
        long images = input.Sizes[0], channels = input.Sizes[1];
        // Every image's channel is a channel of one image.
        Size joined = input.SizesRef.With(0, 1).With(1, images * channels);
        Tensor? mean = Repeated(running_mean?.detach(), images), variance = Repeated(running_var?.detach(), images);
        Tensor result = NativeBatchNorm.Call(Reshape.Call(input, joined), Repeated(weight, images), Repeated(bias, images), mean, variance, use_input_stats, momentum, eps).output;
        if (use_input_stats)
        {
            if (running_mean is not null) running_mean.CopyRaw(mean!.view(images, channels).mean(0));
            if (running_var is not null) running_var.CopyRaw(variance!.view(images, channels).mean(0));
        }
        return View.Call(result, input.SizesRef);
    }

    private static Tensor? Repeated(Tensor? parameter, long times) =>
        parameter is null ? null : Reshape.Call(Expand.Call(Unsqueeze.Call(parameter, 0), [times, parameter.Numel]).contiguous(), [times * parameter.Numel]).clone();
}

[CompositeOp("instance_norm", In = "torch.nn.functional", Method = false)]
internal static partial class FunctionalInstanceNorm
{
    /// <summary>Normalises each channel of each image by its own statistics (or the running ones), then scales and shifts.</summary>
    static Tensor Compose(Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null, bool use_input_stats = true, double momentum = 0.1, double eps = 1e-5)
    {
        if (use_input_stats)
        {
            long positions = 1;
            for (int i = 2; i < input.Rank; i++) positions *= input.Sizes[i];
            if (positions == 1) throw new ArgumentException($"Expected more than 1 spatial element when training, got input size {input.SizesRef}");
        }
        return InstanceNorm.Call(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps);
    }
}
