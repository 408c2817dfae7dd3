namespace Facula.Ops;

[CompositeOp("bilinear", In = "torch.nn.functional", Method = false)]
[Alias("torch.bilinear", Method = false)]
internal static partial class Bilinear
{
    /// <summary>x1ᵀ · weight[k] · x2 + bias[k].</summary>
    static Tensor Compose(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null)
    {
        Check.That(input1.Rank == input2.Rank, $"bilinear(): input dimensions do not match: got {input1.Rank} and {input2.Rank}");
        for (int i = 0; i < input1.Rank - 1; i++)
            Check.That(input1.Sizes[i] == input2.Sizes[i], $"bilinear(): input batch dimensions do not match at dim {i}: got {input1.Sizes[i]} and {input2.Sizes[i]}");
        Check.That(input1.Sizes[^1] == weight.Sizes[1], $"bilinear(): input1 size does not match weight size: got {input1.Sizes[^1]} but expected {weight.Sizes[1]}");
        Check.That(input2.Sizes[^1] == weight.Sizes[2], $"bilinear(): input2 size does not match weight size: got {input2.Sizes[^1]} but expected {weight.Sizes[2]}");
        Check.That(bias is null || bias.Sizes[0] == weight.Sizes[0], $"bilinear(): bias size does not match weight size: got {bias?.Sizes[0]} but expected {weight.Sizes[0]}");
        long outputs = weight.Sizes[0], first = weight.Sizes[1], second = weight.Sizes[2], rows = 1;
        for (int i = 0; i < input1.Rank - 1; i++) rows *= input1.Sizes[i];
        Tensor x1 = Reshape.Call(input1, [rows, first]), x2 = Reshape.Call(input2, [rows, second]);
        // [row, first] · [first, output·second], then each row's dot products with x2.
        Tensor half = Reshape.Call(Mm.Call(x1, Reshape.Call(weight.permute(1, 0, 2), [first, outputs * second])), [rows, outputs, second]);
        Tensor result = Reshape.Call(Bmm.Call(half, Unsqueeze.Call(x2, 2)), input1.SizesRef.With(input1.Rank - 1, outputs));
        return bias is null ? result : result + bias;
    }
}
