using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula;

/// <summary>A 16-bit floating-point number with the exponent range of <see cref="float"/> and 8 bits of significand.</summary>
/// <remarks>Its bits are the upper half of a <see cref="float"/>; arithmetic is done in float and rounded to nearest, ties to even.</remarks>
public readonly struct BFloat16 : IEquatable<BFloat16>, IComparable<BFloat16>, IComparable, ISpanFormattable, IMinMaxValue<BFloat16>
{
    private readonly ushort _bits;

    private BFloat16(ushort bits) => _bits = bits;

    /// <summary>Zero.</summary>
    public static BFloat16 Zero => default;
    /// <summary>One.</summary>
    public static BFloat16 One => new(0x3F80);
    /// <summary>Not a number, with PyTorch's bits.</summary>
    public static BFloat16 NaN => new(0x7FC0);
    /// <summary>Positive infinity.</summary>
    public static BFloat16 PositiveInfinity => new(0x7F80);
    /// <summary>Negative infinity.</summary>
    public static BFloat16 NegativeInfinity => new(0xFF80);
    /// <summary>The largest finite value, 3.3895314e38.</summary>
    public static BFloat16 MaxValue => new(0x7F7F);
    /// <summary>The smallest finite value, −3.3895314e38.</summary>
    public static BFloat16 MinValue => new(0xFF7F);
    /// <summary>The smallest positive value.</summary>
    public static BFloat16 Epsilon => new(0x0001);

    /// <summary>The number with the given bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BFloat16 FromBits(ushort bits) => new(bits);

    /// <summary>The bits of the number.</summary>
    public ushort Bits => _bits;

    /// <summary>Rounds to the nearest number, ties to even; every NaN becomes 0x7FC0, as in PyTorch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static explicit operator BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        // Adding 0x7FFF plus the lowest kept bit carries into the kept half exactly when nearest-even rounds up.
        return float.IsNaN(value) ? NaN : new((ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    /// <summary>Rounds to float and then to the nearest number, as PyTorch does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static explicit operator BFloat16(double value) => (BFloat16)(float)value;

    /// <summary>Rounds to float and then to the nearest number, as PyTorch does.</summary>
    public static explicit operator BFloat16(long value) => (BFloat16)(float)value;

    /// <summary>Widens without loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value._bits << 16);

    /// <summary>Whether the value is not a number.</summary>
    public static bool IsNaN(BFloat16 value) => (value._bits & 0x7FFF) > 0x7F80;
    /// <summary>Whether the value is an infinity.</summary>
    public static bool IsInfinity(BFloat16 value) => (value._bits & 0x7FFF) == 0x7F80;
    /// <summary>Whether the value is neither an infinity nor a NaN.</summary>
    public static bool IsFinite(BFloat16 value) => (value._bits & 0x7FFF) < 0x7F80;

    public static BFloat16 operator +(BFloat16 left, BFloat16 right) => (BFloat16)((float)left + (float)right);
    public static BFloat16 operator -(BFloat16 left, BFloat16 right) => (BFloat16)((float)left - (float)right);
    public static BFloat16 operator *(BFloat16 left, BFloat16 right) => (BFloat16)((float)left * (float)right);
    public static BFloat16 operator /(BFloat16 left, BFloat16 right) => (BFloat16)((float)left / (float)right);
    public static BFloat16 operator -(BFloat16 value) => new((ushort)(value._bits ^ 0x8000));

    public static bool operator ==(BFloat16 left, BFloat16 right) => (float)left == (float)right;
    public static bool operator !=(BFloat16 left, BFloat16 right) => (float)left != (float)right;
    public static bool operator <(BFloat16 left, BFloat16 right) => (float)left < (float)right;
    public static bool operator >(BFloat16 left, BFloat16 right) => (float)left > (float)right;
    public static bool operator <=(BFloat16 left, BFloat16 right) => (float)left <= (float)right;
    public static bool operator >=(BFloat16 left, BFloat16 right) => (float)left >= (float)right;

    /// <summary>Equality in the sense of <see cref="float.Equals(float)"/>: a NaN equals a NaN.</summary>
    public bool Equals(BFloat16 other) => ((float)this).Equals((float)other);
    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is BFloat16 other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => ((float)this).GetHashCode();
    /// <summary>Orders as <see cref="float.CompareTo(float)"/> does: NaN comes first.</summary>
    public int CompareTo(BFloat16 other) => ((float)this).CompareTo((float)other);
    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        BFloat16 other => CompareTo(other),
        _ => throw new ArgumentException($"a BFloat16 cannot be compared with a {obj.GetType().Name}"),
    };

    /// <summary>The text of the value as a float.</summary>
    public override string ToString() => ((float)this).ToString();
    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ((float)this).ToString(format, formatProvider);
    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        ((float)this).TryFormat(destination, out charsWritten, format, provider);
}
