namespace Facula.Ops;

[CompositeOp("linear", In = "torch.nn.functional", Method = false, Out = true)]
internal static partial class Linear
{
    /// <summary>input · weightᵀ + bias.</summary>
    static Tensor Compose(Tensor input, Tensor weight, Tensor? bias = null)
    {
        Tensor transposed = weight.Rank == 2 ? MatrixTranspose.Call(weight) : weight;
        if (bias is null) return MatMul.Call(input, transposed);
        if (weight.Rank == 2 && input.Rank == 2) return AddMm.Call(bias, input, transposed);
        if (weight.Rank == 2 && input.Rank > 2 && input.IsContiguous && input.Numel > 0)
        {
            Tensor rows = View.Call(input, [input.Numel / input.Sizes[^1], input.Sizes[^1]]);
            return View.Call(AddMm.Call(bias, rows, transposed), input.SizesRef.With(input.Rank - 1, weight.Sizes[0]));
        }
        return MatMul.Call(input, transposed) + bias;
    }
}
