using Facula.Kernels;

namespace Facula.Ops;

/// <summary>The different elements (or slices) of a tensor: sorted, or only runs of neighbours.</summary>
internal static class UniqueElements
{
    /// <summary>The different elements alone, in order.</summary>
    internal static unsafe Tensor Values(Tensor input)
    {
        if (input.DType == ScalarType.Bool)
        {
            // At most two, which counting tells.
            long trues = CountNonzero.Of(input.detach());
            bool[] found = trues == 0 ? [false] : trues == input.Numel ? [true] : [false, true];
            return torch.from_numpy(input.Numel == 0 ? [] : found);
        }
        if (input.DType.IsIntegral && input.Numel > 0)
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
        return Flat(input, false, false, false).output;
    }

    /// <summary>Of the flattened tensor; the inverse, where wanted, has the tensor's shape.</summary>
    internal static unsafe (Tensor output, Tensor? inverse, Tensor? counts) Flat(Tensor input, bool consecutive, bool inverse, bool counts)
    {
        if (!consecutive && inverse && FlatDense(input) is { } dense) return dense;
        Tensor sorted = Lines.Dense(input.detach(), input.DType);
        sorted = sorted.Alias([sorted.Numel], [1], sorted.Offset);
        long count = sorted.Numel;
        Tensor? places = null;
        if (!consecutive && count > 0)
        {
            Tensor source = sorted;
            sorted = Tensor.Allocate([count], input.DType);
            places = Tensor.Allocate([count], ScalarType.Int64);
            Sort.Along(source, 0, false, sorted, places);
        }
        var action = new Runs
        {
            Sorted = sorted,
            Places = places,
            Values = Tensor.Allocate([count], input.DType),
            Numbers = inverse ? Tensor.Allocate(input.SizesRef, ScalarType.Int64) : null,
            Lengths = counts ? Tensor.Allocate([count], ScalarType.Int64) : null,
        };
        TypeSwitch.All(input.DType, ref action);
        return (First(action.Values, action.Found), action.Numbers, action.Lengths is null ? null : First(action.Lengths, action.Found));
    }

    /// <summary>Integers whose range is not much larger than their number are counted, not sorted.</summary>
    private static unsafe (Tensor output, Tensor inverse, Tensor counts)? FlatDense(Tensor input)
    {
        if ((!input.DType.IsIntegral && input.DType != ScalarType.Bool) || input.Numel == 0) return null;
        Tensor numbers = Lines.Dense(input.detach(), ScalarType.Int64);
        long count = numbers.Numel, found;
        fixed (byte* n = &numbers.Reference)
        {
            (long least, long most) = HistogramKernels.Range((long*)n, count);
            ulong range = (ulong)most - (ulong)least;
            if (range >= (ulong)count * 2) return null;
            Tensor values = Tensor.Allocate([(long)range + 1], ScalarType.Int64), lengths = Tensor.Allocate([(long)range + 1], ScalarType.Int64);
            Tensor inverse = Tensor.Allocate(input.SizesRef, ScalarType.Int64);
            fixed (byte* v = &values.Reference, l = &lengths.Reference, i = &inverse.Reference)
                found = RunKernels.FindDense((long*)n, count, least, (long)range + 1, (long*)v, (long*)l, (long*)i);
            GC.KeepAlive(numbers);
            return (Elementwise.Cast(First(values, found), input.DType), inverse, First(lengths, found));
        }
    }

    /// <summary>The first numbers of a list, in memory of their own size.</summary>
    private static Tensor First(Tensor list, long count)
    {
        if (count == list.Numel) return list;
        Tensor result = Tensor.Allocate([count], list.DType);
        result.CopyRaw(list.Alias([count], [1], 0));
        return result;
    }

    private unsafe struct Runs : ITypeAction
    {
        public Tensor Sorted, Values;
        public Tensor? Places, Numbers, Lengths;
        public long Found;

        public void Run<T>() where T : unmanaged
        {
            fixed (byte* s = &Sorted.Reference, v = &Values.Reference)
            fixed (byte* p = &(Places ?? Sorted).Reference, n = &(Numbers ?? Sorted).Reference, l = &(Lengths ?? Sorted).Reference)
                Found = RunKernels.Find((T*)s, Sorted.Numel, (T*)v, Lengths is null ? null : (long*)l, Numbers is null ? null : (long*)n, Places is null ? null : (long*)p);
            GC.KeepAlive(Sorted);
        }
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
        // Slices and truth values are always sorted.
        bool rehashed = !sorted && dim is null && input.DType != ScalarType.Bool;
        (Tensor output, Tensor? numbers, Tensor? times) = dim is { } d ? AlongDim(input, d, consecutive) : Flat(input, consecutive, inverse || rehashed, counts || rehashed);
        if (rehashed) (output, numbers, times) = Unsorted(output, numbers!, times!);
        return (output, inverse ? numbers! : null!, counts ? times! : null!);
    }
}
