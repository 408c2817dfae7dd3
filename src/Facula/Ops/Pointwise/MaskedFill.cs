namespace Facula.Ops;

[TensorOp("masked_fill", InPlace = true, Shares = Sharing.Anything, Out = false)]
internal static partial class MaskedFill
{
    /// <summary>Replaces the elements of <paramref name="input"/> where <paramref name="mask"/> holds by <paramref name="value"/>, a number or a 0-dim tensor.</summary>
    static TensorSpec Infer(Tensor input, Tensor mask, [OrScalar] Tensor value)
    {
        Check.That(value.Rank == 0, $"masked_fill only supports a 0-dimensional value tensor, but got tensor with {value.Rank} dimension(s).");
        if (mask.DType == ScalarType.Byte) torch.warnings.warn("masked_fill_ received a mask with dtype torch.uint8, this behavior is now deprecated,please use a mask with dtype torch.bool instead.");
        else Check.That(mask.DType == ScalarType.Bool, $"masked_fill_ only supports boolean masks, but got mask with dtype {mask.DType}");
        NumberRange.Require(value, input.DType);
        Size sizes = Broadcasting.Shape(input.SizesRef, mask.SizesRef);
        return sizes == input.SizesRef ? TensorSpec.Pointwise(input) : TensorSpec.Like(input).WithSizes(sizes);
    }

    static string NodeName(Tensor value) => value.IsWrappedNumber ? "MaskedFillBackward0" : "MaskedFillBackward1";

    static void Compute(Tensor input, Tensor mask, Tensor value, Tensor result) => Fill(input, mask, value, result);

    /// <summary>Writes the input and, where the mask holds, the one element of <paramref name="value"/>.</summary>
    internal static void Fill(Tensor input, Tensor mask, Tensor value, Tensor result)
    {
        var choice = new Choice { Input = input, Mask = mask, Value = Elementwise.Cast(value, input.DType), Result = result };
        TypeSwitch.Width(result.DType, ref choice);
    }

    static Tensor GradInput(Tensor grad, Tensor mask) => Where.Call(mask, Tensor.FromNumber(0), grad);

    static Tensor GradValue(Tensor grad, Tensor mask) => Derivatives.Where(mask, grad).sum();

    private struct Choice : ITypeAction
    {
        public Tensor Input, Mask, Value, Result;

        public readonly void Run<T>() where T : unmanaged =>
            Elementwise.Zip3<Facula.Kernels.ChoiceKernel<T>, byte, T>(default, Mask, Value, Input, Result, Mask.DType, Result.DType);
    }
}
