namespace Facula.Ops;

/// <summary>Whether a number has a place in a dtype; PyTorch refuses to fill with one that has none.</summary>
internal static class NumberRange
{
    /// <summary>Throws when the value of the 0-dim tensor lies beyond the dtype.</summary>
    internal static void Require(Tensor value, ScalarType dtype)
    {
        if (value.DType != dtype) Require(value.GetElement(0), dtype);
    }

    /// <summary>Throws when the number lies beyond the dtype. Negative integers wrap round in unsigned dtypes, infinities and NaN are floats.</summary>
    internal static void Require(Scalar value, ScalarType dtype)
    {
        if (!Fits(value, dtype)) throw new TorchException($"value cannot be converted to type {Name(dtype)} without overflow");
    }

    private static string Name(ScalarType dtype) => dtype == ScalarType.Float16 || dtype == ScalarType.BFloat16 ? "at::" + dtype.LegacyName : dtype.CName();

    internal static bool Fits(Scalar value, ScalarType dtype)
    {
        if (dtype == ScalarType.Bool) return true;
        if (value.IsComplex)
        {
            System.Numerics.Complex number = value.ToComplex();
            return dtype.is_complex ? FitsFloat(number.Real, dtype) && FitsFloat(number.Imaginary, dtype) : number.Imaginary == 0 && Fits(number.Real, dtype);
        }
        if (!dtype.IsIntegral) return FitsFloat(value.ToDouble(), dtype);
        // Powers of two, so that the bounds are exact as doubles, too.
        int bits = 8 * dtype.itemsize;
        bool signed = dtype != ScalarType.Byte;
        double above = double.ScaleB(1, signed ? bits - 1 : bits);
        if (value.IsIntegral)
        {
            long number = value.ToInt64();
            return bits == 64 || (number < above && number >= -above && (signed || number > -above));
        }
        double real = value.ToDouble();
        return real < above && real >= (signed ? -above : 0);
    }

    private static bool FitsFloat(double value, ScalarType dtype) =>
        !double.IsFinite(value) || Math.Abs(value) <= Largest(dtype.Code);

    private static double Largest(TypeCode code) => code switch
    {
        TypeCode.Float16 => (double)Half.MaxValue,
        TypeCode.BFloat16 => (double)BFloat16.MaxValue,
        TypeCode.Float32 or TypeCode.Complex64 => float.MaxValue,
        _ => double.MaxValue,
    };
}
