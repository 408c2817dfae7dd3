namespace Facula.Ops;

[TensorOp("triangular_solve", Node = "TriangularSolveBackward0")]
internal static partial class TriangularSolve
{
    /// <summary>The solutions of A·X = <paramref name="input"/> for triangular A, and a copy of A.</summary>
    static (TensorSpec solution, TensorSpec cloned_coefficient) Infer(Tensor input, Tensor A, bool upper = true, bool transpose = false, bool unitriangular = false)
    {
        Check.That(input.Rank >= 2, $"torch.triangular_solve: Expected b to have at least 2 dimensions, but it has {input.Rank} dimensions instead");
        Check.That(A.Rank >= 2, $"torch.triangular_solve: Expected A to have at least 2 dimensions, but it has {A.Rank} dimensions instead");
        Matrices.RequireSolvable("triangular_solve", input, A);
        Size batch = Broadcasting.Shape(Matrices.Batch(input), Matrices.Batch(A));
        return (new(batch.Concat(input.Sizes[^2..]), A.DType, A.device), new(batch.Concat(A.Sizes[^2..]), A.DType, A.device));
    }

    static void Compute(Tensor input, Tensor A, bool upper, bool transpose, bool unitriangular, Tensor solution, Tensor cloned_coefficient)
    {
        Copying.Copy(A, cloned_coefficient);
        Tensor matrix = A.detach();
        solution.CopyRaw(SolveTriangular.Call(transpose ? MatrixTranspose.Call(matrix) : matrix, input.detach(), upper != transpose, true, unitriangular));
    }

    static (Tensor? input, Tensor? A) Grad(Tensor? grad, Tensor? gradClonedCoefficient, Tensor A, bool upper, bool transpose, bool unitriangular, Tensor solution, NeedsGrad needs)
    {
        if (grad is null) return (null, gradClonedCoefficient);
        Tensor conjugate = A.conj();
        Tensor right = SolveTriangular.Call(transpose ? conjugate : MatrixTranspose.Call(conjugate), grad, upper == transpose, true, unitriangular);
        if (!needs[1]) return (right, null);
        Tensor full = transpose
            ? Matrices.Product(solution.conj(), MatrixTranspose.Call(right))
            : Matrices.Product(right, Matrices.Adjoint(solution));
        int edge = unitriangular ? 1 : 0;
        Tensor part = -(upper ? Triu.Call(full, edge) : Tril.Call(full, -edge));
        return (right, gradClonedCoefficient is null ? part : part + gradClonedCoefficient);
    }
}
