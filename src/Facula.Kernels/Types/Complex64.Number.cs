using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula;

// Generic arithmetic, so that one algorithm serves float, double and both complex types. Everything but the operators goes through Complex.
public readonly partial struct Complex64 : INumberBase<Complex64>
{
    static int INumberBase<Complex64>.Radix => 2;
    static Complex64 IAdditiveIdentity<Complex64, Complex64>.AdditiveIdentity => default;
    static Complex64 IMultiplicativeIdentity<Complex64, Complex64>.MultiplicativeIdentity => One;

    public static Complex64 operator +(Complex64 value) => value;
    public static Complex64 operator ++(Complex64 value) => value + One;
    public static Complex64 operator --(Complex64 value) => value - One;

    /// <summary>The absolute value as a number without an imaginary part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Complex64 Abs(Complex64 value) => new(value.Magnitude, 0);
    /// <summary>Whether both parts are finite.</summary>
    public static bool IsFinite(Complex64 value) => float.IsFinite(value.Real) && float.IsFinite(value.Imaginary);
    /// <summary>Whether a part is infinite.</summary>
    public static bool IsInfinity(Complex64 value) => float.IsInfinity(value.Real) || float.IsInfinity(value.Imaginary);

    static bool INumberBase<Complex64>.IsCanonical(Complex64 value) => true;
    static bool INumberBase<Complex64>.IsZero(Complex64 value) => value == default;
    static bool INumberBase<Complex64>.IsRealNumber(Complex64 value) => value.Imaginary == 0 && !float.IsNaN(value.Real);
    static bool INumberBase<Complex64>.IsImaginaryNumber(Complex64 value) => value.Real == 0 && !float.IsNaN(value.Imaginary);
    static bool INumberBase<Complex64>.IsComplexNumber(Complex64 value) => value.Real != 0 && value.Imaginary != 0;
    static bool INumberBase<Complex64>.IsInteger(Complex64 value) => value.Imaginary == 0 && float.IsInteger(value.Real);
    static bool INumberBase<Complex64>.IsEvenInteger(Complex64 value) => value.Imaginary == 0 && float.IsEvenInteger(value.Real);
    static bool INumberBase<Complex64>.IsOddInteger(Complex64 value) => value.Imaginary == 0 && float.IsOddInteger(value.Real);
    static bool INumberBase<Complex64>.IsNegative(Complex64 value) => value.Imaginary == 0 && float.IsNegative(value.Real);
    static bool INumberBase<Complex64>.IsPositive(Complex64 value) => value.Imaginary == 0 && float.IsPositive(value.Real);
    static bool INumberBase<Complex64>.IsNegativeInfinity(Complex64 value) => value.Imaginary == 0 && float.IsNegativeInfinity(value.Real);
    static bool INumberBase<Complex64>.IsPositiveInfinity(Complex64 value) => value.Imaginary == 0 && float.IsPositiveInfinity(value.Real);
    static bool INumberBase<Complex64>.IsNormal(Complex64 value) =>
        float.IsNormal(value.Real) && (value.Imaginary == 0 || float.IsNormal(value.Imaginary));
    static bool INumberBase<Complex64>.IsSubnormal(Complex64 value) => float.IsSubnormal(value.Real) || float.IsSubnormal(value.Imaginary);

    static Complex64 INumberBase<Complex64>.MaxMagnitude(Complex64 x, Complex64 y) => (Complex64)Complex.MaxMagnitude(x, y);
    static Complex64 INumberBase<Complex64>.MaxMagnitudeNumber(Complex64 x, Complex64 y) => IsNaN(x) ? y : IsNaN(y) ? x : (Complex64)Complex.MaxMagnitude(x, y);
    static Complex64 INumberBase<Complex64>.MinMagnitude(Complex64 x, Complex64 y) => (Complex64)Complex.MinMagnitude(x, y);
    static Complex64 INumberBase<Complex64>.MinMagnitudeNumber(Complex64 x, Complex64 y) => IsNaN(x) ? y : IsNaN(y) ? x : (Complex64)Complex.MinMagnitude(x, y);

    static bool INumberBase<Complex64>.TryConvertFromChecked<TOther>(TOther value, out Complex64 result) => TryConvertFrom(value, out result);
    static bool INumberBase<Complex64>.TryConvertFromSaturating<TOther>(TOther value, out Complex64 result) => TryConvertFrom(value, out result);
    static bool INumberBase<Complex64>.TryConvertFromTruncating<TOther>(TOther value, out Complex64 result) => TryConvertFrom(value, out result);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryConvertFrom<TOther>(TOther value, out Complex64 result) where TOther : INumberBase<TOther>
    {
        result = typeof(TOther) == typeof(Complex)
            ? (Complex64)(Complex)(object)value
            : new Complex64(float.CreateTruncating(value), 0);
        return true;
    }

    static bool INumberBase<Complex64>.TryConvertToChecked<TOther>(Complex64 value, [MaybeNullWhen(false)] out TOther result)
    {
        if (value.Imaginary != 0)
            throw new OverflowException("A complex number with an imaginary part does not fit a real type.");
        result = TOther.CreateChecked(value.Real);
        return true;
    }

    static bool INumberBase<Complex64>.TryConvertToSaturating<TOther>(Complex64 value, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateSaturating(value.Real);
        return true;
    }

    static bool INumberBase<Complex64>.TryConvertToTruncating<TOther>(Complex64 value, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateTruncating(value.Real);
        return true;
    }

    static Complex64 INumberBase<Complex64>.Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider) => (Complex64)Complex.Parse(s, style, provider);
    static Complex64 INumberBase<Complex64>.Parse(string s, NumberStyles style, IFormatProvider? provider) => (Complex64)Complex.Parse(s, style, provider);
    static Complex64 ISpanParsable<Complex64>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => (Complex64)Complex.Parse(s, provider);
    static Complex64 IParsable<Complex64>.Parse(string s, IFormatProvider? provider) => (Complex64)Complex.Parse(s, provider);

    static bool INumberBase<Complex64>.TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out Complex64 result) =>
        Round(Complex.TryParse(s, style, provider, out var wide), wide, out result);
    static bool INumberBase<Complex64>.TryParse([NotNullWhen(true)] string? s, NumberStyles style, IFormatProvider? provider, out Complex64 result) =>
        Round(Complex.TryParse(s, style, provider, out var wide), wide, out result);
    static bool ISpanParsable<Complex64>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Complex64 result) =>
        Round(Complex.TryParse(s, provider, out var wide), wide, out result);
    static bool IParsable<Complex64>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Complex64 result) =>
        Round(Complex.TryParse(s, provider, out var wide), wide, out result);

    private static bool Round(bool parsed, Complex wide, out Complex64 result)
    {
        result = (Complex64)wide;
        return parsed;
    }

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        ((ISpanFormattable)(Complex)this).TryFormat(destination, out charsWritten, format, provider);
}
