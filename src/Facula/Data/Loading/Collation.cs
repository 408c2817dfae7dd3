using System.Collections;
using System.Runtime.CompilerServices;

namespace Facula.Modules;

/// <summary>How samples become a batch.</summary>
/// <param name="Join">Makes a batch of several samples.</param>
/// <param name="Convert">Makes what is yielded of one sample when batching is off.</param>
/// <param name="FromColumns">Makes the batch from tensors that hold the gathered rows, where the samples are rows of tensors.</param>
internal sealed record Collation<TSample, TBatch>(Func<IReadOnlyList<TSample>, TBatch> Join, Func<TSample, TBatch> Convert, Func<Tensor[], TBatch>? FromColumns = null);

/// <summary>PyTorch's <c>default_collate</c>: tensors are stacked, numbers become a tensor, structures are joined member by member.</summary>
internal static class Collate
{
    public static readonly Collation<Tensor, Tensor> Stacked = new(Stack, sample => sample, columns => columns[0]);
    public static readonly Collation<Tensor[], Tensor[]> Tensors = new(Columns, sample => sample, columns => columns);
    public static readonly Collation<string, string[]> Text = new(samples => [.. samples], sample => [sample]);
    public static readonly Collation<Dictionary<string, Tensor>, Dictionary<string, Tensor>> Named = new(Join, sample => sample);
    public static readonly Collation<object, object> Any = new(JoinAny, sample => sample);

    public static Collation<T, Tensor> Number<T>() where T : unmanaged => new(Numbers, sample => Numbers([sample]).select(0, 0));

    public static Collation<(T1, T2), (TBatch1, TBatch2)> Pair<T1, T2, TBatch1, TBatch2>(Collation<T1, TBatch1> first, Collation<T2, TBatch2> second) => new(
        samples => (first.Join(Part(samples, sample => sample.Item1)), second.Join(Part(samples, sample => sample.Item2))),
        sample => (first.Convert(sample.Item1), second.Convert(sample.Item2)));

    public static Collation<(T1, T2, T3), (TBatch1, TBatch2, TBatch3)> Triple<T1, T2, T3, TBatch1, TBatch2, TBatch3>(
        Collation<T1, TBatch1> first, Collation<T2, TBatch2> second, Collation<T3, TBatch3> third) => new(
        samples => (first.Join(Part(samples, sample => sample.Item1)), second.Join(Part(samples, sample => sample.Item2)), third.Join(Part(samples, sample => sample.Item3))),
        sample => (first.Convert(sample.Item1), second.Convert(sample.Item2), third.Convert(sample.Item3)));

    /// <summary>The tensors one below the other.</summary>
    public static Tensor Stack(IReadOnlyList<Tensor> samples)
    {
        for (int i = 1; i < samples.Count; i++)
        {
            if (samples[i].SizesRef != samples[0].SizesRef)
                throw new TorchException($"stack expects each tensor to be equal size, but got {samples[0].SizesRef.Brackets()} at entry 0 and {samples[i].SizesRef.Brackets()} at entry {i}");
        }
        // Samples that ask for gradients are joined by the op that records it.
        bool recorded = GradMode.Enabled && samples.Any(sample => sample.requires_grad);
        return recorded || !samples[0].device.IsCpu ? torch.stack(samples.ToArray()) : Rows.Stack(samples);
    }

    /// <summary>A tensor of numbers: whole ones as int64, others in their own type.</summary>
    public static Tensor Numbers<T>(IReadOnlyList<T> samples) where T : unmanaged
    {
        T[] numbers = samples as T[] ?? [.. samples];
        return typeof(T) == typeof(int) ? Literals.Share(Array.ConvertAll(numbers, number => (long)Unsafe.As<T, int>(ref number))) : Literals.Share(numbers);
    }

    private static TPart[] Part<TSample, TPart>(IReadOnlyList<TSample> samples, Func<TSample, TPart> part)
    {
        var parts = new TPart[samples.Count];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = part(samples[i]);
        return parts;
    }

    private static Tensor[] Columns(IReadOnlyList<Tensor[]> samples)
    {
        RequireEqualLengths(samples.Select(sample => sample.Length));
        var columns = new Tensor[samples[0].Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = Stack(Part(samples, sample => sample[i]));
        return columns;
    }

    private static Dictionary<string, Tensor> Join(IReadOnlyList<Dictionary<string, Tensor>> samples) =>
        samples[0].Keys.ToDictionary(key => key, key => Stack(Part(samples, sample => sample[key])));

    // Samples whose type says nothing: the first one's content decides.
    internal static object JoinAny(IReadOnlyList<object> samples) => samples[0] switch
    {
        Tensor => Stack([.. samples.Cast<Tensor>()]),
        bool => Numbers([.. samples.Cast<bool>()]),
        int => Numbers([.. samples.Cast<int>()]),
        long => Numbers([.. samples.Cast<long>()]),
        float => Numbers([.. samples.Cast<float>()]),
        double => Numbers([.. samples.Cast<double>()]),
        string => samples.Cast<string>().ToArray(),
        IDictionary first => JoinDictionaries(first, samples),
        ITuple => JoinSequences([.. samples.Select(sample => Items((ITuple)sample))]),
        IList => JoinSequences([.. samples.Select(sample => ((IList)sample).Cast<object>().ToArray())]),
        _ => throw new ArgumentException($"default_collate: batch must contain tensors, arrays, numbers, dicts or lists; found {samples[0]?.GetType()}. Give a collate_fn"),
    };

    private static OrderedDict<object, object> JoinDictionaries(IDictionary first, IReadOnlyList<object> samples)
    {
        var joined = new OrderedDict<object, object>();
        foreach (object key in first.Keys)
            joined[key] = JoinAny([.. samples.Select(sample => ((IDictionary)sample)[key]!)]);
        return joined;
    }

    private static List<object> JoinSequences(object[][] samples)
    {
        RequireEqualLengths(samples.Select(sample => sample.Length));
        return [.. samples[0].Select((_, i) => JoinAny(Array.ConvertAll(samples, sample => sample[i])))];
    }

    private static object[] Items(ITuple tuple)
    {
        var items = new object[tuple.Length];
        for (int i = 0; i < items.Length; i++)
            items[i] = tuple[i]!;
        return items;
    }

    private static void RequireEqualLengths(IEnumerable<int> lengths)
    {
        if (lengths.Distinct().Skip(1).Any())
            throw new TorchException("each element in list of batch should be of equal size");
    }
}
