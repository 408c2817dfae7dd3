using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Whether whole numbers are among others, by a table with a mark for each number of their range.</summary>
public static unsafe class MembershipTable
{
    private const long Chunk = 16 * 1024;

    /// <summary>result[i] = values[i] is among the others, or with <paramref name="invert"/> is not.</summary>
    /// <param name="least">The smallest of the others.</param>
    /// <param name="range">How many numbers there may be from <paramref name="least"/> on.</param>
    public static void Run(long* values, long count, long* others, long otherCount, long least, long range, bool invert, bool* result)
    {
        using Scratch memory = Scratch.Rent<bool>(range);
        var marks = (bool*)memory.Pointer;
        for (long start = 0; start < range; start += int.MaxValue) new Span<bool>(marks + start, (int)Math.Min(int.MaxValue, range - start)).Fill(invert);
        for (long i = 0; i < otherCount; i++) marks[others[i] - least] = !invert;
        var body = new Body { Values = values, Marks = marks, Result = result, Count = count, Least = least, Range = (ulong)range, Absent = invert };
        WorkerPool.Run((int)((count + Chunk - 1) / Chunk), ref body);
    }

    private struct Body : IParallelBody
    {
        public long* Values;
        public bool* Marks, Result;
        public long Count, Least;
        public ulong Range;
        public bool Absent;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            for (long i = chunk * Chunk, end = Math.Min(Count, i + Chunk); i < end; i++)
            {
                ulong place = (ulong)(Values[i] - Least);
                Result[i] = place < Range ? Marks[place] : Absent;
            }
        }
    }
}
