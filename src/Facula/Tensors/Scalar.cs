using System.Globalization;
using System.Numerics;

namespace Facula;

/// <summary>A Python number: bool, int (64 bits), float (double) or complex; numbers convert to it implicitly.</summary>
public readonly struct Scalar : IEquatable<Scalar>, ISpanFormattable
{
    private enum Kind : byte { Int, Bool, Float, Complex }

    private readonly Kind _kind;
    private readonly long _bits;        // the integer, or those of the real part
    private readonly double _imaginary;

    private Scalar(Kind kind, long bits, double imaginary = 0)
    {
        _kind = kind;
        _bits = bits;
        _imaginary = imaginary;
    }

    private long Integer => IsIntegral ? _bits : 0;

    private double Real => IsIntegral ? _bits : BitConverter.Int64BitsToDouble(_bits);

    public static implicit operator Scalar(bool value) => new(Kind.Bool, value ? 1 : 0);
    public static implicit operator Scalar(byte value) => (long)value;
    public static implicit operator Scalar(sbyte value) => (long)value;
    public static implicit operator Scalar(short value) => (long)value;
    public static implicit operator Scalar(int value) => (long)value;
    public static implicit operator Scalar(long value) => new(Kind.Int, value);
    public static implicit operator Scalar(float value) => (double)value;
    public static implicit operator Scalar(double value) => new(Kind.Float, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Scalar(Half value) => (double)value;
    public static implicit operator Scalar(BFloat16 value) => (double)(float)value;
    public static implicit operator Scalar(Complex value) => new(Kind.Complex, BitConverter.DoubleToInt64Bits(value.Real), value.Imaginary);
    public static implicit operator Scalar(Complex64 value) => (Complex)value;

    public static explicit operator double(Scalar value) => value.ToDouble();
    public static explicit operator float(Scalar value) => (float)value.ToDouble();
    public static explicit operator long(Scalar value) => value.ToInt64();
    public static explicit operator int(Scalar value) => checked((int)value.ToInt64());
    public static explicit operator bool(Scalar value) => value.ToBoolean();
    public static explicit operator Complex(Scalar value) => value.ToComplex();

    /// <summary>The dtype that stands for the number in type promotion: bool, int64, float64 or complex128.</summary>
    public ScalarType Type => _kind switch
    {
        Kind.Bool => ScalarType.Bool,
        Kind.Int => ScalarType.Int64,
        Kind.Float => ScalarType.Float64,
        _ => ScalarType.ComplexFloat64,
    };

    internal bool IsBool => _kind == Kind.Bool;
    internal bool IsInteger => _kind == Kind.Int;
    internal bool IsIntegral => _kind is Kind.Int or Kind.Bool;
    internal bool IsFloat => _kind == Kind.Float;
    internal bool IsComplex => _kind == Kind.Complex;

    /// <summary>The value as a double; complex numbers must be real.</summary>
    public double ToDouble() => _kind == Kind.Complex && _imaginary != 0
        ? throw new TorchException("value cannot be converted to type double without overflow")
        : Real;

    /// <summary>The value as a float.</summary>
    public float ToSingle() => (float)ToDouble();

    /// <summary>The value as a 64-bit integer, fractions cut off.</summary>
    public long ToInt64() => _kind switch
    {
        Kind.Int or Kind.Bool => Integer,
        _ => (long)ToDouble(),
    };

    /// <summary>The value as a 32-bit integer, fractions cut off.</summary>
    public int ToInt32() => checked((int)ToInt64());

    /// <summary>Whether the value is not zero.</summary>
    public bool ToBoolean() => _kind switch
    {
        Kind.Int or Kind.Bool => Integer != 0,
        _ => Real != 0 || _imaginary != 0,
    };

    /// <summary>The value as a complex number.</summary>
    public Complex ToComplex() => new(Real, _imaginary);

    public static Scalar operator -(Scalar value) => value._kind switch
    {
        Kind.Int or Kind.Bool => -value.Integer,
        Kind.Float => -value.Real,
        _ => -value.ToComplex(),
    };

    public static Scalar operator *(Scalar left, Scalar right)
    {
        if (left.IsComplex || right.IsComplex) return left.ToComplex() * right.ToComplex();
        if (left.IsFloat || right.IsFloat) return left.Real * right.Real;
        return left.Integer * right.Integer;
    }

    internal Scalar Conjugate() => IsComplex ? Complex.Conjugate(ToComplex()) : this;

    public bool Equals(Scalar other) => IsComplex || other.IsComplex
        ? ToComplex() == other.ToComplex()
        : IsIntegral && other.IsIntegral ? Integer == other.Integer : Real.Equals(other.Real);

    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(Real, _imaginary);
    public static bool operator ==(Scalar left, Scalar right) => left.Equals(right);
    public static bool operator !=(Scalar left, Scalar right) => !left.Equals(right);

    /// <summary>Python's text of the number: <c>True</c>, <c>3</c>, <c>1.5</c>, <c>1e-05</c>, <c>nan</c>, <c>(1+2j)</c>.</summary>
    public override string ToString() => _kind switch
    {
        Kind.Bool => Integer != 0 ? "True" : "False",
        Kind.Int => Integer.ToString(CultureInfo.InvariantCulture),
        Kind.Float => PythonText.Float(Real),
        _ => PythonText.Complex(Real, _imaginary),
    };

    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        if (string.IsNullOrEmpty(format)) return ToString();
        return IsIntegral
            ? Integer.ToString(format, CultureInfo.InvariantCulture)
            : IsComplex ? ToComplex().ToString(format, CultureInfo.InvariantCulture) : Real.ToString(format, CultureInfo.InvariantCulture);
    }

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        string text = ToString(format.ToString(), provider);
        charsWritten = text.Length;
        return text.TryCopyTo(destination);
    }
}

/// <summary>Python's printed form of numbers.</summary>
internal static partial class PythonText
{
    internal static string Of(bool value) => value ? "True" : "False";

    internal static string Tuple(long[] values) => values.Length == 1 ? $"({values[0]},)" : "(" + string.Join(", ", values) + ")";

    /// <summary><c>repr(float)</c>: the shortest digits that round-trip, exponent below 1e-4 and from 1e16.</summary>
    internal static string Float(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        string mantissa = Digits(value.ToString("R", CultureInfo.InvariantCulture), out bool negative, out int exponent);
        string sign = negative ? "-" : "";
        if (value == 0) return sign + "0.0";
        if (exponent is < -4 or >= 16)
        {
            string fraction = mantissa.Length > 1 ? "." + mantissa[1..] : "";
            return $"{sign}{mantissa[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }
        if (exponent < 0) return sign + "0." + new string('0', -exponent - 1) + mantissa;
        if (mantissa.Length <= exponent + 1) return sign + mantissa.PadRight(exponent + 1, '0') + ".0";
        return sign + mantissa[..(exponent + 1)] + "." + mantissa[(exponent + 1)..];
    }

    /// <summary>What a C++ stream prints: six significant digits, exponent below 1e-4 and from 1e6.</summary>
    internal static string Stream(double value)
    {
        if (!double.IsFinite(value)) return Float(value);
        string text = Float(double.Parse(value.ToString("E5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        if (Math.Abs(value) >= 999999.5 && !text.Contains('e'))
        {
            string digits = Digits(text, out bool negative, out int exponent);
            string fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{(negative ? "-" : "")}{digits[0]}{fraction}e+{exponent:00}";
        }
        return text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
    }

    internal static string Complex(double real, double imaginary)
    {
        string imaginaryText = Part(imaginary) + "j";
        if (real == 0 && !double.IsNegative(real)) return imaginaryText;
        return $"({Part(real)}{(imaginaryText[0] is '-' ? "" : "+")}{imaginaryText})";

        static string Part(double value)
        {
            string text = Float(value);
            return text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
        }
    }

    // Significant digits without leading and trailing zeros, and the power of ten of the first.
    private static string Digits(string text, out bool negative, out int exponent)
    {
        negative = text[0] == '-';
        int exponentAt = text.IndexOf('E');
        string plain = (exponentAt < 0 ? text : text[..exponentAt]).TrimStart('-');
        exponent = exponentAt < 0 ? 0 : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int point = plain.IndexOf('.');
        string mantissa = plain.Replace(".", "");
        string significant = mantissa.TrimStart('0');
        exponent += (point < 0 ? plain.Length : point) - 1 - (mantissa.Length - significant.Length);
        significant = significant.TrimEnd('0');
        return significant.Length == 0 ? "0" : significant;
    }
}
