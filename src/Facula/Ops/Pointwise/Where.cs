using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("where", Method = false, Out = false)]
internal static partial class Where
{
    /// <summary>Returns the elements of <paramref name="input"/> where <paramref name="condition"/> holds and those of <paramref name="other"/> elsewhere, broadcast.</summary>
    static TensorSpec Infer(Tensor condition, [OrScalar] Tensor input, [OrScalar] Tensor other)
    {
        RequireMask(condition, "where");
        Size sizes = Broadcasting.Shape(input, other);
        if (sizes != condition.SizesRef) sizes = Broadcasting.Shape(condition.SizesRef, sizes);
        ScalarType dtype = Promotion.ResultType(input, other);
        if (input.IsWrappedNumber) NumberRange.Require(input, dtype);
        if (other.IsWrappedNumber) NumberRange.Require(other, dtype);
        return TensorSpec.Pointwise(sizes, dtype, TensorSpec.CommonDevice(input, other), condition, input, other);
    }

    static void Compute(Tensor condition, Tensor input, Tensor other, Tensor result)
    {
        var choice = new Choice { Condition = condition, Input = input, Other = other, Result = result };
        TypeSwitch.Width(result.DType, ref choice);
    }

    static Tensor GradInput(Tensor grad, Tensor condition) => Derivatives.Where(condition, grad);

    static Tensor GradOther(Tensor grad, Tensor condition) => Call(condition, Tensor.FromNumber(0), grad);

    internal static void RequireMask(Tensor condition, string op)
    {
        if (condition.DType == ScalarType.Byte) torch.warnings.warn($"{op} received a uint8 condition tensor. This behavior is deprecated and will be removed in a future version of PyTorch. Use a boolean condition instead.");
        else Check.That(condition.DType == ScalarType.Bool, $"{op} expected condition to be a boolean tensor, but got a tensor with dtype {condition.DType.LegacyName}");
    }

    private struct Choice : ITypeAction
    {
        public Tensor Condition, Input, Other, Result;

        public readonly void Run<T>() where T : unmanaged
        {
            Elementwise.Zip3<ChoiceKernel<T>, byte, T>(default, Condition, Elementwise.Cast(Input, Result.DType), Elementwise.Cast(Other, Result.DType), Result,
                Condition.DType, Result.DType);
        }
    }
}

[CompositeOp("where", Method = false)]
internal static partial class WhereCoordinates
{
    /// <summary>The coordinates of the elements where <paramref name="condition"/> holds, one vector for each dimension.</summary>
    static Tensor[] Compose(Tensor condition) => NonzeroTuple.Call(condition, as_tuple: true);
}

[CompositeOp("where", Function = false)]
internal static partial class WhereMethod
{
    /// <summary>Returns the elements of the tensor where <paramref name="condition"/> holds and those of <paramref name="other"/> elsewhere, broadcast.</summary>
    static Tensor Compose(Tensor input, Tensor condition, [OrScalar] Tensor other) => Where.Call(condition, input, other);
}
