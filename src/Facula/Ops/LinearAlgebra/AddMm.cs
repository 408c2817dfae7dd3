namespace Facula.Ops;

[TensorOp("addmm", InPlace = true, Shares = Sharing.Anything)]
internal static partial class AddMm
{
    /// <summary>beta · input + alpha · mat1 · mat2; with beta 0 the input is not read.</summary>
    static TensorSpec Infer(Tensor input, Tensor mat1, Tensor mat2, Scalar? beta = null, Scalar? alpha = null)
    {
        Check.That(mat1.Rank == 2, $"mat1 must be a matrix, got {mat1.Rank}-D tensor");
        Check.That(mat2.Rank == 2, $"mat2 must be a matrix, got {mat2.Rank}-D tensor");
        Mm.RequireFit(mat1, mat2);
        Products.RequireSameType(mat1, mat2);
        Check.That(input.DType == mat2.DType, $"self and mat2 must have the same dtype");
        Size size = Mm.Shape(mat1, mat2);
        Expand.Of(input, size);
        return new(size, mat1.DType, mat1.device);
    }

    static void Compute(Tensor input, Tensor mat1, Tensor mat2, Scalar? beta, Scalar? alpha, Tensor result)
    {
        // A row vector with beta 1 is a layer's bias: added while the product is stored.
        if ((beta is null || beta == 1) && input.Rank == 1 && input.Numel == result.Sizes[1] && Products.TakesBias(input, result.DType))
        {
            if (alpha is null) Products.Multiply("addmm_impl_cpu_", mat1, mat2, result, bias: input);
            else Products.MultiplyScaled("addmm_impl_cpu_", mat1, mat2, result, alpha, null, bias: input);
            return;
        }
        Products.MultiplyAdd("addmm_impl_cpu_", input, mat1, mat2, result, alpha, beta);
    }

    /// <summary>The addend, broadcast into the result before a product is added to it.</summary>
    internal static void AddTo(Tensor input, Tensor result, Scalar? beta)
    {
        if (!ReferenceEquals(input, result) && (beta ?? 1) != 0) result.CopyRaw(input);
    }

    static Tensor GradInput(Tensor grad, Scalar? beta) => Products.Scaled(grad, beta);

    static Tensor? GradMat1(Tensor grad, Tensor mat2, Scalar? alpha, GradientSum sum) =>
        alpha is { } a && a != 1 ? Products.Scaled(Mm.Call(grad, MatrixTranspose.Adjoint(mat2)), a) : Mm.Left(grad, mat2, sum);

    static Tensor? GradMat2(Tensor grad, Tensor mat1, TensorSpec mat2, Scalar? alpha, GradientSum sum) =>
        alpha is { } a && a != 1 ? Products.Scaled(Mm.Right(grad, mat1, mat2), a) : Mm.Right(grad, mat1, mat2, sum);
}
