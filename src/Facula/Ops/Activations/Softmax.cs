namespace Facula.Ops;

[TensorOp("_softmax", Public = false, Out = false, Node = "SoftmaxBackward0")]
internal static partial class SoftmaxOp
{
    /// <summary>eˣ divided by the sum of eˣ along a dimension.</summary>
    static TensorSpec Infer(Tensor input, long dim) => SoftmaxFamily.Infer("softmax", input, dim);

    static void Compute(Tensor input, long dim, Tensor result) => SoftmaxFamily.Forward(input, dim, result, logarithm: false);

    static Tensor GradInput(Tensor grad, Tensor result, long dim) => GradMode.Enabled
        ? (grad - (grad * result).sum(dim, keepdim: true)) * result
        : SoftmaxFamily.Backward(grad, result, dim, logarithm: false);
}

[CompositeOp("softmax", Out = true)]
[Alias("torch.special.softmax", Method = false)]
internal static partial class SoftmaxComposite
{
    /// <summary>eˣ divided by the sum of eˣ along <paramref name="dim"/>; with a <paramref name="dtype"/> the input is converted first.</summary>
    static Tensor Compose(Tensor input, long dim, ScalarType? dtype = null) => SoftmaxOp.Call(dtype is { } type ? input.to(type) : input, dim);
}

[CompositeOp("softmax", In = "torch.nn.functional", Method = false)]
internal static partial class FunctionalSoftmax
{
    /// <summary>eˣ divided by the sum of eˣ along <paramref name="dim"/>; with a <paramref name="dtype"/> the input is converted first.</summary>
    static Tensor Compose(Tensor input, long? dim = null, ScalarType? dtype = null) =>
        SoftmaxComposite.Call(input, dim ?? SoftmaxFamily.ImplicitDim("softmax", input), dtype);
}

[CompositeOp("softmin", In = "torch.nn.functional", Method = false)]
internal static partial class Softmin
{
    /// <summary>The softmax of −x along <paramref name="dim"/>.</summary>
    static Tensor Compose(Tensor input, long? dim = null, ScalarType? dtype = null) =>
        SoftmaxComposite.Call(-input, dim ?? SoftmaxFamily.ImplicitDim("softmin", input), dtype);
}
