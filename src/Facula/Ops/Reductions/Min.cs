namespace Facula.Ops;

[TensorOp("min", Out = false, Node = "MinBackward1")]
internal static partial class MinAll
{
    /// <summary>Returns the smallest element; equal ones share the gradient.</summary>
    static TensorSpec Infer(Tensor input)
    {
        Reduce.RequireElements("min", input, default);
        return new(default, input.DType, input.device);
    }

    static void Compute(Tensor input, Tensor result) => Reduce.Extreme("min_all", false, input, Reduce.Mask(input, default, "min"), result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result) => Selections.Distribute(grad, input, result);
}

[TensorOp("min", Node = "MinBackward0")]
[NumpyNames]
internal static partial class MinDim
{
    /// <summary>Returns the smallest elements along <paramref name="dim"/> and the places of the first of them.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, long dim, bool keepdim = false)
    {
        Size size = Selections.Shape("min", input, dim, keepdim);
        return (new(size, input.DType, input.device), new(size, ScalarType.Int64, input.device));
    }

    static void Compute(Tensor input, long dim, bool keepdim, Tensor values, Tensor indices) =>
        Reduce.ExtremeWithPlaces("min", false, input, Check.Dim(dim, input.Rank), values, indices);

    static Tensor GradInput(Tensor grad, Size input, Tensor indices, long dim, bool keepdim) => Selections.Select(grad, input, indices, dim, keepdim);
}

[CompositeOp("min", Out = true)]
internal static partial class MinOther
{
    /// <summary>Returns the minimum of two tensors, elementwise and broadcast.</summary>
    static Tensor Compose(Tensor input, Tensor other) => Minimum.Call(input, other);
}
