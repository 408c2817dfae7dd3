namespace Facula.Modules;

/// <summary>The lengths of the parts of a split: given as numbers of samples, or as fractions that sum up to 1.</summary>
internal static class RandomSplit
{
    public static Subset<T>[] Split<T>(Dataset<T> dataset, long[] lengths, Generator? generator)
    {
        if (lengths.Sum() != dataset.Count)
            throw new ArgumentException("Sum of input lengths does not equal the length of the input dataset!");
        if (lengths.Any(length => length < 0))
            throw new ArgumentException($"a length of a split is negative: [{string.Join(", ", lengths)}]");
        long[] permutation = Draws.Permutation(dataset.Count, generator);
        var parts = new Subset<T>[lengths.Length];
        long start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new Subset<T>(dataset, permutation[(int)start..(int)(start + lengths[i])]);
            start += lengths[i];
        }
        return parts;
    }

    public static long[] Lengths(long count, ReadOnlySpan<double> fractions)
    {
        double sum = 0;
        foreach (double fraction in fractions)
            sum += fraction;
        // Python's math.isclose, with its relative tolerance.
        if (Math.Abs(sum - 1) > 1e-9 * Math.Max(Math.Abs(sum), 1) || sum > 1)
            return WholeLengths(fractions);
        var lengths = new long[fractions.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (fractions[i] is < 0 or > 1)
                throw new ArgumentException($"Fraction at index {i} is not between 0 and 1");
            lengths[i] = (long)Math.Floor(count * fractions[i]);
        }
        long remainder = count - lengths.Sum();
        for (long i = 0; i < remainder; i++)
            lengths[i % lengths.Length]++;
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] == 0)
                torch.warnings.warn($"Length of split at index {i} is 0. This might result in an empty dataset.");
        }
        return lengths;
    }

    // Lengths that happen to be written as floats.
    private static long[] WholeLengths(ReadOnlySpan<double> values)
    {
        var lengths = new long[values.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (values[i] != Math.Floor(values[i]))
                throw new ArgumentException("Sum of input lengths does not equal the length of the input dataset!");
            lengths[i] = (long)values[i];
        }
        return lengths;
    }
}
