using static Facula.torch;

namespace Facula.Tests.Properties;

/// <summary>One view of a tensor and the same of a naive array; the numbers choose which.</summary>
public sealed record ViewStep(int Kind, int First, int Second, int Third)
{
    public const int Kinds = 15;

    public (Tensor Tensor, NaiveArray Naive) Apply(Tensor x, NaiveArray n)
    {
        int rank = n.Rank;
        long[] shape = n.Shape;
        int a = rank == 0 ? 0 : First % rank, b = rank == 0 ? 0 : Second % rank;
        // From the end as often as from the front.
        long dim = Third % 2 == 0 || rank == 0 ? a : a - rank;
        switch (Kind)
        {
            case 0 when rank > 0:
                return (x.transpose(dim, b), n.Read(Swapped(shape, a, b), at => Swapped(at, a, b)));
            case 1 when rank > 0:
                (long start, long stop, long step) = (Second % (shape[a] + 1), shape[a] - Third % 2, 1 + Third % 3);
                long length = Math.Max(0, (stop - start + step - 1) / step);
                TensorIndex[] slices = [.. Enumerable.Range(0, rank).Select(d => d == a ? Slice(start, stop, step) : Slice())];
                return (x[slices], n.Read(NaiveArray.At(shape, a, length), at => NaiveArray.At(at, a, start + step * at[a])));
            case 2 when rank > 0 && shape[a] > 0:
                long index = Second % shape[a];
                return (x.select(dim, Third % 3 == 0 ? index - shape[a] : index), n.Read(Without(shape, a), at => With(at, a, index)));
            case 3 when rank < 5:
                int place = First % (rank + 1);
                return (x.unsqueeze(place), n.Read(With(shape, place, 1), at => Without(at, place)));
            case 4 when rank > 0:
                return (x.squeeze(dim), shape[a] == 1 ? n.Read(Without(shape, a), at => With(at, a, 0)) : n);
            case 5 when rank < 5:
                long repeat = Second % 4;
                Tensor wide = x.expand((long[])[repeat, .. shape]);
                return (wide, n.Read([repeat, .. shape], at => at[1..]));
            case 6 when rank > 0:
                long from = Second % (shape[a] + 1), count = Third % (shape[a] - from + 1);
                return (x.narrow(dim, from, count), n.Read(NaiveArray.At(shape, a, count), at => NaiveArray.At(at, a, at[a] + from)));
            case 7 when rank > 1 && a != b:
                long offset = Third % 3 - 1, extent = Math.Max(0, offset >= 0 ? Math.Min(shape[a], shape[b] - offset) : Math.Min(shape[a] + offset, shape[b]));
                return (x.diagonal(offset, a, b), n.Read([.. shape.Where((_, d) => d != a && d != b), extent], at => Diagonal(at, rank, a, b, offset)));
            case 8 when rank is > 0 and < 5 && shape[a] > 0:
                long size = 1 + Second % shape[a], apart = 1 + Third % 2;
                return (x.unfold(dim, size, apart), n.Read([.. NaiveArray.At(shape, a, (shape[a] - size) / apart + 1), size],
                    at => NaiveArray.At(at[..rank], a, at[a] * apart + at[rank])));
            case 9 when rank > 0:
                long[] turned = [.. Enumerable.Range(0, rank).Select(d => (long)((d + First) % rank))];
                return (x.permute(turned), n.Read([.. turned.Select(d => shape[d])], at => Permuted(at, turned)));
            case 10:
                return (x.reshape(-1L), new NaiveArray([n.Values.Length], n.Values));
            case 11 when rank > 0:
                return (x.flip(dim), n.Read(shape, at => NaiveArray.At(at, a, shape[a] - 1 - at[a])));
            case 12 when rank > 0 && shape[a] > 0:
                long shift = Second % 7 - 3;
                return (x.roll(shift, dim), n.Read(shape, at => NaiveArray.At(at, a, ((at[a] - shift) % shape[a] + shape[a]) % shape[a])));
            case 13 when rank > 1:
                return (x.movedim(a, b), n.Read(Moved(shape, a, b), at => Moved(at, b, a)));
            case 14:
                return (x.contiguous(), n);
            default:
                return (x, n);
        }
    }

    private static long[] Swapped(long[] values, int a, int b)
    {
        long[] result = [.. values];
        (result[a], result[b]) = (result[b], result[a]);
        return result;
    }

    private static long[] Without(long[] values, int at) => [.. values[..at], .. values[(at + 1)..]];

    private static long[] With(long[] values, int at, long value) => [.. values[..at], value, .. values[at..]];

    private static long[] Moved(long[] values, int from, int to) => With(Without(values, from), to, values[from]);

    private static long[] Diagonal(long[] at, int rank, int a, int b, long offset)
    {
        var source = new long[rank];
        long along = at[^1];
        for (int d = 0, next = 0; d < rank; d++)
            source[d] = d == a ? along + Math.Max(0, -offset) : d == b ? along + Math.Max(0, offset) : at[next++];
        return source;
    }

    private static long[] Permuted(long[] at, long[] order)
    {
        var source = new long[at.Length];
        for (int d = 0; d < at.Length; d++) source[order[d]] = at[d];
        return source;
    }
}
