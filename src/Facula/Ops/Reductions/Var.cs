using Facula.Kernels;

namespace Facula.Ops;

/// <summary>What variance and standard deviation share.</summary>
internal static class Spread
{
    internal static TensorSpec Infer(string op, Tensor input, Dims dim, bool keepdim)
    {
        Check.That(input.DType.IsDifferentiable, $"std and var only support floating point and complex dtypes");
        return new(Reduce.Shape(input, Reduce.Mask(input, dim, op), keepdim), input.DType.ToReal(), input.device);
    }

    internal static double Correction(bool? unbiased, double? correction) => correction ?? (unbiased == false ? 0 : 1);

    internal static void Compute(Tensor input, Dims dim, double correction, bool root, Tensor result)
    {
        ulong mask = Reduce.Mask(input, dim, "var");
        if (!input.DType.is_complex)
        {
            Reduce.Variance(input, mask, correction, root, result);
            return;
        }
        // The variance of a complex variable is that of its real and of its imaginary part.
        Tensor plain = input.detach(), other = Tensor.Allocate(result.SizesRef, result.DType, result.device);
        Reduce.Variance(torch.real(plain), mask, correction, false, result);
        Reduce.Variance(torch.imag(plain), mask, correction, false, other);
        Elementwise.Number<AddKernel>(result, other, result);
        if (root) Elementwise.Float<SqrtKernel>(result, result);
    }

    internal static Tensor Gradient(Tensor grad, Tensor input, Dims dim, bool keepdim, double correction)
    {
        double freedom = Reduce.Count(input.SizesRef, dim) - correction;
        Tensor spread = Reduce.Restore(grad, input.Rank, dim, keepdim);
        return spread * (2.0 / freedom) * (input - input.mean(Reduce.All(dim, input.Rank), keepdim: true));
    }

    /// <summary>d√v = dv / (2·√v), nothing where the deviation is 0.</summary>
    internal static Tensor OfRoot(Tensor grad, Tensor result) => (grad / (result * 2)).masked_fill(result.eq(0), 0);
}

[TensorOp("var")]
[NumpyNames]
internal static partial class Var
{
    /// <summary>Returns the variance, over all dimensions or those in <paramref name="dim"/>: Σ (x − mean)² / (n − <paramref name="correction"/>); unbiased means 1, otherwise 0.</summary>
    static TensorSpec Infer(Tensor input, Dims dim = default, bool? unbiased = null, bool keepdim = false, double? correction = null) => Spread.Infer("var", input, dim, keepdim);

    static void Compute(Tensor input, Dims dim, bool? unbiased, bool keepdim, double? correction, Tensor result) =>
        Spread.Compute(input, dim, Spread.Correction(unbiased, correction), false, result);

    static Tensor GradInput(Tensor grad, Tensor input, Dims dim, bool? unbiased, bool keepdim, double? correction) =>
        Spread.Gradient(grad, input, dim, keepdim, Spread.Correction(unbiased, correction));
}

[CompositeOp("var", Out = true)]
internal static partial class VarAll
{
    /// <summary>Returns the variance of all elements; with <paramref name="unbiased"/> the divisor is n − 1.</summary>
    static Tensor Compose(Tensor input, bool unbiased) => Var.Call(input, default, unbiased);
}
