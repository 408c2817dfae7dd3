using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("_linear_relu", Public = false, Out = false, Node = "ReluBackward0")]
internal static unsafe partial class LinearRelu
{
    /// <summary>max(input · weightᵀ + bias, 0), rectified while the product is stored; <paramref name="input"/> is row-major (*, K), <paramref name="weight"/> (N, K).</summary>
    static TensorSpec Infer(Tensor input, Tensor weight, Tensor bias) => TensorSpec.Like(input).WithSizes(input.SizesRef.With(input.Rank - 1, weight.Sizes[0]));

    /// <summary>Whether the product takes these; what it does not, and every error, belongs to the two operators.</summary>
    internal static bool Takes(Tensor input, Tensor weight, Tensor? bias) =>
        bias is not null && input.Rank >= 2 && weight.Rank == 2 && input.IsContiguous && input.Numel > 0 && input.Sizes[^1] == weight.Sizes[1] && bias.Numel == weight.Sizes[0]
        && input.DType == weight.DType && Products.TakesBias(bias, input.DType);

    static void Compute(Tensor input, Tensor weight, Tensor bias, Tensor result)
    {
        fixed (byte* x = &input.Reference, w = &weight.Reference, b = &bias.Reference, y = &result.Reference)
        {
            long n = weight.Sizes[0], k = weight.Sizes[1], m = input.Numel / k, row = weight.Strides[0], column = weight.Strides[1];
            if (input.DType == ScalarType.Float32)
                Gemm.Multiply((float*)x, k, 1, (float*)w, column, row, (float*)y, n, m, n, k, 1, 0, new GemmEpilogue<float> { ColumnBias = (float*)b, Relu = true });
            else
                Gemm.Multiply((double*)x, k, 1, (double*)w, column, row, (double*)y, n, m, n, k, 1, 0, new GemmEpilogue<double> { ColumnBias = (double*)b, Relu = true });
        }
        GC.KeepAlive(input);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
    }

    static (Tensor? input, Tensor? weight, Tensor? bias) Grad(Tensor grad, Tensor input, Tensor weight, Tensor result, NeedsGrad needs, GradientSum sumWeight)
    {
        long wide = weight.Sizes[0], width = weight.Sizes[1];
        Tensor rows = Reshape.Call(ThresholdBackward.Call(grad, result, 0), [-1, wide]);
        return (needs[0] ? View.Call(Mm.Call(rows, weight), input.SizesRef) : null,
            needs[1] ? Mm.Right(View.Call(input, [-1, width]), rows, TensorSpec.Like(weight), sumWeight) : null,
            needs[2] ? rows.sum(0) : null);
    }
}
