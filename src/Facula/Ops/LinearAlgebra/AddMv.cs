namespace Facula.Ops;

[TensorOp("addmv", InPlace = true, Shares = Sharing.Anything)]
internal static partial class AddMv
{
    /// <summary>beta · input + alpha · mat · vec; with beta 0 the input is not read.</summary>
    static TensorSpec Infer(Tensor input, Tensor mat, Tensor vec, Scalar? beta = null, Scalar? alpha = null)
    {
        RequireFit(mat, vec, input);
        Products.RequireSameType(mat, vec);
        Products.RequireSameType(mat, input);
        return new([mat.Sizes[0]], mat.DType, mat.device);
    }

    internal static void RequireFit(Tensor mat, Tensor vec, Tensor? input = null)
    {
        Check.That(mat.Rank == 2 && vec.Rank == 1 && (input is null || input.Rank <= 1),
            $"vector + matrix @ vector expected, got {input?.Rank ?? 1}, {mat.Rank}, {vec.Rank}");
        Check.That(mat.Sizes[1] == vec.Sizes[0] && (input is null || input.Numel == mat.Sizes[0] || input.Numel == 1),
            $"size mismatch, got {(input is null || input.Rank == 0 ? mat.Sizes[0] : input.Sizes[0])}, {Products.Dims(mat)},{vec.Sizes[0]}");
    }

    static void Compute(Tensor input, Tensor mat, Tensor vec, Scalar? beta, Scalar? alpha, Tensor result)
    {
        AddMm.AddTo(input, result, beta);
        Products.MultiplyVector("addmv_impl_cpu", mat, vec, result, alpha, beta ?? 1);
    }

    static Tensor GradInput(Tensor grad, Scalar? beta) => Products.Scaled(grad, beta);

    static Tensor GradMat(Tensor grad, Tensor vec, Scalar? alpha) => Products.Scaled(Outer.Call(grad, vec.conj()), alpha);

    static Tensor GradVec(Tensor grad, Tensor mat, Scalar? alpha) => Products.Scaled(Mv.Call(MatrixTranspose.Adjoint(mat), grad), alpha);
}
