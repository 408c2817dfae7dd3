namespace Facula.Ops;

[TensorOp("clone", Out = false, TakesConjugates = true)]
internal static partial class Clone
{
    /// <summary>A copy of the tensor; keeps the strides of a dense tensor unless another <paramref name="memory_format"/> is asked for.</summary>
    static TensorSpec Infer(Tensor input, MemoryFormat? memory_format = null) => TensorSpec.Like(input).WithStrides((memory_format ?? preserve_format).DenseStrides(input));

    static void Compute(Tensor input, MemoryFormat? memory_format, Tensor result) => Copying.Copy(input, result);

    static Tensor GradInput(Tensor grad) => grad;
}

[TensorOp("copy", Public = false, InPlace = true, Out = false, Node = "CopyBackwards", TakesConjugates = true)]
internal static partial class Copy
{
    /// <summary>The elements of <paramref name="src"/>, broadcast and converted, in place of the input's.</summary>
    static TensorSpec Infer(Tensor input, Tensor src)
    {
        Expand.Of(src, input.SizesRef);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, Tensor src, Tensor result) => Copying.Copy(src, result);

    static Tensor GradInput(Tensor grad) => torch.zeros_like(grad);

    static Tensor GradSrc(Tensor grad, TensorSpec src) =>
        grad.DType == src.DType ? grad : (grad.DType.is_complex && !src.DType.is_complex ? torch.real(grad) : grad).to(src.DType);
}

[TensorOp("to_copy", Public = false, Out = false, Node = "ToCopyBackward0", TakesConjugates = true)]
internal static partial class ToCopy
{
    /// <summary>A copy in another dtype or on another device.</summary>
    static TensorSpec Infer(Tensor input, ScalarType dtype, Device device) => new TensorSpec(input.SizesRef, dtype, device).WithStrides(preserve_format.DenseStrides(input));

    static void Compute(Tensor input, ScalarType dtype, Device device, Tensor result) => Copying.Copy(input, result);

    static Tensor GradInput(Tensor grad, TensorSpec input) =>
        (grad.DType.is_complex && !input.DType.is_complex ? torch.real(grad) : grad).to(input.DType);
}

[TensorOp("fill", Function = false, Method = false, InPlace = true, Shares = Sharing.Anything, Out = false, Public = false)]
internal static partial class Fill
{
    /// <summary>The input's shape filled with one value.</summary>
    static TensorSpec Infer(Tensor input, Tensor value)
    {
        Check.That(value.Rank == 0, $"fill_ only supports 0-dimension value tensor but got tensor with {value.Rank} dimensions.");
        NumberRange.Require(value, input.DType);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, Tensor value, Tensor result) => Copying.Copy(value, result);

    static Tensor GradInput(Tensor grad) => torch.zeros_like(grad);

    static Tensor GradValue(Tensor grad) => grad.sum();
}

