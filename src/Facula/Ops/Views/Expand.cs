namespace Facula.Ops;

[ViewOp("expand", Function = false)]
internal static partial class Expand
{
    /// <summary>A view in which dimensions of extent 1 are repeated to <paramref name="size"/>; −1 keeps an extent.</summary>
    static ViewSpec Infer(Tensor input, [Variadic] Size size) => Of(input, size);

    internal static ViewSpec Of(Tensor input, Size size) => input.SizesRef == size ? new(size, input.StridesRef, input.Offset) : Spread(input, size);

    private static ViewSpec Spread(Tensor input, Size size)
    {
        int lead = size.Rank - input.Rank;
        Check.That(lead >= 0, $"expand(torch.{input.DType.LegacyName}Tensor{{{input.SizesRef.Brackets()}}}, size={size.Brackets()}): the number of sizes provided ({size.Rank}) must be greater or equal to the number of dimensions in the tensor ({input.Rank})");
        Span<long> sizes = stackalloc long[size.Rank], strides = stackalloc long[size.Rank];
        for (int i = size.Rank - 1; i >= 0; i--)
        {
            int d = i - lead;
            long extent = d >= 0 ? input.Sizes[d] : 1;
            long wanted = size[i];
            if (wanted == -1)
            {
                Check.That(d >= 0, $"The expanded size of the tensor ({wanted}) isn't allowed in a leading, non-existing dimension {i}");
                wanted = extent;
            }
            Check.That(wanted >= 0, $"The expanded size of the tensor ({wanted}) isn't allowed");
            if (extent != wanted && extent != 1)
                throw new TorchException($"The expanded size of the tensor ({wanted}) must match the existing size ({extent}) at non-singleton dimension {i}.  Target sizes: {size.Brackets()}.  Tensor sizes: {input.SizesRef.Brackets()}");
            sizes[i] = wanted;
            strides[i] = d < 0 || (extent == 1 && wanted != 1) ? 0 : input.Strides[d];
        }
        return new(new Size(sizes), new Size(strides), input.Offset);
    }

    static Tensor GradInput(Tensor grad, Size input) => SumToSize.Call(grad, input);
}
