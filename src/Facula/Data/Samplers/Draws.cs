using Facula.Kernels;

namespace Facula.Modules;

/// <summary>The draws of samplers and splits, with the bits that PyTorch's functions of tensors give for the same seed.</summary>
internal static unsafe class Draws
{
    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in the order of <c>randperm</c>.</summary>
    public static long[] Permutation(long count, Generator? generator)
    {
        var order = new long[count];
        RandomStream stream = (generator ?? Generator.Default).Stream;
        lock (stream)
        {
            fixed (long* p = order)
                RandomFill.Permutation(stream, p, count);
        }
        return order;
    }

    /// <summary>Numbers below <paramref name="high"/>, as of <c>randint</c>.</summary>
    public static long[] Integers(long high, long count, Generator? generator)
    {
        var numbers = new long[count];
        RandomStream stream = (generator ?? Generator.Default).Stream;
        lock (stream)
        {
            fixed (long* p = numbers)
                RandomFill.Integers(stream, p, count, (ulong)high, 0);
        }
        return numbers;
    }

    /// <summary>A seed of 63 bits, as PyTorch draws them for samplers and workers.</summary>
    public static long Seed(Generator? generator)
    {
        long seed;
        RandomStream stream = (generator ?? Generator.Default).Stream;
        lock (stream)
            RandomFill.AllOfType(stream, &seed, 1);
        return seed;
    }
}
