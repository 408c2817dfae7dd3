namespace Facula.Testing.Binding;

public static partial class NamedFunctions
{
    /// <summary>The orders in which <c>torch.utils.data</c> hands out samples.</summary>
    private static void DataOrder()
    {
        Add("random_split", a => Split((long)a[0]!, a[1], null), "n lengths");
        Add("random_split_generator", a => Split((long)a[0]!, a[1], new Generator().manual_seed((long)a[2]!)), "n lengths seed");
        Add("random_sampler", a => List(torch.utils.data.RandomSampler(Range((long)a[0]!), a[1] is true, a[2] as long?)), "n replacement num_samples");
        Add("subset_random_sampler", a => List(torch.utils.data.SubsetRandomSampler([.. Python.Items(a[0])!.Select(x => (long)x!)])), "indices");
        Add("weighted_random_sampler", a => List((IEnumerable<long>)Binder.Invoke(new PythonCall("torch.utils.data.WeightedRandomSampler",
            [a[0], a[1], a[2] ?? true], [], ["weights", "num_samples", "replacement"]))!), "weights num_samples replacement");
        Add("loader_order", a =>
        {
            var loader = torch.utils.data.DataLoader(Rows((long)a[0]!), batch_size: (long)a[1]!, shuffle: true, drop_last: a[2] is true);
            return new PyList(Enumerable.Range(0, (int)(a[3] as long? ?? 2)).Select(_ => (object?)Batches(loader)), false);
        }, "n batch_size drop_last epochs");
        Add("loader_order_generator", a =>
            Batches(torch.utils.data.DataLoader(Rows((long)a[0]!), batch_size: (long)a[1]!, shuffle: true, generator: new Generator().manual_seed((long)a[2]!))), "n batch_size seed");
    }

    private static long[] Range(long n) => [.. Enumerable.Range(0, (int)n).Select(i => (long)i)];

    private static IEnumerable<Tensor[]> Rows(long n) => torch.utils.data.TensorDataset(torch.tensor(Range(n)));

    private static PyList List(IEnumerable<long> indices) => new(indices.Select(i => (object?)i), false);

    private static PyList Batches(IEnumerable<Tensor[]> loader) => new(loader.Select(b => (object?)b[0].tolist()), false);

    private static PyList Split(long n, object? lengths, Generator? generator)
    {
        var items = Python.Items(lengths)!;
        var parts = items.All(x => x is long)
            ? torch.utils.data.random_split(Range(n), items.Select(x => (long)x!).ToArray().AsSpan(), generator)
            : torch.utils.data.random_split(Range(n), items.Select(Number).ToArray().AsSpan(), generator);
        return new PyList(parts.Select(p => (object?)List(p.indices)), false);
    }
}
