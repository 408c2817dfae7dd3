using static Facula.torch;

namespace Facula.Tests.Properties;

public class ReductionProperties
{
    /// <summary>A random choice of dimensions, some named from the end.</summary>
    private static (int[] Dims, Dims Given) Choose(int rank, int number)
    {
        int[] dims = [.. Enumerable.Range(0, rank).Where(d => (number >> d & 1) != 0)];
        return (dims, (long[])[.. dims.Select((d, i) => (long)((number >> (8 + i) & 1) != 0 ? d - rank : d))]);
    }

    [Fact]
    public void Sums_means_and_extremes_over_any_dimensions() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        (int[] dims, Dims given) = Choose(naive.Rank, numbers[0]);
        // No dimension at all means all of them.
        if (dims.Length == 0) (dims, given) = ([.. Enumerable.Range(0, naive.Rank)], default);
        bool keepdim = numbers[1] % 2 == 0, empty = NaiveArray.Count(dims.Select(d => naive.Shape[d])) == 0;
        if (given.IsNone) keepdim = false;
        double tolerance = 4 * sample.Epsilon;
        naive.Reduce(dims, keepdim, v => v.Sum()).AssertEqual(tensor.sum(given, keepdim), tolerance);
        naive.Reduce(dims, keepdim, v => v.Count(x => x != 0)).AssertEqual(given.IsNone ? tensor.count_nonzero() : keepdim ? tensor.ne(0).sum(given, true) : tensor.count_nonzero(given));
        if (sample.Type.is_floating_point)
        {
            if (!empty) naive.Reduce(dims, keepdim, v => v.Average()).AssertEqual(tensor.mean(given, keepdim), tolerance);
            naive.Reduce(dims, keepdim, v => Math.Sqrt(v.Sum(x => x * x))).AssertEqual(torch.linalg.vector_norm(tensor, 2, given, keepdim), tolerance);
            if (!empty) naive.Reduce(dims, keepdim, v => v.Select(x => Math.Pow(x - v.Average(), 2)).Sum() / v.Length).AssertEqual(tensor.var(given, correction: 0, keepdim: keepdim), 2 * tolerance);
        }
        if (empty) return;
        naive.Reduce(dims, keepdim, v => v.Max()).AssertEqual(tensor.amax(given, keepdim));
        naive.Reduce(dims, keepdim, v => v.Min()).AssertEqual(tensor.amin(given, keepdim));
    }, 800);

    [Fact]
    public void Along_one_dimension() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        if (naive.Rank == 0) return;
        int d = numbers[0] % naive.Rank;
        long extent = naive.Shape[d], dim = numbers[1] % 2 == 0 ? d : d - naive.Rank;
        bool keepdim = numbers[2] % 2 == 0;
        naive.Reduce([d], keepdim, v => v.Any(x => x != 0) ? 1 : 0).AssertEqual(tensor.any(dim, keepdim));
        naive.Reduce([d], keepdim, v => v.All(x => x != 0) ? 1 : 0).AssertEqual(tensor.all(dim, keepdim));
        naive.Reduce([d], keepdim, v => v.Aggregate(1.0, (a, b) => a * b)).AssertEqual(tensor.prod(dim, keepdim, dtype: float64), 1e-14);
        naive.Lines(d, extent, v => [.. v.Select((_, i) => v[..(i + 1)].Sum())]).AssertEqual(tensor.cumsum(dim), 4 * sample.Epsilon);
        if (extent == 0) return;
        (Tensor values, Tensor indices) = tensor.max(dim, keepdim);
        naive.Reduce([d], keepdim, v => v.Max()).AssertEqual(values);
        naive.Reduce([d], keepdim, v => Array.IndexOf(v, v.Max())).AssertEqual(indices);
        if (sample.Type == torch.@bool) return;
        naive.Reduce([d], keepdim, v => Array.IndexOf(v, v.Min())).AssertEqual(tensor.argmin(dim, keepdim));
        naive.Reduce([d], keepdim, v => v.Order().ElementAt((v.Length - 1) / 2)).AssertEqual(tensor.median(dim, keepdim).values);
    }, 800);

    [Fact]
    public void Sorting_is_stable_and_topk_its_head() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        if (naive.Rank == 0) return;
        int d = numbers[0] % naive.Rank;
        int extent = (int)naive.Shape[d];
        bool descending = numbers[1] % 2 == 0;
        int[] Order(double[] v) => [.. Enumerable.Range(0, v.Length).OrderBy(i => descending ? -v[i] : v[i])];
        (Tensor values, Tensor indices) = torch.sort(tensor, stable: true, dim: d, descending: descending);
        naive.Lines(d, extent, v => [.. Order(v).Select(i => v[i])]).AssertEqual(values);
        naive.Lines(d, extent, v => [.. Order(v).Select(i => (double)i)]).AssertEqual(indices);
        if (sample.Type == torch.@bool) return;
        int k = numbers[2] % (extent + 1);
        naive.Lines(d, k, v => [.. Order(v).Take(k).Select(i => v[i])]).AssertEqual(tensor.topk(k, d, largest: descending).values);
    });

    [Fact]
    public void Empty_extremes_are_refused() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        int d = Array.IndexOf(naive.Shape, 0);
        if (d < 0) return;
        Assert.Throws<IndexOutOfRangeException>(() => tensor.amax(d));
        Assert.Throws<IndexOutOfRangeException>(() => tensor.max(d));
        Assert.Throws<IndexOutOfRangeException>(() => tensor.argmax(d));
    });
}
