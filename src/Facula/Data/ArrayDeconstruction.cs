namespace Facula;

/// <summary>Takes arrays apart as Python takes lists apart: <c>var (x, y) = batch;</c></summary>
public static class ArrayDeconstruction
{
    public static void Deconstruct<T>(this T[] items, out T first, out T second)
    {
        Require(items, 2);
        (first, second) = (items[0], items[1]);
    }

    public static void Deconstruct<T>(this T[] items, out T first, out T second, out T third)
    {
        Require(items, 3);
        (first, second, third) = (items[0], items[1], items[2]);
    }

    public static void Deconstruct<T>(this T[] items, out T first, out T second, out T third, out T fourth)
    {
        Require(items, 4);
        (first, second, third, fourth) = (items[0], items[1], items[2], items[3]);
    }

    private static void Require<T>(T[] items, int count)
    {
        if (items.Length == count)
            return;
        throw new ArgumentException(items.Length > count
            ? $"too many values to unpack (expected {count})"
            : $"not enough values to unpack (expected {count}, got {items.Length})");
    }
}
