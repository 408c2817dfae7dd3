using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("prelu", Out = false)]
[Alias("torch.nn.functional.prelu")]
internal static partial class Prelu
{
    /// <summary>Returns x above zero and weight · x below, with one weight or one for each channel (dimension 1).</summary>
    static TensorSpec Infer(Tensor input, Tensor weight)
    {
        Check.That(weight.Rank <= 1, $"prelu: Expected `weight` to be a scalar or 1D tensor, but got ndim = {weight.Rank}");
        if (weight.Numel != 1)
        {
            Check.That(input.Rank > 0, $"Not allow zero-dim input tensor.");
            long channels = input.Rank > 1 ? input.Sizes[1] : 1;
            Check.That(channels == weight.Numel, $"Mismatch of parameter numbers and input channel size. Found parameter numbers = {weight.Numel} and channel size = {channels}.");
        }
        return TensorSpec.Pointwise(input);
    }

    static void Compute(Tensor input, Tensor weight, Tensor result) => Elementwise.Float<PreluKernel>(input, Spread(input, weight), result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor weight) => torch.where(input > 0, grad, Spread(input, weight) * grad);

    static Tensor GradWeight(Tensor grad, Tensor input, Tensor weight)
    {
        Tensor part = torch.where(input > 0, 0, input * grad);
        return View.Call(SumToSize.Call(part, Spread(input, weight).SizesRef), weight.SizesRef);
    }

    // The weights along dimension 1 of the input's shape.
    private static Tensor Spread(Tensor input, Tensor weight)
    {
        if (weight.Numel == 1 && weight.Rank == 0) return weight;
        Span<long> sizes = stackalloc long[input.Rank];
        sizes.Fill(1);
        if (weight.Numel != 1) sizes[1] = weight.Numel;
        return View.Call(weight.contiguous(), new Size(sizes));
    }
}
