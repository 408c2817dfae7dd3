namespace Facula.Ops;

[TensorOp("max", Out = false, Node = "MaxBackward1")]
internal static partial class MaxAll
{
    /// <summary>Returns the largest element; equal ones share the gradient.</summary>
    static TensorSpec Infer(Tensor input)
    {
        Reduce.RequireElements("max", input, default);
        return new(default, input.DType, input.device);
    }

    static void Compute(Tensor input, Tensor result) => Reduce.Extreme("max_all", true, input, Reduce.Mask(input, default, "max"), result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result) => Selections.Distribute(grad, input, result);
}

[TensorOp("max", Node = "MaxBackward0")]
[NumpyNames]
internal static partial class MaxDim
{
    /// <summary>Returns the largest elements along <paramref name="dim"/> and the places of the first of them.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, long dim, bool keepdim = false)
    {
        Size size = Selections.Shape("max", input, dim, keepdim);
        return (new(size, input.DType, input.device), new(size, ScalarType.Int64, input.device));
    }

    static void Compute(Tensor input, long dim, bool keepdim, Tensor values, Tensor indices) =>
        Reduce.ExtremeWithPlaces("max", true, input, Check.Dim(dim, input.Rank), values, indices);

    static Tensor GradInput(Tensor grad, Size input, Tensor indices, long dim, bool keepdim) => Selections.Select(grad, input, indices, dim, keepdim);
}

[CompositeOp("max", Out = true)]
internal static partial class MaxOther
{
    /// <summary>Returns the maximum of two tensors, elementwise and broadcast.</summary>
    static Tensor Compose(Tensor input, Tensor other) => Maximum.Call(input, other);
}
