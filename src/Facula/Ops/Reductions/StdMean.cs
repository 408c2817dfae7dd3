namespace Facula.Ops;

[TensorOp("std_mean", Out = false, Method = false)]
[NumpyNames]
internal static partial class StdMean
{
    /// <summary>Returns the standard deviation and the mean, over all dimensions or those in <paramref name="dim"/>.</summary>
    static (TensorSpec std, TensorSpec mean) Infer(Tensor input, Dims dim = default, bool? unbiased = null, bool keepdim = false, double? correction = null)
    {
        TensorSpec spec = Spread.Infer("std_mean", input, dim, keepdim);
        return (spec, spec.As(input.DType));
    }

    static void Compute(Tensor input, Dims dim, bool? unbiased, bool keepdim, double? correction, Tensor std, Tensor mean)
    {
        Spread.Compute(input, dim, Spread.Correction(unbiased, correction), true, std);
        mean.CopyRaw(Mean.Call(input.detach(), dim, keepdim));
    }

    static Tensor GradInput(Tensor? grad, Tensor? gradMean, Tensor input, Tensor std, Dims dim, bool? unbiased, bool keepdim, double? correction)
    {
        Tensor? total = grad is null ? null : Spread.Gradient(Spread.OfRoot(grad, std), input, dim, keepdim, Spread.Correction(unbiased, correction));
        if (gradMean is null) return total!;
        Tensor mean = Reduce.Unreduce(gradMean * (1.0 / Reduce.Count(input.SizesRef, dim)), input.SizesRef, dim, keepdim);
        return total is null ? mean : total + mean;
    }
}

[CompositeOp("std_mean", Method = false)]
internal static partial class StdMeanAll
{
    /// <summary>Returns the standard deviation and the mean of all elements.</summary>
    static (Tensor std, Tensor mean) Compose(Tensor input, bool unbiased) => StdMean.Call(input, default, unbiased);
}
