using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("addr", InPlace = true, Shares = Sharing.Anything)]
internal static partial class Addr
{
    /// <summary>beta · input + alpha · the outer product of two vectors; with beta 0 the input is not read.</summary>
    static TensorSpec Infer(Tensor input, Tensor vec1, Tensor vec2, Scalar? beta = null, Scalar? alpha = null)
    {
        Check.That(vec1.Rank == 1, $"addr: Expected 1-D argument vec1, but got {vec1.Rank}-D");
        Check.That(vec2.Rank == 1, $"addr: Expected 1-D argument vec2, but got {vec2.Rank}-D");
        Products.RequireIntegralScale(beta, "beta", input.DType);
        Products.RequireIntegralScale(alpha, "alpha", input.DType);
        var size = new Size(vec1.Sizes[0], vec2.Sizes[0]);
        Expand.Of(input, size);
        return new(size, Promotion.ResultType(input, vec1, vec2), input.device);
    }

    static void Compute(Tensor input, Tensor vec1, Tensor vec2, Scalar? beta, Scalar? alpha, Tensor result)
    {
        Tensor column = vec1.Alias(vec1.SizesRef.Insert(1, 1), vec1.StridesRef.Insert(1, 1), vec1.Offset);
        if (result.DType.Code is TypeCode.Float32 or TypeCode.Float64 && input.DType == result.DType && vec1.DType == result.DType && vec2.DType == result.DType)
        {
            Products.MultiplyAdd("addr", input, column, vec2.Alias(vec2.SizesRef.Insert(0, 1), vec2.StridesRef.Insert(0, 0), vec2.Offset), result, alpha, beta);
            return;
        }
        Tensor addend = input;
        if (beta is { } b && b != 1 && b != 0)
        {
            addend = Tensor.Allocate(input.SizesRef, result.DType, result.device);
            Elementwise.Number<MulKernel>(input, Tensor.FromNumber(b), addend);
        }
        column = Add.Scaled(column, alpha, result.DType);
        if ((beta ?? 1) == 0)
        {
            Elementwise.Number<MulKernel>(column, vec2, result);
            return;
        }
        Tensor product = Tensor.Allocate(result.SizesRef, result.DType, result.device);
        Elementwise.Number<MulKernel>(column, vec2, product);
        Elementwise.Number<AddKernel>(addend, product, result);
    }

    static Tensor GradInput(Tensor grad, Scalar? beta) => Products.Scaled(grad, beta);

    static Tensor GradVec1(Tensor grad, Tensor vec2, Scalar? alpha) => Products.Scaled(Mv.Call(grad, vec2.conj()), alpha);

    static Tensor GradVec2(Tensor grad, Tensor vec1, Scalar? alpha) => Products.Scaled(Mv.Call(MatrixTranspose.Call(grad), vec1.conj()), alpha);
}
