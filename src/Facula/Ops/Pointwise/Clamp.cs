using System.Numerics;
using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("clamp", InPlace = true, Node = "ClampBackward1")]
[Alias("torch.clip")]
internal static partial class Clamp
{
    /// <summary>Brings each element into [<paramref name="min"/>, <paramref name="max"/>]; NaN stays.</summary>
    static TensorSpec Infer(Tensor input, Scalar? min = null, Scalar? max = null)
    {
        Check.That(min is not null || max is not null, $"torch.clamp: At least one of 'min' or 'max' must not be None");
        Check.That(!input.DType.is_complex, $"clamp is not supported for complex types");
        ScalarType dtype = input.DType;
        if (min is { } low) dtype = Promotion.Promote(dtype, Promotion.ResultType(input, low));
        if (max is { } high) dtype = Promotion.Promote(dtype, Promotion.ResultType(input, high));
        if (min is { } least) NumberRange.Require(least, dtype);
        if (max is { } most) NumberRange.Require(most, dtype);
        return TensorSpec.Pointwise(input).As(dtype);
    }

    static void Compute(Tensor input, Scalar? min, Scalar? max, Tensor result) => Into(input, min, max, result);

    /// <summary>Writes the clamped elements.</summary>
    internal static void Into(Tensor input, Scalar? min, Scalar? max, Tensor result)
    {
        if (result.DType.is_floating_point)
        {
            double least = min?.ToDouble() ?? double.NegativeInfinity, most = max?.ToDouble() ?? double.PositiveInfinity;
            // Of two bounds one that is no number makes all of the result so; a single one is none.
            if (min is not null && max is not null && (double.IsNaN(least) || double.IsNaN(most))) result.FillRaw(double.NaN);
            else Elementwise.MapFloat(new ClampMap(least, most), input, result, PointwiseGrain.Light);
        }
        else
        {
            if (result.DType == ScalarType.Bool) throw TypeSwitch.NotImplemented("clamp_scalar_kernel_impl", result.DType);
            switch (result.DType.Code)
            {
                case TypeCode.Int64: Whole<long>(input, min, max, result); break;
                case TypeCode.Int32: Whole<int>(input, min, max, result); break;
                case TypeCode.Int16: Whole<short>(input, min, max, result); break;
                case TypeCode.Int8: Whole<sbyte>(input, min, max, result); break;
                default: Whole<byte>(input, min, max, result); break;
            }
        }
    }

    private static void Whole<T>(Tensor input, Scalar? min, Scalar? max, Tensor result)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var kernel = new ClampIntegerMap<T>(min is { } low ? Bound(low.ToInt64()) : T.MinValue, max is { } high ? Bound(high.ToInt64()) : T.MaxValue);
        Elementwise.Map<ClampIntegerMap<T>, T, T>(kernel, input, result, result.DType, result.DType);

        // As PyTorch has it, a negative bound of unsigned numbers wraps.
        static T Bound(long value) => value < 0 && T.IsZero(T.MinValue) ? T.CreateTruncating(value) : T.CreateSaturating(value);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Scalar? min, Scalar? max)
    {
        if (min is { } low && max is { } high) return Derivatives.Where((input >= low).logical_and(input <= high), grad);
        return Derivatives.Where(min is { } only ? input >= only : input <= max!.Value, grad);
    }
}

[TensorOp("clamp", InPlace = true, Node = "ClampBackward0")]
[Alias("torch.clip")]
internal static partial class ClampTensor
{
    /// <summary>Brings each element into [<paramref name="min"/>, <paramref name="max"/>], which are broadcast; NaN stays.</summary>
    static TensorSpec Infer(Tensor input, Tensor? min = null, Tensor? max = null)
    {
        Check.That(min is not null || max is not null, $"torch.clamp: At least one of 'min' or 'max' must not be None");
        Check.That(!input.DType.is_complex, $"clamp is not supported for complex types");
        if (min is null) return TensorSpec.Broadcast(input, max!);
        if (max is null) return TensorSpec.Broadcast(input, min);
        Size sizes = Broadcasting.Shape(Broadcasting.Shape(input.SizesRef, min.SizesRef), max.SizesRef);
        return TensorSpec.Pointwise(sizes, Promotion.ResultType(input, min, max), input.device, input, min, max);
    }

    static void Compute(Tensor input, Tensor? min, Tensor? max, Tensor result)
    {
        if (min is not null) Elementwise.Real<MaximumKernel>(input, min, result);
        if (max is not null) Elementwise.Real<MinimumKernel>(min is null ? input : result, max, result);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor? min, Tensor? max)
    {
        if (min is not null && max is not null) return Derivatives.Where((input >= min).logical_and(input <= max), grad);
        return Derivatives.Where(min is not null ? input >= min : input <= max!, grad);
    }

    static Tensor GradMin(Tensor grad, Tensor input, Tensor? min, Tensor? max)
    {
        Tensor below = input < min!;
        return Derivatives.Where(max is null ? below : below.logical_and(min! < max), grad);
    }

    static Tensor GradMax(Tensor grad, Tensor input, Tensor? min, Tensor? max)
    {
        Tensor above = input > max!;
        return Derivatives.Where(min is null ? above : above.logical_or(max! < min), grad);
    }
}
