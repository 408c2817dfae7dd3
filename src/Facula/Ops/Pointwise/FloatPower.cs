namespace Facula.Ops;

[CompositeOp("float_power", Out = true)]
internal static partial class FloatPower
{
    /// <summary>Raises <paramref name="input"/> to the power <paramref name="exponent"/> in float64 or complex128, broadcast.</summary>
    static Tensor Compose([OrScalar] Tensor input, [OrScalar] Tensor exponent)
    {
        ScalarType dtype = ResultType(input, exponent);
        return Pow.Call(Raise(input, dtype), Raise(exponent, dtype));
    }

    internal static ScalarType ResultType(Tensor input, Tensor exponent) =>
        input.DType.is_complex || exponent.DType.is_complex ? ScalarType.ComplexFloat64 : ScalarType.Float64;

    internal static Tensor Raise(Tensor tensor, ScalarType dtype)
    {
        if (tensor.IsWrappedNumber) return Tensor.FromNumber(dtype.is_complex ? (Scalar)tensor.item().ToComplex() : tensor.item().ToDouble());
        return tensor.to(dtype);
    }
}

[CompositeOp("float_power_")]
internal static partial class FloatPowerInPlace
{
    /// <summary>Raises the tensor, which must be float64 or complex128, to the power <paramref name="exponent"/>, in place.</summary>
    static Tensor Compose(Tensor input, [OrScalar] Tensor exponent)
    {
        ScalarType dtype = FloatPower.ResultType(input, exponent);
        Check.That(input.DType == dtype, $"the base given to float_power_ has dtype {input.DType.LegacyName} but the operation's result requires dtype {dtype.LegacyName}");
        return Pow.CallInPlace(input, FloatPower.Raise(exponent, dtype));
    }
}
