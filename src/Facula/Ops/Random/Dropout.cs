namespace Facula.Ops;

/// <summary>The dropout family: noise drawn as PyTorch draws it.</summary>
internal static class DropoutNoise
{
    internal static void CheckProbability(double p) =>
        Check.That(p is >= 0 and <= 1, $"dropout probability has to be between 0 and 1, but got {PythonText.Float(p)}");

    /// <summary>Zeroes elements, or with <paramref name="channels"/> whole channels; alpha dropout keeps mean and variance of SELU's outputs.</summary>
    internal static Tensor Apply(Tensor input, double p, bool training, bool inplace, bool channels, bool alpha)
    {
        if (p is < 0 or > 1) throw new ArgumentException($"dropout probability has to be between 0 and 1, but got {PythonText.Float(p)}");
        if (p == 0 || !training || input.Numel == 0) return input;
        if (p == 1)
        {
            Tensor zero = torch.zeros_like(input).detach();
            return inplace ? input.mul_(zero) : input * zero;
        }
        // Row-major whatever the input's order: PyTorch draws in the order of the indices here.
        Tensor noise = Tensor.Allocate(channels ? ChannelShape(input) : input.SizesRef, input.DType, input.device);
        if (!alpha)
        {
            if (input.DType == ScalarType.Float32 || input.DType == ScalarType.Float64) Draw.Raw(noise, null, new Draw.ScaledBernoulliDraw(1 - p));
            else Draw.Raw(noise, null, new Draw.BernoulliDraw(1 - p)).div_(1 - p);
            return inplace ? input.mul_(noise) : input * noise;
        }
        Draw.Raw(noise, null, new Draw.BernoulliDraw(1 - p));
        const double Alpha = 1.7580993408473766;
        double a = 1 / Math.Sqrt((Alpha * Alpha * p + 1) * (1 - p));
        Tensor b = noise.add(-1).mul_(Alpha * a).add_(Alpha * a * p);
        noise.mul_(a);
        return inplace ? input.mul_(noise).add_(b) : input * noise + b;
    }

    private static Size ChannelShape(Tensor input)
    {
        Check.That(input.Rank >= 2, $"Feature dropout requires at least 2 dimensions in the input");
        return Size.Repeat(1, input.Rank).With(0, input.Sizes[0]).With(1, input.Sizes[1]);
    }
}

[CompositeOp("dropout", Method = false)]
internal static partial class Dropout
{
    /// <summary>Zeroes elements with probability <paramref name="p"/> and scales the others by 1/(1−p), when <paramref name="train"/>.</summary>
    static Tensor Compose(Tensor input, double p, bool train) => DropoutNoise.Apply(input, p, train, false, false, false);
}

[CompositeOp("dropout", In = "torch.nn.functional")]
internal static partial class FunctionalDropout
{
    /// <summary>Zeroes elements with probability <paramref name="p"/> and scales the others by 1/(1−p), in training.</summary>
    static Tensor Compose(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
        DropoutNoise.Apply(input, p, training, inplace, false, false);
}

[CompositeOp("alpha_dropout", In = "torch.nn.functional")]
internal static partial class AlphaDropout
{
    /// <summary>Dropout that keeps the mean and variance of SELU's outputs.</summary>
    static Tensor Compose(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
        DropoutNoise.Apply(input, p, training, inplace, false, true);
}

[CompositeOp("feature_alpha_dropout", In = "torch.nn.functional")]
internal static partial class FeatureAlphaDropout
{
    /// <summary>Alpha dropout of whole channels.</summary>
    static Tensor Compose(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
        DropoutNoise.Apply(input, p, training, inplace, true, true);
}

[CompositeOp("dropout1d", In = "torch.nn.functional")]
internal static partial class Dropout1d
{
    /// <summary>Dropout of whole channels of an input (N, C, L) or (C, L).</summary>
    static Tensor Compose(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
    {
        if (input.Rank is not (2 or 3))
            throw new TorchException($"dropout1d: Expected 2D or 3D input, but received a {input.Rank}D input. Note that dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs).");
        bool batched = input.Rank == 3;
        Tensor result = DropoutNoise.Apply(batched ? input : input.unsqueeze(0), p, training, inplace, true, false);
        return batched ? result : result.squeeze(0);
    }
}

[CompositeOp("dropout2d", In = "torch.nn.functional")]
internal static partial class Dropout2d
{
    /// <summary>Dropout of whole channels of an input (N, C, H, W).</summary>
    static Tensor Compose(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
    {
        if (input.Rank is not (3 or 4))
            torch.warnings.warn($"dropout2d: Received a {input.Rank}-D input to dropout2d, which is deprecated and will result in an error in a future release. To retain the behavior and silence this warning, please use dropout instead. Note that dropout2d exists to provide channel-wise dropout on inputs with 2 spatial dimensions, a channel dimension, and an optional batch dimension (i.e. 3D or 4D inputs).");
        if (input.Rank == 3)
            torch.warnings.warn("dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout behavior is desired - input is interpreted as shape (N, C, L), where C is the channel dim. This behavior will change in a future release to interpret the input as one without a batch dimension, i.e. shape (C, H, W). To maintain the 1D channel-wise dropout behavior, please switch to using dropout1d instead.");
        return DropoutNoise.Apply(input, p, training, inplace, true, false);
    }
}

[CompositeOp("dropout3d", In = "torch.nn.functional")]
internal static partial class Dropout3d
{
    /// <summary>Dropout of whole channels of an input (N, C, D, H, W) or (C, D, H, W).</summary>
    static Tensor Compose(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
    {
        if (input.Rank is not (4 or 5))
            torch.warnings.warn($"dropout3d: Received a {input.Rank}-D input to dropout3d, which is deprecated and will result in an error in a future release. To retain the behavior and silence this warning, please use dropout instead. Note that dropout3d exists to provide channel-wise dropout on inputs with 3 spatial dimensions, a channel dimension, and an optional batch dimension (i.e. 4D or 5D inputs).");
        bool batched = input.Rank == 5;
        Tensor result = DropoutNoise.Apply(batched ? input : input.unsqueeze(0), p, training, inplace, true, false);
        return batched ? result : result.squeeze(0);
    }
}
