using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("normal", Method = false, Node = "NormalBackward3")]
internal static partial class NormalTensors
{
    /// <summary>Normal numbers with a mean and a standard deviation for each element, broadcast; their gradients are zero.</summary>
    static TensorSpec Infer(Tensor mean, Tensor std, Generator? generator = null)
    {
        Check.That(!std.DType.is_complex, $"normal expects standard deviation to be non-complex");
        Check.That(!AnyNegative(std), $"normal expects all elements of std >= 0.0");
        return new(Broadcasting.Shape(mean, std), Promotion.ResultType(mean, std), mean.device);
    }

    internal static bool AnyNegative(Tensor std) => (std.detach() < 0).any().item().ToBoolean();

    static void Compute(Tensor mean, Tensor std, Generator? generator, Tensor result) => Scaled(generator, std, mean, result);

    /// <summary>Standard numbers times std plus mean, each rounded to the result's dtype.</summary>
    internal static void Scaled(Generator? generator, Tensor std, Tensor mean, Tensor result)
    {
        Tensor standard = Draw.Raw(new TensorSpec(result.SizesRef, result.DType, result.device).Allocate(), generator, new Draw.NormalDraw(0, 1));
        result.CopyRaw(standard.mul_(std.detach()).add_(mean.detach()));
    }

    static Tensor GradMean(Tensor grad, TensorSpec mean) => mean.As(grad.DType).Zeros();

    static Tensor GradStd(Tensor grad, TensorSpec std) => std.As(grad.DType).Zeros();
}

[TensorOp("normal", Method = false, Node = "NormalBackward1")]
internal static partial class NormalMean
{
    /// <summary>Normal numbers with a mean for each element, whose gradient is zero.</summary>
    static TensorSpec Infer(Tensor mean, double std, Generator? generator = null)
    {
        Check.That(std >= 0, $"normal expects std >= 0.0, but found std {PythonText.Stream(std)}");
        return TensorSpec.Like(mean);
    }

    static void Compute(Tensor mean, double std, Generator? generator, Tensor result)
    {
        Tensor drawn = Draw.Raw(TensorSpec.Like(result).Allocate(), generator, new Draw.NormalDraw(0, std));
        result.CopyRaw(drawn.add_(mean.detach()));
    }

    static Tensor GradMean(Tensor grad) => torch.zeros_like(grad);
}

// A form of its own: with a default for std the @out: form of the above would be as good a match for normal(mean, std) as the tensors' form.
[CompositeOp("normal", Method = false)]
internal static partial class NormalUnitStd
{
    /// <summary>Normal numbers of standard deviation 1 with a mean for each element.</summary>
    static Tensor Compose(Tensor mean, Generator? generator = null) => NormalMean.Call(mean, 1, generator);
}

[TensorOp("normal", Method = false, Node = "NormalBackward2")]
internal static partial class NormalStd
{
    /// <summary>Normal numbers with a standard deviation for each element, whose gradient is zero.</summary>
    static TensorSpec Infer(double mean, Tensor std, Generator? generator = null)
    {
        Check.That(!NormalTensors.AnyNegative(std), $"normal expects all elements of std >= 0.0");
        return TensorSpec.Like(std);
    }

    static void Compute(double mean, Tensor std, Generator? generator, Tensor result) =>
        NormalTensors.Scaled(generator, std, Tensor.FromNumber(mean), result);

    static Tensor GradStd(Tensor grad) => torch.zeros_like(grad);
}
