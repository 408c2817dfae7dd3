namespace Facula.Ops;

[CompositeOp("norm", Out = true)]
internal static partial class Norm
{
    /// <summary>Returns the p-norm over all elements or the dimensions in <paramref name="dim"/>.</summary>
    static Tensor Compose(Tensor input, Scalar? p = null, Dims dim = default, bool keepdim = false, ScalarType? dtype = null)
    {
        Check.That((dtype ?? input.DType).IsDifferentiable, $"norm(): input dtype should be either floating point or complex. Got {input.DType.LegacyName} instead.");
        return VectorNorm.Call(dtype is { } type ? input.to(type) : input, p ?? 2, dim, keepdim);
    }
}

[CompositeOp("norm", Out = true)]
internal static partial class NormNamed
{
    /// <summary>Returns the Frobenius (<c>fro</c>) or nuclear (<c>nuc</c>) norm.</summary>
    static Tensor Compose(Tensor input, string p, Dims dim = default, bool keepdim = false, ScalarType? dtype = null)
    {
        if (dtype is { } type) input = input.to(type);
        Check.That(p is "fro" or "nuc", $"only valid string values are 'fro' and 'nuc', found {p}");
        if (p == "nuc")
        {
            if (dim.IsNone) Check.That(input.Rank == 2, $"Expected a tensor with 2 dimensions, but got a tensor with {input.Rank} dimension{(input.Rank == 1 ? "" : "s")} instead.");
            else Check.That(dim.Count == 2, $"nuclear norm requires a 'dim' argument of size 2");
            return dim.IsNone
                ? MatrixNorms.Nuclear(input, 0, 1, keepdim)
                : MatrixNorms.Nuclear(input, Check.Dim(dim[0], input.Rank), Check.Dim(dim[1], input.Rank), keepdim);
        }
        Check.That(dim.Count <= 2, $"Expected at most 2 dimensions, but got {dim.Count} dimensions instead.");
        return Norm.Call(input, 2, dim, keepdim);
    }
}

[CompositeOp("dist")]
internal static partial class Dist
{
    /// <summary>Returns the p-norm of <paramref name="input"/> − <paramref name="other"/>.</summary>
    static Tensor Compose(Tensor input, Tensor other, Scalar? p = null) => VectorNorm.Call(input - other, p ?? 2);
}
