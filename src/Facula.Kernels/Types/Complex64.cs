using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Facula;

/// <summary>A complex number of two floats: PyTorch's complex64.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct Complex64 : IEquatable<Complex64>, IFormattable
{
    /// <summary>The real part.</summary>
    public readonly float Real;
    /// <summary>The imaginary part.</summary>
    public readonly float Imaginary;

    /// <summary>Makes a number of its two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Complex64(float real, float imaginary)
    {
        Real = real;
        Imaginary = imaginary;
    }

    /// <summary>Zero.</summary>
    public static Complex64 Zero => default;
    /// <summary>One.</summary>
    public static Complex64 One => new(1, 0);
    /// <summary>The imaginary unit.</summary>
    public static Complex64 ImaginaryOne => new(0, 1);

    /// <summary>The absolute value, without overflow on the way.</summary>
    public float Magnitude => (float)Math.Sqrt((double)Real * Real + (double)Imaginary * Imaginary);
    /// <summary>The angle with the positive real axis.</summary>
    public float Phase => MathF.Atan2(Imaginary, Real);

    /// <summary>The same number with the sign of the imaginary part turned.</summary>
    public static Complex64 Conjugate(Complex64 value) => new(value.Real, -value.Imaginary);
    /// <summary>Whether a part is not a number.</summary>
    public static bool IsNaN(Complex64 value) => float.IsNaN(value.Real) || float.IsNaN(value.Imaginary);

    /// <summary>Widens without loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Complex(Complex64 value) => new(value.Real, value.Imaginary);
    /// <summary>Rounds both parts to float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static explicit operator Complex64(Complex value) => new((float)value.Real, (float)value.Imaginary);
    /// <summary>A number without an imaginary part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Complex64(float value) => new(value, 0);
    /// <summary>A number without an imaginary part, rounded to float.</summary>
    public static explicit operator Complex64(double value) => new((float)value, 0);

    public static Complex64 operator +(Complex64 left, Complex64 right) => new(left.Real + right.Real, left.Imaginary + right.Imaginary);
    public static Complex64 operator -(Complex64 left, Complex64 right) => new(left.Real - right.Real, left.Imaginary - right.Imaginary);
    public static Complex64 operator -(Complex64 value) => new(-value.Real, -value.Imaginary);
    public static Complex64 operator *(Complex64 left, Complex64 right) => new(
        left.Real * right.Real - left.Imaginary * right.Imaginary,
        left.Real * right.Imaginary + left.Imaginary * right.Real);

    /// <summary>Divides by Smith's method, in double, so that only the result is rounded.</summary>
    public static Complex64 operator /(Complex64 left, Complex64 right) => (Complex64)((Complex)left / (Complex)right);

    public static bool operator ==(Complex64 left, Complex64 right) => left.Real == right.Real && left.Imaginary == right.Imaginary;
    public static bool operator !=(Complex64 left, Complex64 right) => !(left == right);

    /// <summary>Equality of both parts in the sense of <see cref="float.Equals(float)"/>: a NaN equals a NaN.</summary>
    public bool Equals(Complex64 other) => Real.Equals(other.Real) && Imaginary.Equals(other.Imaginary);
    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Complex64 other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Real, Imaginary);

    /// <summary>The text of both parts, as <see cref="Complex"/> writes it.</summary>
    public override string ToString() => ToString(null, null);
    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        $"<{Real.ToString(format, formatProvider)}; {Imaginary.ToString(format, formatProvider)}>";
}
