namespace Facula.Ops;

[TensorOp("addbmm", InPlace = true, Shares = Sharing.Anything)]
internal static partial class AddBmm
{
    /// <summary>beta · input + alpha · the sum of the products of the matrices of two batches.</summary>
    static TensorSpec Infer(Tensor input, Tensor batch1, Tensor batch2, Scalar? beta = null, Scalar? alpha = null)
    {
        Check.That(batch1.Rank == 3, $"batch1 must be a 3D tensor");
        Check.That(batch2.Rank == 3, $"batch2 must be a 3D tensor");
        Check.That(batch1.Sizes[0] == batch2.Sizes[0], $"batch1 and batch2 must have same number of batches, got {batch1.Sizes[0]} and {batch2.Sizes[0]}");
        Check.That(batch1.Sizes[2] == batch2.Sizes[1], $"Incompatible matrix sizes for bmm ({Products.Dims(batch1)} and {Products.Dims(batch2)})");
        Products.RequireSameType(batch1, batch2);
        Products.RequireSameType(batch1, input);
        var size = new Size(batch1.Sizes[1], batch2.Sizes[2]);
        Expand.Of(input, size);
        return new(size, batch1.DType, batch1.device);
    }

    static void Compute(Tensor input, Tensor batch1, Tensor batch2, Scalar? beta, Scalar? alpha, Tensor result)
    {
        AddMm.AddTo(input, result, beta);
        if (batch1.Sizes[0] == 0)
        {
            if ((beta ?? 1) == 0) result.FillRaw(0);
            else if (beta is { } b && b != 1) Elementwise.Number<Facula.Kernels.MulKernel>(result, Tensor.FromNumber(b), result);
            return;
        }
        for (long i = 0; i < batch1.Sizes[0]; i++)
        {
            Tensor left = batch1.Alias(batch1.SizesRef.Without(0), batch1.StridesRef.Without(0), batch1.Offset + i * batch1.Strides[0]);
            Tensor right = batch2.Alias(batch2.SizesRef.Without(0), batch2.StridesRef.Without(0), batch2.Offset + i * batch2.Strides[0]);
            Products.MultiplyScaled("addmm_impl_cpu_", left, right, result, alpha, i == 0 ? beta ?? 1 : 1);
        }
    }

    static Tensor GradInput(Tensor grad, Scalar? beta) => Products.Scaled(grad, beta);

    static Tensor GradBatch1(Tensor grad, Size batch1, Tensor batch2, Scalar? alpha) =>
        Products.Scaled(Bmm.Call(Spread(grad, batch1[0]), MatrixTranspose.Adjoint(batch2)), alpha);

    static Tensor GradBatch2(Tensor grad, Tensor batch1, Scalar? alpha) =>
        Products.Scaled(Bmm.Call(MatrixTranspose.Adjoint(batch1), Spread(grad, batch1.Sizes[0])), alpha);

    private static Tensor Spread(Tensor grad, long count) => Expand.Call(grad, grad.SizesRef.Insert(0, count));
}
