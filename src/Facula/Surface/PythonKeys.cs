using System.Numerics;

namespace Facula;

/// <summary>Compares boxed keys as Python does: 1, 1L, 1.0 and true are one key, tuples (arrays) go by their elements.</summary>
internal sealed class PythonKeys : IEqualityComparer<object>
{
    public static readonly PythonKeys Instance = new();

    public new bool Equals(object? left, object? right)
    {
        if (left is object?[] a && right is object?[] b)
            return a.AsSpan().SequenceEqual(b, this!);
        return object.Equals(Normal(left), Normal(right));
    }

    public int GetHashCode(object key)
    {
        var hash = new HashCode();
        if (key is object?[] items)
        {
            foreach (object? item in items)
                hash.Add(item is null ? 0 : GetHashCode(item));
        }
        else
        {
            hash.Add(Normal(key));
        }
        return hash.ToHashCode();
    }

    private static object? Normal(object? key) => key switch
    {
        bool flag => flag ? 1L : 0L,
        byte or sbyte or short or ushort or int or uint => Convert.ToInt64(key, System.Globalization.CultureInfo.InvariantCulture),
        ulong number => Integer(number),
        BigInteger number => Integer(number),
        float number => Normal((double)number),
        double number when number == Math.Floor(number) && Math.Abs(number) < 1e300 => Integer(new BigInteger(number)),
        _ => key,
    };

    private static object Integer(BigInteger number) => number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
}
