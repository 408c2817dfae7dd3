namespace Facula.Ops;

[TensorOp("bmm")]
internal static partial class Bmm
{
    /// <summary>The products of the matrices of two batches of equal length.</summary>
    static TensorSpec Infer(Tensor input, Tensor mat2)
    {
        RequireBatches(input, mat2);
        Products.RequireSameType(input, mat2);
        return new([input.Sizes[0], input.Sizes[1], mat2.Sizes[2]], input.DType, input.device);
    }

    internal static void RequireBatches(Tensor batch1, Tensor batch2)
    {
        Check.That(batch1.Rank == 3, $"batch1 must be a 3D tensor");
        Check.That(batch2.Rank == 3, $"batch2 must be a 3D tensor");
        Check.That(batch2.Sizes[0] == batch1.Sizes[0] && batch2.Sizes[1] == batch1.Sizes[2],
            $"Expected size for first two dimensions of batch2 tensor to be: [{batch1.Sizes[0]}, {batch1.Sizes[2]}] but got: [{batch2.Sizes[0]}, {batch2.Sizes[1]}].");
    }

    static void Compute(Tensor input, Tensor mat2, Tensor result) => Products.Multiply("bmm", input, mat2, result);

    static Tensor GradInput(Tensor grad, Tensor mat2) => Bmm.Call(grad, MatrixTranspose.Adjoint(mat2));

    static Tensor GradMat2(Tensor grad, Tensor input) => Bmm.Call(MatrixTranspose.Adjoint(input), grad);
}
