using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Runs of equal elements: their first elements, lengths, and the number of the run for each element.</summary>
public static unsafe class RunKernels
{
    /// <summary>Writes the first element of each run and, where wanted, its length and each element's run; answers how many runs there are.</summary>
    /// <param name="values">Room for <paramref name="count"/> elements, as in <paramref name="lengths"/>, which may be null.</param>
    /// <param name="runs">The run of element i goes to place places[i], or i where <paramref name="places"/> is null; may be null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Find<T>(T* source, long count, T* values, long* lengths, long* runs, long* places) where T : unmanaged
    {
        if (count == 0) return 0;
        long found = 1;
        values[0] = source[0];
        if (lengths != null) lengths[0] = 0;
        if (runs != null) runs[places == null ? 0 : places[0]] = 0;
        if (lengths == null && runs == null)
        {
            for (long i = 1; i < count; i++)
            {
                values[found] = source[i];
                found += AreEqual(source[i], source[i - 1]) ? 0 : 1;
            }
            return found;
        }
        // Starts first, which become lengths at the end.
        for (long i = 1; i < count; i++)
        {
            long next = AreEqual(source[i], source[i - 1]) ? 0 : 1;
            values[found] = source[i];
            if (lengths != null) lengths[found] = i;
            found += next;
            if (runs != null) runs[places == null ? i : places[i]] = found - 1;
        }
        if (lengths != null)
            for (long k = 0; k < found; k++) lengths[k] = (k + 1 < found ? lengths[k + 1] : count) - lengths[k];
        return found;
    }

    /// <summary>Equality of numbers: zeros are equal, and NaN equals nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreEqual<T>(T left, T right) where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return Unsafe.BitCast<T, float>(left) == Unsafe.BitCast<T, float>(right);
        if (typeof(T) == typeof(double)) return Unsafe.BitCast<T, double>(left) == Unsafe.BitCast<T, double>(right);
        if (typeof(T) == typeof(Half)) return (float)Unsafe.BitCast<T, Half>(left) == (float)Unsafe.BitCast<T, Half>(right);
        if (typeof(T) == typeof(BFloat16)) return (float)Unsafe.BitCast<T, BFloat16>(left) == (float)Unsafe.BitCast<T, BFloat16>(right);
        if (typeof(T) == typeof(Complex64)) return Unsafe.BitCast<T, Complex64>(left) == Unsafe.BitCast<T, Complex64>(right);
        if (typeof(T) == typeof(Complex)) return Unsafe.BitCast<T, Complex>(left) == Unsafe.BitCast<T, Complex>(right);
        if (sizeof(T) == 8) return Unsafe.BitCast<T, long>(left) == Unsafe.BitCast<T, long>(right);
        if (sizeof(T) == 4) return Unsafe.BitCast<T, int>(left) == Unsafe.BitCast<T, int>(right);
        if (sizeof(T) == 2) return Unsafe.BitCast<T, short>(left) == Unsafe.BitCast<T, short>(right);
        return Unsafe.BitCast<T, byte>(left) == Unsafe.BitCast<T, byte>(right);
    }

    /// <summary>The different numbers of a list in ascending order, how often each occurs, and for each element the number's place among them.</summary>
    /// <param name="range">How many numbers there may be from <paramref name="least"/> on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long FindDense(long* source, long count, long least, long range, long* values, long* lengths, long* runs)
    {
        using Scratch memory = Scratch.Rent<long>(range);
        long* numbers = (long*)memory.Pointer;
        HistogramKernels.Tally(source, count, least, numbers, range);
        long found = 0;
        for (long n = 0; n < range; n++)
        {
            long times = numbers[n];
            numbers[n] = found;
            if (times == 0) continue;
            values[found] = least + n;
            lengths[found++] = times;
        }
        for (long i = 0; i < count; i++) runs[i] = numbers[source[i] - least];
        return found;
    }
}
