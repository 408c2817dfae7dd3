namespace Facula.Kernels;

/// <summary>Prepares the shape and strides of a pointwise loop: orders dimensions by the destination's strides and merges those that run on.</summary>
public static class LoopNest
{
    /// <summary>Most dimensions that a loop may have.</summary>
    public const int MaxRank = 64;

    /// <summary>
    /// Drops extents of 1, sorts by descending first-operand stride and merges neighbours, in place; answers the new rank (0 for one element).
    /// <paramref name="strides"/> holds the strides of operand k at [k·rank, (k+1)·rank), and does so afterwards with the new rank.
    /// </summary>
    public static int Coalesce(Span<long> shape, Span<long> strides, int operands)
    {
        int rank = shape.Length;
        int kept = 0;
        // One row per dimension while sorting: extent, then a stride for each operand.
        int width = operands + 1;
        Span<long> rows = stackalloc long[rank * width];
        for (int d = 0; d < rank; d++)
        {
            if (shape[d] == 1) continue;
            Span<long> row = rows.Slice(kept * width, width);
            row[0] = shape[d];
            for (int k = 0; k < operands; k++) row[k + 1] = strides[k * rank + d];
            kept++;
        }
        Sort(rows, kept, width);
        int merged = 0;
        for (int d = 0; d < kept; d++)
        {
            Span<long> row = rows.Slice(d * width, width);
            if (merged > 0)
            {
                Span<long> outer = rows.Slice((merged - 1) * width, width);
                bool runsOn = true;
                for (int k = 1; k < width && runsOn; k++) runsOn = outer[k] == row[k] * row[0];
                if (runsOn)
                {
                    outer[0] *= row[0];
                    for (int k = 1; k < width; k++) outer[k] = row[k];
                    continue;
                }
            }
            row.CopyTo(rows.Slice(merged++ * width, width));
        }
        for (int d = 0; d < merged; d++)
        {
            shape[d] = rows[d * width];
            for (int k = 0; k < operands; k++) strides[k * merged + d] = rows[d * width + k + 1];
        }
        return merged;
    }

    // Insertion sort, stable: ties keep the given order, so that broadcast dimensions stay outside.
    private static void Sort(Span<long> rows, int count, int width)
    {
        Span<long> held = stackalloc long[width];
        for (int i = 1; i < count; i++)
        {
            rows.Slice(i * width, width).CopyTo(held);
            int at = i;
            while (at > 0 && Precedes(held, rows.Slice((at - 1) * width, width)))
            {
                rows.Slice((at - 1) * width, width).CopyTo(rows.Slice(at * width, width));
                at--;
            }
            held.CopyTo(rows.Slice(at * width, width));
        }
    }

    private static bool Precedes(ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        for (int k = 1; k < a.Length; k++)
        {
            long x = Math.Abs(a[k]), y = Math.Abs(b[k]);
            if (x == 0 || y == 0) continue;     // a repeated dimension says nothing about order
            return x > y;
        }
        return false;
    }
}
