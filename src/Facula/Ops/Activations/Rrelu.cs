using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("rrelu_with_noise", Public = false, InPlace = true, Out = false)]
internal static partial class RreluWithNoise
{
    /// <summary>input · noise; without noise the leaky relu of the given slope.</summary>
    static TensorSpec Infer(Tensor input, Tensor? noise, double slope) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, Tensor? noise, double slope, Tensor result)
    {
        if (noise is null) Elementwise.Body(new LeakyReluBody(slope), input, result, "rrelu_with_noise_out_cpu", PointwiseGrain.Light);
        else Elementwise.Number<MulKernel>(input, noise, result);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor? noise, double slope) =>
        noise is null ? LeakyReluBackward.Call(grad, input, slope) : RreluWithNoiseBackward.Call(grad, input, noise);

    /// <summary>In training a slope from [lower, upper) for each element that is not positive, drawn in the elements' order.</summary>
    internal static unsafe Tensor? Noise(Tensor input, double lower, double upper, bool training)
    {
        Check.That(lower <= upper, $"Lower bound should be less than or equal to the upper bound");
        if (!training) return null;
        ScalarType type = input.DType == ScalarType.Float64 ? input.DType : ScalarType.Float32;
        Tensor values = Dense.Of(input, type), noise = Tensor.Allocate(input.SizesRef, type);
        RandomStream stream = Generator.Default.Stream;
        fixed (byte* v = &values.Reference, n = &noise.Reference)
        {
            lock (stream)
            {
                if (type == ScalarType.Float64) RandomFill.Slopes(stream, (double*)v, (double*)n, values.Numel, lower, upper);
                else RandomFill.Slopes(stream, (float*)v, (float*)n, values.Numel, lower, upper);
            }
        }
        GC.KeepAlive(values);
        return Elementwise.Cast(noise, input.DType);
    }
}

[TensorOp("rrelu_with_noise_backward", Public = false, Out = false)]
internal static partial class RreluWithNoiseBackward
{
    /// <summary>The gradient through the slopes that were drawn.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input, Tensor noise) => TensorSpec.Pointwise(gradOutput);

    static void Compute(Tensor gradOutput, Tensor input, Tensor noise, Tensor result) => Elementwise.Number<MulKernel>(gradOutput, noise, result);

    static Tensor GradGradOutput(Tensor grad, Tensor noise) => grad * noise;

    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);
}

[CompositeOp("rrelu", Method = false)]
internal static partial class Rrelu
{
    /// <summary>Returns x above zero and slope · x below, with random slopes in training and their mean otherwise.</summary>
    static Tensor Compose(Tensor input, double lower = 1.0 / 8, double upper = 1.0 / 3, bool training = false) =>
        RreluWithNoise.Call(input, RreluWithNoise.Noise(input, lower, upper, training), (lower + upper) / 2);
}

[CompositeOp("rrelu_", Method = false)]
internal static partial class RreluInPlace
{
    /// <summary>Multiplies the elements below zero by a slope, in place: random in training, the mean otherwise.</summary>
    static Tensor Compose(Tensor input, double lower = 1.0 / 8, double upper = 1.0 / 3, bool training = false) =>
        RreluWithNoise.CallInPlace(input, RreluWithNoise.Noise(input, lower, upper, training), (lower + upper) / 2);
}

[CompositeOp("rrelu", In = "torch.nn.functional")]
internal static partial class RreluFunction
{
    /// <summary>Returns x above zero and slope · x below, with random slopes in training and their mean otherwise; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, double lower = 1.0 / 8, double upper = 1.0 / 3, bool training = false, bool inplace = false) =>
        inplace ? RreluInPlace.Call(input, lower, upper, training) : Rrelu.Call(input, lower, upper, training);
}

[CompositeOp("rrelu_", In = "torch.nn.functional")]
internal static partial class RreluInPlaceFunction
{
    /// <summary>Multiplies the elements below zero by a slope, in place: random in training, the mean otherwise.</summary>
    static Tensor Compose(Tensor input, double lower = 1.0 / 8, double upper = 1.0 / 3, bool training = false) =>
        RreluInPlace.Call(input, lower, upper, training);
}
