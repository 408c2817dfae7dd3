using System.Numerics;

namespace Facula;

/// <summary>
/// Python's <c>:.4f</c> and <c>:.4e</c>: the exact binary value rounded half to even. (.NET's formats round exact halves away from zero.)
/// </summary>
internal static class RealText
{
    internal static string Fixed(double value, int precision)
    {
        if (NotFinite(value) is { } text) return text;
        (BigInteger numerator, BigInteger denominator) = Fraction(value);
        string digits = Round(numerator * BigInteger.Pow(10, precision), denominator).ToString().PadLeft(precision + 1, '0');
        string sign = double.IsNegative(value) ? "-" : "";
        return precision == 0 ? sign + digits : $"{sign}{digits[..^precision]}.{digits[^precision..]}";
    }

    internal static string Scientific(double value, int precision)
    {
        if (NotFinite(value) is { } text) return text;
        string sign = double.IsNegative(value) ? "-" : "";
        string digits;
        int exponent = 0;
        if (value == 0) digits = new string('0', precision + 1);
        else
        {
            (BigInteger numerator, BigInteger denominator) = Fraction(value);
            exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
            // The logarithm may be off by one near powers of ten, and rounding up may reach the next one.
            if (ComparePower(numerator, denominator, exponent) < 0) exponent--;
            digits = Digits(numerator, denominator, exponent, precision);
            if (digits.Length > precision + 1) digits = Digits(numerator, denominator, ++exponent, precision);
        }
        string mantissa = precision == 0 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string? NotFinite(double value) =>
        double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : null;

    private static string Digits(BigInteger numerator, BigInteger denominator, int exponent, int precision)
    {
        int power = precision - exponent;
        return power >= 0
            ? Round(numerator * BigInteger.Pow(10, power), denominator).ToString()
            : Round(numerator, denominator * BigInteger.Pow(10, -power)).ToString();
    }

    // Sign of value - 10^exponent.
    private static int ComparePower(BigInteger numerator, BigInteger denominator, int exponent)
    {
        BigInteger power = BigInteger.Pow(10, Math.Abs(exponent));
        return exponent >= 0 ? numerator.CompareTo(denominator * power) : (numerator * power).CompareTo(denominator);
    }

    /// <summary>|value| as a fraction, exactly.</summary>
    private static (BigInteger Numerator, BigInteger Denominator) Fraction(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52 & 0x7ff);
        long mantissa = bits & 0xfffffffffffff;
        if (exponent == 0) exponent = 1;
        else mantissa |= 1L << 52;
        exponent -= 1075;
        return exponent >= 0 ? (new BigInteger(mantissa) << exponent, BigInteger.One) : (mantissa, BigInteger.One << -exponent);
    }

    private static BigInteger Round(BigInteger numerator, BigInteger denominator)
    {
        BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger rest);
        int half = (rest * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
