using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logsumexp")]
[Alias("torch.special.logsumexp", Method = false)]
[NumpyNames]
internal static partial class LogSumExp
{
    /// <summary>Returns the logarithm of the sum of eˣ over the dimensions in <paramref name="dim"/>, without overflow.</summary>
    static TensorSpec Infer(Tensor input, Dims dim, bool keepdim = false)
    {
        if (input.DType.is_complex) throw new TorchException($"logsumexp(): Expected floating point type for result tensor, but got: {input.DType.LegacyName}");
        return new(Reduce.Shape(input, Reduce.Mask(input, dim, "logsumexp"), keepdim), Promotion.ToFloat(input.DType), input.device);
    }

    static void Compute(Tensor input, Dims dim, bool keepdim, Tensor result)
    {
        ulong mask = Reduce.Mask(input, dim, "logsumexp");
        ScalarType type = Elementwise.Arithmetic(result.DType);
        if (type == ScalarType.Float32) Reduce.Fold<LogSumExpFold<float>, float, LogSumExpFold<float>.State, float>(default, input, mask, result, type, type);
        else Reduce.Fold<LogSumExpFold<double>, double, LogSumExpFold<double>.State, double>(default, input, mask, result, type, type);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result, Dims dim, bool keepdim) =>
        Reduce.Restore(grad, input.Rank, dim, keepdim) * (input - Reduce.Restore(result, input.Rank, dim, keepdim)).exp();
}
