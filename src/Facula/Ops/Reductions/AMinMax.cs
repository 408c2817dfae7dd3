namespace Facula.Ops;

[TensorOp("aminmax")]
internal static partial class AMinMax
{
    /// <summary>Returns the smallest and the largest element, over all elements or along <paramref name="dim"/>.</summary>
    static (TensorSpec min, TensorSpec max) Infer(Tensor input, long? dim = null, bool keepdim = false)
    {
        ulong mask = Reduce.Mask(input, dim, "aminmax");
        if (dim is null) Check.That(input.Numel != 0, $"aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.");
        else Reduce.RequireElements("aminmax", input, dim);
        Size size = input.Rank == 0 && dim is not null && keepdim ? [1] : Reduce.Shape(input, mask, keepdim);
        var spec = new TensorSpec(size, input.DType, input.device);
        return (spec, spec);
    }

    static void CheckOut(Tensor input, (Tensor min, Tensor max) @out)
    {
        Check.That(input.DType == @out.min.DType, $"Expected out tensor to have dtype {input.DType.CName()}, but got {@out.min.DType.CName()} instead");
        Check.That(input.DType == @out.max.DType, $"Expected out tensor to have dtype {input.DType.CName()}, but got {@out.max.DType.CName()} instead");
    }

    static void Compute(Tensor input, long? dim, bool keepdim, Tensor min, Tensor max)
    {
        ulong mask = Reduce.Mask(input, dim, "aminmax");
        if (dim is null && Reduce.Range(input, min, max)) return;
        Reduce.Extreme("aminmax", false, input, mask, min);
        Reduce.Extreme("aminmax", true, input, mask, max);
    }

    static Tensor? GradInput(Tensor? grad, Tensor? gradMax, Tensor input, Tensor min, Tensor max, long? dim, bool keepdim)
    {
        Tensor? least = grad is null ? null : Reduce.ShareAmongEqual(grad, input, min, dim, keepdim);
        if (gradMax is null) return least;
        Tensor greatest = Reduce.ShareAmongEqual(gradMax, input, max, dim, keepdim);
        return least is null ? greatest : least + greatest;
    }
}
