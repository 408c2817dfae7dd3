using Facula.Testing.Golden;

namespace Facula.Testing;

/// <summary>
/// Some matrix functions read one triangle and mean a Hermitian matrix, or a triangular one, while their gradient is that of the whole
/// matrix. Finite differences agree with it only inside that domain, so the checks step through a projection, as PyTorch's own do.
/// </summary>
internal static class MatrixDomain
{
    /// <summary>The arguments with the matrix of such a function taken from its domain.</summary>
    internal static List<object?> Project(GoldenCase c, List<object?> arguments)
    {
        (int index, bool hermitian) = c.Name switch
        {
            "cholesky" or "linalg.cholesky" or "linalg.cholesky_ex" or "linalg.eigh" or "linalg.eigvalsh" or "symeig" => (0, true),
            "linalg.pinv" when c.Text("variant") == "hermitian" => (0, true),
            "cholesky_inverse" => (0, false),
            "cholesky_solve" => (1, false),
            _ => (-1, false),
        };
        if (index < 0) return arguments;
        bool upper = c.Keywords().Any(k => k.Name == "upper" && k.Value is true);
        return [.. arguments.Select((a, i) => i != index || a is not Tensor t ? a : hermitian ? t + t.mH : upper ? t.triu() : t.tril())];
    }
}
