namespace Facula.Ops;

[TensorOp("mv")]
internal static partial class Mv
{
    /// <summary>The product of a matrix and a vector.</summary>
    static TensorSpec Infer(Tensor input, Tensor vec)
    {
        AddMv.RequireFit(input, vec);
        Products.RequireSameType(input, vec);
        return new([input.Sizes[0]], input.DType, input.device);
    }

    static void Compute(Tensor input, Tensor vec, Tensor result) => Products.MultiplyVector("addmv_impl_cpu", input, vec, result);

    static Tensor GradInput(Tensor grad, Tensor vec) => Outer.Call(grad, vec.conj());

    static Tensor GradVec(Tensor grad, Tensor input) => Mv.Call(MatrixTranspose.Adjoint(input), grad);
}
