namespace Facula.Ops;

[TensorOp("baddbmm", InPlace = true, Shares = Sharing.Anything)]
internal static partial class BaddBmm
{
    /// <summary>beta · input + alpha · the products of the matrices of two batches; with beta 0 the input is not read.</summary>
    static TensorSpec Infer(Tensor input, Tensor batch1, Tensor batch2, Scalar? beta = null, Scalar? alpha = null)
    {
        Bmm.RequireBatches(batch1, batch2);
        Products.RequireSameType(batch1, batch2);
        Check.That(input.DType == batch1.DType, $"Input dtypes must be the same, got: input {input.DType.LegacyName}, batch1: {batch1.DType.LegacyName}, batch2: {batch2.DType.LegacyName}");
        var size = new Size(batch1.Sizes[0], batch1.Sizes[1], batch2.Sizes[2]);
        Expand.Of(input, size);
        return new(size, batch1.DType, batch1.device);
    }

    static void Compute(Tensor input, Tensor batch1, Tensor batch2, Scalar? beta, Scalar? alpha, Tensor result)
    {
        AddMm.AddTo(input, result, beta);
        Products.MultiplyScaled("baddbmm", batch1, batch2, result, alpha, beta ?? 1);
    }

    static Tensor GradInput(Tensor grad, Scalar? beta) => Products.Scaled(grad, beta);

    static Tensor GradBatch1(Tensor grad, Tensor batch2, Scalar? alpha) => Products.Scaled(Bmm.Call(grad, MatrixTranspose.Adjoint(batch2)), alpha);

    static Tensor GradBatch2(Tensor grad, Tensor batch1, Scalar? alpha) => Products.Scaled(Bmm.Call(MatrixTranspose.Adjoint(batch1), grad), alpha);
}
