namespace Facula.Ops;

[TensorOp("symeig_vectors", Public = false, Node = "SymeigBackward0")]
internal static partial class SymEigVectors
{
    /// <summary>Eigenvalues, ascending, and eigenvectors of Hermitian matrices (the vectors empty unless <paramref name="vectors"/>).</summary>
    static (TensorSpec eigenvalues, TensorSpec eigenvectors) Infer(Tensor input, bool vectors, bool upper)
    {
        Matrices.RequireSquare("linalg.symeig", input);
        return (Matrices.Real(Matrices.Spec(input, [input.Sizes[^1]])), vectors ? TensorSpec.Like(input) : new([0], input.DType, input.device));
    }

    static void Compute(Tensor input, bool vectors, bool upper, Tensor eigenvalues, Tensor eigenvectors)
    {
        if (vectors)
        {
            var found = Eigh.Call(input.detach(), upper ? "U" : "L");
            eigenvalues.CopyRaw(found.eigenvalues);
            eigenvectors.CopyRaw(found.eigenvectors);
        }
        else eigenvalues.CopyRaw(EighValues.Call(input.detach(), upper));
    }

    static Tensor GradInput(Tensor? grad, Tensor? gradEigenvectors, bool vectors, Tensor eigenvalues, Tensor eigenvectors)
    {
        Check.That(vectors, $"linalg_eigh_backward: torch.symeig(A, eigenvectors=False) is not differentiable. Use torch.linalg.eigvalsh(A) instead.");
        return Eigh.Gradient(grad, gradEigenvectors, eigenvalues, eigenvectors);
    }
}

[CompositeOp("symeig", Out = true)]
internal static partial class SymEig
{
    /// <summary>The eigenvalues, ascending, and with <paramref name="eigenvectors"/> the eigenvectors of each Hermitian matrix, of which one triangle is read.</summary>
    static (Tensor eigenvalues, Tensor eigenvectors) Compose(Tensor input, bool eigenvectors = false, bool upper = true) => SymEigVectors.Call(input, eigenvectors, upper);
}
