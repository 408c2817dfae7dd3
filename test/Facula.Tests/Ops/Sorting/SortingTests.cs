using static Facula.torch;

namespace Facula.Tests.Ops.Sorting;

public class SortingTests
{
    private static double[] Noise(int count, int seed, bool special)
    {
        var random = new System.Random(seed);
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = special && i % 7 == 0 ? random.Next(4) switch { 0 => double.NaN, 1 => double.NegativeInfinity, 2 => -0.0, _ => 0.0 } : random.Next(-50, 50) / 4.0;
        return values;
    }

    // NaN counts as the largest, equal elements keep their order.
    private static int[] Order(double[] values, bool descending)
    {
        int Compare(double a, double b) => double.IsNaN(a) ? double.IsNaN(b) ? 0 : 1 : double.IsNaN(b) ? -1 : a < b ? -1 : a > b ? 1 : 0;
        return [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i], Comparer<double>.Create((a, b) => descending ? Compare(b, a) : Compare(a, b)))];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(1000)]
    public void Sorts_are_stable_in_every_type(int count)
    {
        foreach (ScalarType type in new[] { float32, float64, float16, bfloat16, int64, int32, int16, int8, uint8 })
            foreach (bool descending in new[] { false, true })
            {
                bool special = type.is_floating_point;
                Tensor x = from_numpy(Noise(count, count, special)).to(type);
                if (type == uint8) x = x.abs();
                double[] values = x.to(float64).ToArray<double>();
                (Tensor sorted, Tensor indices) = x.sort(descending: descending);
                int[] expected = Order(values, descending);
                Assert.Equal(expected, indices.ToArray<long>().Select(i => (int)i));
                Assert.Equal(expected.Select(i => values[i]), sorted.to(float64).ToArray<double>());
            }
    }

    [Fact]
    public void Dimensions_and_top_elements()
    {
        Tensor x = tensor([[3, 1, 2], [9, 8, 7]]);
        Assert.Equal([1L, 2, 3, 7, 8, 9], x.sort(1).values.ToArray<long>());
        Assert.Equal([3L, 1, 2, 9, 8, 7], x.sort(0).values.ToArray<long>());
        Assert.Equal([3L, 9], x.topk(1).values.ToArray<long>());
        Assert.Equal([0L, 0], x.topk(1).indices.ToArray<long>());
        Assert.Equal([2L, 8], x.kthvalue(2).values.ToArray<long>());
        Assert.Equal(3L, x.median().item<long>());
        Assert.Equal([2L, 1], x.argsort(descending: true)[.., 1].ToArray<long>().Select((v, i) => i == 0 ? v : v));
    }

    [Fact]
    public void Running_sums_accumulate_in_double()
    {
        float[] values = [.. Enumerable.Range(0, 1003).Select(i => 0.1f * (i % 17) - 0.6f)];
        float[] sums = from_numpy(values).cumsum(0).ToArray<float>();
        double sum = 0;
        for (int i = 0; i < values.Length; i++) Assert.Equal((float)(sum += values[i]), sums[i]);
        Assert.Equal([1L, 3, 5, 4, 8, 8], tensor([[1, 3, 5], [3, 5, 3]]).cumsum(0).ToArray<long>());
        Assert.Equal([1L, 1, 2, 2, 2], tensor([1, 0, 2, 2, 1]).cummax(0).values.ToArray<long>());
        Assert.Equal([0L, 0, 2, 3, 3], tensor([1, 0, 2, 2, 1]).cummax(0).indices.ToArray<long>());
    }

    [Fact]
    public void Unique_counts_and_inverts()
    {
        Tensor x = tensor([3, 1, 3, 2, 1]);
        (Tensor values, Tensor inverse, Tensor counts) = x.unique(return_inverse: true, return_counts: true);
        Assert.Equal([1L, 2, 3], values.ToArray<long>());
        Assert.Equal([2L, 0, 2, 1, 0], inverse.ToArray<long>());
        Assert.Equal([2L, 1, 2], counts.ToArray<long>());
        Assert.Equal([3L, 1, 3, 2, 1], x.unique_consecutive().ToArray<long>());
        Assert.Equal([1L, 3, 0], bucketize(tensor([1.5, 9.0, 0.0]), tensor([1.0, 2.0, 3.0])).ToArray<long>());
        Assert.Equal([0L, 2, 1, 2], tensor([1, 3, 1, 2, 3]).bincount().ToArray<long>());
        // Enough of few numbers to be counted in four parts, and three beyond.
        Assert.Equal([34L, 33, 33, 33, 33, 33, 0], (arange(199) % 6).bincount(minlength: 7).ToArray<long>());
    }

    [Theory]
    [InlineData(1L), InlineData(1L << 40)]
    public void Membership_is_that_of_a_set(long step)
    {
        // Numbers close together are looked up in a table, those far apart in sorted order.
        Tensor elements = (randint(-60, 60, new long[] { 33, 7 }) * step).t(), others = randint(-20, 50, new long[] { 40 }) * step;
        var set = others.ToArray<long>().ToHashSet();
        bool[] expected = [.. elements.contiguous().ToArray<long>().Select(set.Contains)];
        Assert.Equal(expected, isin(elements, others).ToArray<bool>());
        Assert.Equal([.. expected.Select(found => !found)], isin(elements, others, invert: true).ToArray<bool>());
        if (step == 1) Assert.Equal(expected, isin(elements.to(int8), others.to(int16)).ToArray<bool>());
        Assert.Equal([false, true], isin(tensor([long.MinValue, long.MaxValue]), tensor([long.MaxValue])).ToArray<bool>());
        Assert.Equal([true, true], isin(tensor([long.MinValue, long.MaxValue]), tensor([long.MaxValue, long.MinValue])).ToArray<bool>());
    }

    [Fact]
    public void Unsorted_unique_has_the_order_of_PyTorchs_hash_set()
    {
        Assert.Equal([5, 4, 3, 2, 1], unique(torch.tensor([1, 2, 3, 4, 5]), sorted: false).ToArray<long>());
        Assert.Equal([-8, 5, -9, -2, 0], unique(torch.tensor([0, -2, -9, 5, -8]), sorted: false).ToArray<long>());
        // The fourteenth element makes the set grow and turns the rest around.
        Assert.Equal([19, 18, 17, 16, 15, 14, 13, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], unique(arange(20), sorted: false).ToArray<long>());
        Assert.Equal([5f, 3f, 4f, 2f, 1f], unique(arange(1, 6, dtype: float32), sorted: false).ToArray<float>());
        Assert.Equal([19f, 13, 0, 1, 7, 8, 11, 16, 14, 2, 4, 17, 3, 9, 18, 5, 6, 10, 15, 12], unique(arange(20, dtype: float32), sorted: false).ToArray<float>());
        var (output, inverse, counts) = unique(torch.tensor([3, 1, 3, 2]), sorted: false, return_inverse: true, return_counts: true);
        Assert.Equal([3L, 1, 3, 2], output[inverse].ToArray<long>());
        Assert.Equal(4, counts.sum().item<long>());
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(3, 32)]
    [InlineData(3, 33)]
    [InlineData(1, 34)]
    [InlineData(0, 40)]
    [InlineData(70, 100)]
    [InlineData(2, 5000)]
    [InlineData(1, 300_001)]
    public void Trapezoids_sum_neighbours(int rows, int points)
    {
        Tensor y = torch.sin(arange(rows * points, dtype: float32)).reshape(rows, points).requires_grad_();
        Tensor wide = y.detach().to(float64), expected = (wide[.., 1..] + wide[.., ..^1]).sum(1) * 0.25;
        Tensor area = trapz(y, dx: 0.5);
        Assert.True(allclose(area.to(float64), expected, rtol: 1e-5, atol: 1e-4));
        Assert.True(torch.equal(area, trapezoid(y.view(rows, 1, points), dx: 0.5).view(rows)));
        area.sum().backward();
        float[] slopes = y.grad.ToArray<float>();
        for (int i = 0; i < slopes.Length; i++) Assert.Equal(i % points == 0 || i % points == points - 1 ? 0.25f : 0.5f, slopes[i]);
    }

    [Fact]
    public void A_number_is_its_own_largest_however_many_are_asked_for()
    {
        foreach (long k in new[] { 0L, 1 })
        {
            (Tensor values, Tensor indices) = torch.topk(torch.tensor(3.5), k);
            Assert.Equal(3.5f, values.item<float>());
            Assert.Equal(0L, indices.item<long>());
        }
    }

    [Fact]
    public void Bools_have_at_most_two_different_elements()
    {
        Tensor mixed = randn(40, 7) > 0, none = zeros(5, 3).to(@bool);
        Assert.Equal([false, true], mixed.unique().ToArray<bool>());
        Assert.Equal([false], none.unique().ToArray<bool>());
        Assert.Equal([true], (~none).unique().ToArray<bool>());
        Assert.Empty(zeros(0).to(@bool).unique().ToArray<bool>());
        (Tensor values, Tensor inverse, Tensor counts) = mixed.unique(return_inverse: true, return_counts: true);
        Assert.True(equal(values[inverse], mixed));
        Assert.Equal([280 - mixed.sum().item<long>(), mixed.sum().item<long>()], counts.ToArray<long>());
    }
}
