namespace Facula.Ops;

[ViewOp("unsqueeze", InPlace = true)]
internal static partial class Unsqueeze
{
    /// <summary>A view with a dimension of extent 1 inserted at <paramref name="dim"/>.</summary>
    static ViewSpec Infer(Tensor input, long dim)
    {
        int at = Check.Dim(dim, input.Rank + 1);
        long stride = at < input.Rank ? input.Sizes[at] * input.Strides[at] : 1;
        return new(input.SizesRef.Insert(at, 1), input.StridesRef.Insert(at, stride), input.Offset);
    }

    static Tensor GradInput(Tensor grad, long dim) => SqueezeDim.Call(grad, dim);
}

[ViewOp("squeeze", InPlace = true, Node = "SqueezeBackward1")]
internal static partial class SqueezeDim
{
    /// <summary>A view without dimension <paramref name="dim"/> when its extent is 1.</summary>
    static ViewSpec Infer(Tensor input, long dim)
    {
        int at = Check.Dim(dim, input.Rank);
        return input.Rank == 0 || input.Sizes[at] != 1
            ? new(input.SizesRef, input.StridesRef, input.Offset)
            : new(input.SizesRef.Without(at), input.StridesRef.Without(at), input.Offset);
    }

    static Tensor GradInput(Tensor grad, Size input, long dim) =>
        input.Rank > 0 && input[Check.Dim(dim, input.Rank)] == 1 ? Unsqueeze.Call(grad, dim) : grad;
}
