namespace Facula.Ops;

[ViewOp("matrix_transpose", Public = false, Node = "TransposeBackward0")]
internal static partial class MatrixTranspose
{
    /// <summary>A view with the last two dimensions exchanged.</summary>
    static ViewSpec Infer(Tensor input)
    {
        int last = input.Rank - 1;
        return new(input.SizesRef.Exchanged(last - 1, last), input.StridesRef.Exchanged(last - 1, last), input.Offset);
    }

    static Tensor GradInput(Tensor grad) => MatrixTranspose.Call(grad);

    /// <summary>The conjugate transpose of each matrix.</summary>
    internal static Tensor Adjoint(Tensor input) => MatrixTranspose.Call(input.conj());
}
