namespace Facula.Ops;

[TensorOp("_log_softmax", Public = false, Out = false, Node = "LogSoftmaxBackward0")]
internal static partial class LogSoftmaxOp
{
    /// <summary>x − log of the sum of eˣ along a dimension.</summary>
    static TensorSpec Infer(Tensor input, long dim) => SoftmaxFamily.Infer("log_softmax", input, dim);

    static void Compute(Tensor input, long dim, Tensor result) => SoftmaxFamily.Forward(input, dim, result, logarithm: true);

    static Tensor GradInput(Tensor grad, Tensor result, long dim) => GradMode.Enabled
        ? grad - result.exp() * grad.sum(dim, keepdim: true)
        : SoftmaxFamily.Backward(grad, result, dim, logarithm: true);
}

[CompositeOp("log_softmax", Out = true)]
[Alias("torch.special.log_softmax", Method = false)]
internal static partial class LogSoftmaxComposite
{
    /// <summary>The logarithm of the softmax along <paramref name="dim"/>; with a <paramref name="dtype"/> the input is converted first.</summary>
    static Tensor Compose(Tensor input, long dim, ScalarType? dtype = null) => LogSoftmaxOp.Call(dtype is { } type ? input.to(type) : input, dim);
}

[CompositeOp("log_softmax", In = "torch.nn.functional", Method = false)]
internal static partial class FunctionalLogSoftmax
{
    /// <summary>The logarithm of the softmax along <paramref name="dim"/>; with a <paramref name="dtype"/> the input is converted first.</summary>
    static Tensor Compose(Tensor input, long? dim = null, ScalarType? dtype = null) =>
        LogSoftmaxComposite.Call(input, dim ?? SoftmaxFamily.ImplicitDim("log_softmax", input), dtype);
}
