namespace Facula.Ops;

[TensorOp("var_mean", Out = false, Method = false)]
[NumpyNames]
internal static partial class VarMean
{
    /// <summary>Returns the variance and the mean, over all dimensions or those in <paramref name="dim"/>.</summary>
    static (TensorSpec var, TensorSpec mean) Infer(Tensor input, Dims dim = default, bool? unbiased = null, bool keepdim = false, double? correction = null)
    {
        TensorSpec spec = Spread.Infer("var_mean", input, dim, keepdim);
        return (spec, spec.As(input.DType));
    }

    static void Compute(Tensor input, Dims dim, bool? unbiased, bool keepdim, double? correction, Tensor var, Tensor mean)
    {
        Spread.Compute(input, dim, Spread.Correction(unbiased, correction), false, var);
        mean.CopyRaw(Mean.Call(input.detach(), dim, keepdim));
    }

    static Tensor GradInput(Tensor? grad, Tensor? gradMean, Tensor input, Dims dim, bool? unbiased, bool keepdim, double? correction)
    {
        Tensor? total = grad is null ? null : Spread.Gradient(grad, input, dim, keepdim, Spread.Correction(unbiased, correction));
        if (gradMean is null) return total!;
        Tensor mean = Reduce.Unreduce(gradMean * (1.0 / Reduce.Count(input.SizesRef, dim)), input.SizesRef, dim, keepdim);
        return total is null ? mean : total + mean;
    }
}

[CompositeOp("var_mean", Method = false)]
internal static partial class VarMeanAll
{
    /// <summary>Returns the variance and the mean of all elements.</summary>
    static (Tensor var, Tensor mean) Compose(Tensor input, bool unbiased) => VarMean.Call(input, default, unbiased);
}
