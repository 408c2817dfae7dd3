using static Facula.torch;

namespace Facula.Tests.Properties;

public class IndexingProperties
{
    /// <summary>One thing between the brackets for each dimension, and the places that it names (none for a number, whose dimension goes).</summary>
    private static (TensorIndex Index, long[] Places, bool Goes) Choose(int number, long extent)
    {
        int kind = extent == 0 ? 1 : number % 3, detail = number / 3;
        switch (kind)
        {
            case 0:
                long index = detail % extent;
                return (detail % 2 == 0 ? index : index - extent, [index], true);
            case 1:
                long start = detail % (extent + 1), step = 1 + detail / 7 % 3;
                return (Slice(start, null, step), [.. Enumerable.Range(0, (int)extent).Where(i => i >= start && (i - start) % step == 0).Select(i => (long)i)], false);
            default:
                long stop = 1 + detail % extent;
                return (Slice(null, stop - extent == 0 ? null : stop - extent), [.. Enumerable.Range(0, (int)stop).Select(i => (long)i)], false);
        }
    }

    [Fact]
    public void Numbers_and_slices() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        (TensorIndex Index, long[] Places, bool Goes)[] items = [.. naive.Shape.Select((extent, d) => Choose(numbers[d % 8] + d, extent))];
        long[] full = [.. items.Select(i => (long)i.Places.Length)], shape = [.. items.Where(i => !i.Goes).Select(i => (long)i.Places.Length)];
        double[] read = [.. NaiveArray.Places(full).Select(at => naive[[.. at.Select((p, d) => items[d].Places[p])]])];
        TensorIndex[] index = [.. items.Select(i => i.Index)];
        new NaiveArray(shape, read).AssertEqual(tensor[index]);
        new NaiveArray([1, .. shape], read).AssertEqual(tensor[[None, .. index]]);
        new NaiveArray(shape, read).AssertEqual(tensor[[.. index, Ellipsis]]);

        Tensor written = tensor.clone();
        written[index] = 1;
        double[] expected = [.. naive.Values];
        foreach (long[] at in NaiveArray.Places(full)) expected[naive.Flat([.. at.Select((p, d) => items[d].Places[p])])] = 1;
        new NaiveArray(naive.Shape, expected).AssertEqual(written);
    }, 800);

    [Fact]
    public void Lists_take_slices_in_their_order() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        if (naive.Rank == 0) return;
        int d = numbers[0] % naive.Rank;
        long extent = naive.Shape[d];
        if (extent == 0) return;
        long[] list = [.. numbers.Skip(1).Take(numbers[1] % 6).Select(n => n % extent)];
        NaiveArray expected = naive.Read(NaiveArray.At(naive.Shape, d, list.Length), at => NaiveArray.At(at, d, list[at[d]]));
        expected.AssertEqual(tensor.index_select(d, torch.tensor(list)));
        TensorIndex[] index = [.. Enumerable.Range(0, d).Select(_ => TensorIndex.Colon), torch.tensor([.. list.Select((p, i) => i % 2 == 0 ? p : p - extent)])];
        if (list.Length > 0) expected.AssertEqual(tensor[index]);
    });

    [Fact]
    public void Masks_take_elements_in_row_major_order() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        bool[] chosen = [.. naive.Values.Select((_, i) => (numbers[i % 8] >> (i % 16) & 1) != 0)];
        Tensor mask = torch.tensor(Array.ConvertAll(chosen, c => c ? 1.0 : 0)).to(torch.@bool).reshape(naive.Shape);
        double[] kept = [.. naive.Values.Where((_, i) => chosen[i])];
        new NaiveArray([kept.Length], kept).AssertEqual(tensor.masked_select(mask));
        if (naive.Rank > 0) new NaiveArray([kept.Length], kept).AssertEqual(tensor[mask]);
        new NaiveArray(naive.Shape, [.. naive.Values.Select((v, i) => chosen[i] ? 1 : v)]).AssertEqual(tensor.masked_fill(mask, 1));
        long[][] places = [.. NaiveArray.Places(naive.Shape).Where((_, i) => naive.Values[i] != 0)];
        new NaiveArray([places.Length, naive.Rank], [.. places.SelectMany(p => p).Select(p => (double)p)]).AssertEqual(tensor.nonzero());
    });

    [Fact]
    public void Gather_and_scatter() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        if (naive.Rank == 0) return;
        int d = numbers[0] % naive.Rank;
        long extent = naive.Shape[d];
        if (extent == 0 || naive.Values.Length == 0) return;
        long[] shape = NaiveArray.At(naive.Shape, d, 1 + numbers[1] % 3);
        var index = new NaiveArray(shape, [.. Enumerable.Range(0, (int)NaiveArray.Count(shape)).Select(i => (double)((numbers[i % 8] + i) % extent))]);
        Tensor at = torch.tensor(index.Values, dtype: float64).to(int64).reshape(shape);
        NaiveArray expected = naive.Read(shape, p => NaiveArray.At(p, d, (long)index[p]));
        expected.AssertEqual(tensor.gather(d, at));
        expected.AssertEqual(tensor.take_along_dim(at, d));

        double[] added = [.. naive.Values];
        foreach (long[] place in NaiveArray.Places(shape)) added[naive.Flat(NaiveArray.At(place, d, (long)index[place]))] += 1;
        if (sample.Type != torch.@bool) new NaiveArray(naive.Shape, added).AssertEqual(tensor.scatter_add(d, at, ones_like(at).to(sample.Type)), sample.Epsilon);
        double[] set = [.. naive.Values];
        foreach (long[] place in NaiveArray.Places(shape)) set[naive.Flat(NaiveArray.At(place, d, (long)index[place]))] = 1;
        new NaiveArray(naive.Shape, set).AssertEqual(tensor.scatter(d, at, 1));
    });

    [Fact]
    public void Places_out_of_range_are_refused() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        if (naive.Rank == 0) return;
        int d = numbers[0] % naive.Rank;
        long beyond = naive.Shape[d] + numbers[1] % 3;
        Assert.Throws<IndexOutOfRangeException>(() => tensor.select(d, beyond));
        Assert.Throws<IndexOutOfRangeException>(() => tensor.select(d, -beyond - 1));
        Assert.Throws<IndexOutOfRangeException>(() => tensor.index_select(naive.Rank, torch.tensor([0L])));
        if (naive.Values.Length > 0) Assert.ThrowsAny<SystemException>(() => tensor.index_select(d, torch.tensor([beyond])));
    });
}
