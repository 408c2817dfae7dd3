using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("pow", InPlace = true)]
internal static partial class Pow
{
    /// <summary>Raises <paramref name="input"/> to the power <paramref name="exponent"/>, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor exponent)
    {
        TensorSpec spec = TensorSpec.Broadcast(input, exponent);
        if (exponent.IsWrappedNumber && spec.DType.IsIntegral)
            Check.That(exponent.item().ToInt64() >= 0, $"Integers to negative integer powers are not allowed.");
        if (exponent.IsWrappedNumber) NumberRange.Require(exponent, spec.DType);
        if (spec.DType == ScalarType.Bool && !exponent.IsWrappedNumber) throw TypeSwitch.NotImplemented("pow", spec.DType);
        return spec;
    }

    static string NodeName(Tensor input, Tensor exponent) =>
        exponent.IsWrappedNumber ? "PowBackward0" : input.IsWrappedNumber ? "PowBackward2" : "PowBackward1";

    static void Compute(Tensor input, Tensor exponent, Tensor result)
    {
        if (exponent.IsWrappedNumber && exponent.item() is { IsComplex: false } number && Compute(input, number.ToDouble(), result)) return;
        if (input.IsWrappedNumber && result.DType.is_floating_point && input.item() == 2) Elementwise.Float<Exp2Kernel>(exponent, result);
        else if (result.DType.IsDifferentiable) Elementwise.FloatOrComplex<PowKernel>(input, exponent, result);
        else Elementwise.Integer<IntegerPowKernel>(input, exponent, result);
    }

    // Powers with a shorter way.
    private static bool Compute(Tensor input, double power, Tensor result)
    {
        if (result.DType == ScalarType.Bool) return false;
        switch (power)
        {
            case 1: Copying.Copy(input, result); return true;
            case 2: Elementwise.Number<SquareKernel>(input, result); return true;
            case 3: Elementwise.Number<CubeKernel>(input, result); return true;
        }
        if (!result.DType.is_floating_point) return false;
        switch (power)
        {
            case 0.5: Elementwise.Float<SqrtKernel>(input, result); return true;
            case -0.5: Elementwise.Float<RsqrtKernel>(input, result); return true;
            case -1: Elementwise.Float<ReciprocalKernel>(input, result); return true;
        }
        return false;
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor exponent)
    {
        if (!exponent.IsWrappedNumber) return torch.where(exponent == 0, 0, grad * (exponent * input.pow(exponent - 1)).conj());
        Scalar power = exponent.item();
        if (power == 0) return Derivatives.Zeros(grad);
        if (power == 1) return grad;
        if (power == 2) return grad * (2 * input).conj();
        Scalar less = power.IsComplex ? power.ToComplex() - 1 : power.IsFloat ? (Scalar)(power.ToDouble() - 1) : power.ToInt64() - 1;
        return grad * (power * input.pow(less)).conj();
    }

    // 0 to a power that is not negative does not move with the power.
    static Tensor GradExponent(Tensor grad, Tensor input, Tensor exponent, Tensor result)
    {
        Tensor still = exponent.is_complex()
            ? (torch.imag(exponent) == 0).logical_and(torch.real(exponent) >= 0)
            : exponent >= 0;
        return torch.where((input == 0).logical_and(still), 0, grad * (result * LogOf(input, result)).conj());
    }

    private static Tensor LogOf(Tensor input, Tensor result) => input.IsWrappedNumber ? input.to(result.dtype).log() : input.log();
}
