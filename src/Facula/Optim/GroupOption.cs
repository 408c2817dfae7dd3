using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula;

/// <summary>
/// The value of an option of a parameter group: a number, a flag, text, None, a tuple of numbers, or the parameters themselves.
/// It converts from and to those types, so that <c>group["lr"] *= 0.1</c> and <c>double lr = group["lr"]</c> read as in Python.
/// </summary>
public readonly struct GroupOption : IEquatable<GroupOption>, IFormattable, IEnumerable<Tensor>
{
    private readonly object? _value;    // bool, long, double, Complex, string, null, object?[] for a tuple, IReadOnlyList<Tensor>, List<object?>

    private GroupOption(object? value) => _value = value;

    /// <summary>Python's value: bool, long, double, string, null, an array for a tuple, a list.</summary>
    internal object? Value => _value;

    /// <summary>From a value of any of the kinds an option may have.</summary>
    internal static GroupOption From(object? value) => value switch
    {
        GroupOption option => option,
        Scalar number => number,
        byte or sbyte or short or ushort or int or uint => new(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        float number => new((double)number),
        null or bool or long or double or Complex or string or object?[] => new(value),
        IEnumerable<Tensor> tensors => new(tensors as IReadOnlyList<Tensor> ?? tensors.ToArray()),
        ITuple tuple when value is not Tensor => new(Enumerable.Range(0, tuple.Length).Select(i => From(tuple[i])._value).ToArray()),
        _ => new(value),
    };

    public static implicit operator GroupOption(bool value) => new(value);
    public static implicit operator GroupOption(int value) => new((long)value);
    public static implicit operator GroupOption(long value) => new(value);
    public static implicit operator GroupOption(float value) => new((double)value);
    public static implicit operator GroupOption(double value) => new(value);
    public static implicit operator GroupOption(string? value) => new(value);
    public static implicit operator GroupOption((Scalar, Scalar) value) => new(new[] { ((GroupOption)value.Item1)._value, ((GroupOption)value.Item2)._value });
    public static implicit operator GroupOption((double, double) value) => new(new object?[] { value.Item1, value.Item2 });

    public static implicit operator GroupOption(Scalar value)
    {
        if (value.IsBool) return new(value.ToBoolean());
        if (value.IsInteger) return new(value.ToInt64());
        return value.IsComplex ? new(value.ToComplex()) : new(value.ToDouble());
    }

    public static implicit operator double(GroupOption option) => option.ToDouble();
    public static explicit operator float(GroupOption option) => (float)option.ToDouble();
    public static explicit operator long(GroupOption option) => (long)option.ToDouble();
    public static explicit operator int(GroupOption option) => (int)option.ToDouble();
    public static explicit operator bool(GroupOption option) => option.Truth();
    public static explicit operator string?(GroupOption option) => option._value as string;
    public static explicit operator (double, double)(GroupOption option) => option.ToPair();

    private double ToDouble() => _value switch
    {
        double number => number,
        long number => number,
        bool flag => flag ? 1 : 0,
        Tensor { Numel: 1 } tensor => tensor.item().ToDouble(),
        _ => throw new InvalidCastException($"the option {this} is not a number"),
    };

    private bool Truth() => _value switch
    {
        null => false,
        string text => text.Length > 0,
        object?[] tuple => tuple.Length > 0,
        _ => ToDouble() != 0,
    };

    /// <summary>Whether the option is None.</summary>
    public bool IsNone => _value is null;

    internal (double First, double Second) ToPair() => _value switch
    {
        object?[] { Length: 2 } tuple => (From(tuple[0]).ToDouble(), From(tuple[1]).ToDouble()),
        IReadOnlyList<object?> { Count: 2 } list => (From(list[0]).ToDouble(), From(list[1]).ToDouble()),
        _ => throw new InvalidCastException($"the option {this} is not a pair of numbers"),
    };

    /// <summary>The parameters, of the option <c>params</c>.</summary>
    public IEnumerator<Tensor> GetEnumerator() => _value is IReadOnlyList<Tensor> tensors
        ? tensors.GetEnumerator()
        : throw new InvalidCastException($"the option {this} is not a list of parameters");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(GroupOption other) => Equals(_value, other._value);
    public override bool Equals(object? obj) => obj is GroupOption other && Equals(other);
    public override int GetHashCode() => _value?.GetHashCode() ?? 0;
    public static bool operator ==(GroupOption left, GroupOption right) => left.Equals(right);
    public static bool operator !=(GroupOption left, GroupOption right) => !left.Equals(right);

    /// <summary>Python's text of the value: <c>0.001</c>, <c>False</c>, <c>None</c>, <c>(0.9, 0.999)</c>.</summary>
    public override string ToString() => _value is string text ? text : Repr(_value);

    public string ToString(string? format, IFormatProvider? formatProvider) => string.IsNullOrEmpty(format) || _value is not (double or long)
        ? ToString()
        : ((IFormattable)_value).ToString(format, CultureInfo.InvariantCulture);

    private static string Repr(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => PythonText.Float(number),
        Complex number => PythonText.Complex(number.Real, number.Imaginary),
        string text => $"'{text}'",
        object?[] { Length: 1 } tuple => $"({Repr(tuple[0])},)",
        object?[] tuple => $"({string.Join(", ", tuple.Select(Repr))})",
        IEnumerable<object?> items => $"[{string.Join(", ", items.Select(Repr))}]",
        _ => value.ToString() ?? "",
    };
}
