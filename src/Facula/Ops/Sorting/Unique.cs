using Facula.Kernels;

namespace Facula.Ops;

/// <summary>The different elements (or slices) of a tensor: sorted, or only runs of neighbours.</summary>
internal static class UniqueElements
{
    /// <summary>The different elements alone, in order.</summary>
    internal static unsafe Tensor Values(Tensor input)
    {
        if (input.DType.IsIntegral && input.DType != ScalarType.Bool && input.Numel > 0)
        {
            Tensor numbers = Lines.Dense(input.detach(), ScalarType.Int64);
            fixed (byte* n = &numbers.Reference)
            {
                var set = DenseSet.TryCreate((long*)n, numbers.Numel);
                if (set is not null)
                {
                    using (set)
                    {
                        Tensor result = Tensor.Allocate([set.Count], ScalarType.Int64);
                        fixed (byte* r = &result.Reference) set.CopyTo((long*)r);
                        GC.KeepAlive(numbers);
                        return Elementwise.Cast(result, input.DType);
                    }
                }
            }
        }
        Tensor flat = Lines.Dense(input.detach(), input.DType);
        flat = flat.Alias([flat.Numel], [1], flat.Offset);
        if (flat.Numel == 0) return Tensor.Allocate([0], input.DType);
        Tensor sorted = Tensor.Allocate(flat.SizesRef, input.DType), places = Tensor.Allocate(flat.SizesRef, ScalarType.Int64);
        Sort.Along(flat, 0, false, sorted, places);
        return torch.masked_select(sorted, FirstOfRuns(sorted));
    }

    /// <summary>Of the flattened tensor; the inverse has the tensor's shape.</summary>
    internal static (Tensor output, Tensor inverse, Tensor counts) Flat(Tensor input, bool consecutive)
    {
        Tensor flat = Lines.Dense(input.detach(), input.DType);
        flat = flat.Alias([flat.Numel], [1], flat.Offset);
        long count = flat.Numel;
        Tensor sorted = flat, places = Tensor.Allocate([count], ScalarType.Int64);
        if (!consecutive && count > 0)
        {
            sorted = Tensor.Allocate([count], input.DType);
            Sort.Along(flat, 0, false, sorted, places);
        }
        Tensor inverse = Tensor.Allocate([count], ScalarType.Int64);
        Span<long> numbers = inverse.Span<long>(), order = places.Span<long>();
        var starts = new List<long>();
        Span<bool> differs = count == 0 ? [] : Neighbours(sorted);
        for (int i = 0; i < count; i++)
        {
            if (differs[i]) starts.Add(i);
            numbers[(int)(consecutive ? i : order[i])] = starts.Count - 1;
        }
        Tensor output = IndexSelect.Call(sorted, 0, torch.tensor(starts.ToArray()));
        GC.KeepAlive(places);
        return (output, inverse.Alias(input.SizesRef, input.SizesRef.ContiguousStrides(), 0), Counts(starts, count));
    }

    // Whether an element differs from the one before it.
    private static Span<bool> Neighbours(Tensor sorted) => FirstOfRuns(sorted).ToArray<bool>();

    private static Tensor FirstOfRuns(Tensor sorted)
    {
        Tensor result = Tensor.Allocate(sorted.SizesRef, ScalarType.Bool);
        result.FillRaw(true);
        long n = sorted.Numel - 1;
        if (n > 0)
        {
            Tensor after = sorted.Alias([n], [1], sorted.Offset + 1), before = sorted.Alias([n], [1], sorted.Offset);
            result.Alias([n], [1], 1).CopyRaw(torch.ne(after, before));
        }
        return result;
    }

    private static Tensor Counts(List<long> starts, long total)
    {
        var counts = new long[starts.Count];
        for (int i = 0; i < counts.Length; i++) counts[i] = (i + 1 < counts.Length ? starts[i + 1] : total) - starts[i];
        return torch.tensor(counts);
    }

    /// <summary>Of the slices along a dimension, in lexicographic order.</summary>
    internal static (Tensor output, Tensor inverse, Tensor counts) AlongDim(Tensor input, long dim, bool consecutive)
    {
        int d = Check.Dim(dim, input.Rank);
        long extent = input.Rank == 0 ? 1 : input.Sizes[d];
        if (extent > 0 && input.Numel == 0)
            Check.That(false, $"There are 0 sized dimensions, and they aren't selected, so unique cannot be applied");
        Tensor source = input.detach();
        Tensor rows = Lines.Dense(input.Rank == 0 ? source : Movedim.Call(source, d, 0), input.DType);
        long width = extent == 0 ? 0 : rows.Numel / extent;
        long[] order = new long[extent];
        for (long i = 0; i < extent; i++) order[i] = i;
        int Compare(long a, long b)
        {
            for (long k = 0; k < width; k++)
            {
                double x = rows.GetElement(a * width + k).ToDouble(), y = rows.GetElement(b * width + k).ToDouble();
                if (x < y) return -1;
                if (x > y) return 1;
            }
            return 0;
        }
        if (!consecutive) order = [.. order.OrderBy(i => i, Comparer<long>.Create(Compare))];
        var chosen = new List<long>();
        var starts = new List<long>();
        var inverse = new long[extent];
        for (int i = 0; i < extent; i++)
        {
            if (i == 0 || Compare(order[i - 1], order[i]) != 0)
            {
                chosen.Add(order[i]);
                starts.Add(i);
            }
            inverse[order[i]] = chosen.Count - 1;
        }
        return (IndexSelect.Call(source, d, torch.tensor(chosen.ToArray())), torch.tensor(inverse), Counts(starts, extent));
    }

    // The same elements in the order that PyTorch's hash set gives them when nobody asks for a sorted list.
    private static (Tensor output, Tensor inverse, Tensor counts) Unsorted(Tensor output, Tensor inverse, Tensor counts)
    {
        int count = (int)output.Numel;
        long[] numbers = inverse.ToArray<long>();
        var firsts = new List<int>(count);
        var seen = new bool[count];
        foreach (long number in numbers)
        {
            if (seen[number]) continue;
            seen[number] = true;
            firsts.Add((int)number);
        }
        var hashes = new ulong[count];
        for (int i = 0; i < count; i++) hashes[i] = Hash(output.GetElement(firsts[i]), output.DType);
        long[] order = Array.ConvertAll(HashOrder.Of(hashes), i => (long)firsts[i]), places = new long[count];
        for (int i = 0; i < count; i++) places[order[i]] = i;
        Tensor chosen = torch.tensor(order), renumbered = torch.tensor(Array.ConvertAll(numbers, n => places[n]));
        return (IndexSelect.Call(output, 0, chosen), Reshape.Call(renumbered, inverse.SizesRef), IndexSelect.Call(counts, 0, chosen));
    }

    private static ulong Hash(Scalar value, ScalarType dtype) => dtype.Code switch
    {
        TypeCode.Float32 => HashOrder.Hash(value.ToDouble(), single: true),
        TypeCode.Float64 => HashOrder.Hash(value.ToDouble(), single: false),
        TypeCode.Float16 => BitConverter.HalfToUInt16Bits((Half)value.ToDouble()),
        TypeCode.BFloat16 => BitConverter.SingleToUInt32Bits(value.ToSingle()) >> 16,
        _ => unchecked((ulong)value.ToInt64()),
    };

    /// <summary>The answer of the public forms: what was not asked for is null.</summary>
    internal static (Tensor output, Tensor inverse_indices, Tensor counts) Find(Tensor input, long? dim, bool consecutive, bool inverse, bool counts, bool sorted = true)
    {
        (Tensor output, Tensor numbers, Tensor times) = dim is { } d ? AlongDim(input, d, consecutive) : Flat(input, consecutive);
        // Slices and truth values are always sorted.
        if (!sorted && dim is null && input.DType != ScalarType.Bool) (output, numbers, times) = Unsorted(output, numbers, times);
        return (output, inverse ? numbers : null!, counts ? times : null!);
    }
}
