namespace Facula.Ops;

[CompositeOp("norm", Out = true)]
internal static partial class Norm
{
    /// <summary>Returns the p-norm over all elements or the dimensions in <paramref name="dim"/>.</summary>
    static Tensor Compose(Tensor input, Scalar? p = null, Dims dim = default, bool keepdim = false, ScalarType? dtype = null)
    {
        Check.That((dtype ?? input.DType).IsDifferentiable, $"norm(): input dtype should be either floating point or complex dtypes. Got {input.DType.LegacyName} instead.");
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
        Check.That(p == "fro", $"only valid string values are 'fro' and 'nuc', found {p}");
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

[CompositeOp("renorm", InPlace = true, Out = true)]
internal static partial class Renorm
{
    /// <summary>Scales down each slice along <paramref name="dim"/> whose p-norm exceeds <paramref name="maxnorm"/>.</summary>
    static Tensor Compose(Tensor input, double p, long dim, double maxnorm)
    {
        Check.That(p > 0, $"renorm: non-positive-norm not supported");
        Check.That(maxnorm >= 0, $"renorm: expected maxnorm to be >= 0 but got {maxnorm}");
        Check.That(input.Rank > 1, $"renorm: input needs at least 2 dimensions, got {input.Rank} dimensions");
        int kept = Check.Dim(dim, input.Rank);
        long[] others = Enumerable.Range(0, input.Rank).Where(d => d != kept).Select(d => (long)d).ToArray();
        Tensor norm = VectorNorm.Call(input.DType.IsLowPrecision ? input.to(ScalarType.Float32) : input, p, others, keepdim: true);
        Tensor factor = Where.Call(norm.gt(maxnorm), maxnorm / (norm + 1e-7), Tensor.FromNumber(1.0));
        return input * factor.to(input.DType);
    }
}
