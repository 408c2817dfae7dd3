using Facula.Modules;
using static Facula.torch;

namespace Facula.Tests.Data;

/// <summary>Orders recorded from PyTorch for the same seeds.</summary>
public class SamplerTests
{
    private static int[] Range(int count) => Enumerable.Range(0, count).ToArray();

    [Fact]
    public void Random_sampler_has_pytorchs_order()
    {
        manual_seed(2090502845);
        var sampler = utils.data.RandomSampler(Range(5));
        Assert.Equal([4, 3, 0, 1, 2], sampler);
        Assert.Equal([3, 2, 1, 4, 0], sampler);
        manual_seed(8474739544490049795);
        Assert.Equal([2, 3, 3, 0, 0, 3, 3, 1, 1, 1, 1, 1], utils.data.RandomSampler(Range(5), replacement: true, num_samples: 12));
    }

    [Fact]
    public void Weighted_and_subset_samplers_have_pytorchs_order()
    {
        double[] weights = [0.1, 0.2, 0.30000000000000004, 0.4, 0.5];
        manual_seed(42);
        Assert.Equal([0, 0, 1, 0, 3, 3], utils.data.WeightedRandomSampler(weights, 6));
        manual_seed(1157310029);
        Assert.Equal([0, 4, 3, 2], utils.data.WeightedRandomSampler(weights, 4, replacement: false));
        manual_seed(42);
        Assert.Equal([4, 8, 6, 0, 2], utils.data.SubsetRandomSampler([0, 2, 4, 6, 8]));
    }

    [Fact]
    public void Splits_have_pytorchs_permutation()
    {
        manual_seed(42);
        Assert.Equal(["2,4", "3,0,1"], utils.data.random_split(Range(5), [2, 3]).Select(part => string.Join(',', part.indices)));
        Assert.Equal(["2,4", "3,0,1"], Seeded(() => utils.data.random_split(Range(5), [0.4, 0.6])).Select(part => string.Join(',', part.indices)));
        var generator = new Generator().manual_seed(1461366577);
        var (a, b, c) = utils.data.random_split(Range(5), new long[] { 2, 1, 2 }, generator);
        Assert.Equal(["4,0", "2", "1,3"], ((Subset<int>[])[a, b, c]).Select(part => string.Join(',', part.indices)));
        Assert.Equal(4, a[0]);
        var (left, right) = utils.data.random_split(torch.tensor(Range(100)), [10, 90]);
        Assert.Equal((10, 90), (left.Count, right.Count));
        Assert.Equal(left.indices[3], (long)left[3]);
    }

    private static T Seeded<T>(Func<T> make)
    {
        manual_seed(42);
        return make();
    }

    [Theory]
    [InlineData(10, new[] { 0.5, 0.25, 0.25 }, "6,2,2")]
    [InlineData(11, new[] { 0.3, 0.3, 0.4 }, "4,3,4")]
    [InlineData(3, new[] { 0.1, 0.9 }, "1,2")]
    public void Fractions_spread_their_remainder(int count, double[] fractions, string lengths) =>
        Assert.Equal(lengths, string.Join(',', utils.data.random_split(Range(count), fractions).Select(part => part.Count)));

    [Fact]
    public void Wrong_splits_are_refused()
    {
        Assert.Equal("Sum of input lengths does not equal the length of the input dataset!",
            Assert.Throws<ArgumentException>(() => utils.data.random_split(Range(5), [2, 2])).Message);
        Assert.Equal("Fraction at index 0 is not between 0 and 1", Assert.Throws<ArgumentException>(() => utils.data.random_split(Range(5), [1.5, -0.5])).Message);
    }

    [Fact]
    public void Batches_of_indices()
    {
        Assert.Equal(["0,1,2", "3,4,5", "6,7,8", "9"], Texts(utils.data.BatchSampler(utils.data.SequentialSampler(Range(10)), 3, drop_last: false)));
        Assert.Equal(["0,1,2", "3,4,5", "6,7,8"], Texts(utils.data.BatchSampler(utils.data.SequentialSampler(Range(10)), 3, drop_last: true)));
        Assert.Equal(4, utils.data.BatchSampler(utils.data.SequentialSampler(Range(10)), 3, drop_last: false).Length);
    }

    private static IEnumerable<string> Texts(IEnumerable<long[]> batches) => batches.Select(batch => string.Join(',', batch));

    [Fact]
    public void Shares_of_processes_cover_the_dataset()
    {
        // Recorded from PyTorch: DistributedSampler(range(10), 3, rank, seed=5) with set_epoch(2).
        string[] recorded = ["5,4,9,2", "0,1,6,5", "3,7,8,0"];
        for (int rank = 0; rank < 3; rank++)
        {
            var sampler = utils.data.DistributedSampler(Range(10), 3, rank, seed: 5);
            sampler.set_epoch(2);
            Assert.Equal(recorded[rank], string.Join(',', sampler));
            Assert.Equal(4, sampler.Length);
        }
        Assert.Equal("1,4,7", string.Join(',', utils.data.DistributedSampler(Range(10), 3, 1, shuffle: false, drop_last: true)));
        Assert.Equal("0,0", string.Join(',', utils.data.DistributedSampler(Range(1), 1, 0, shuffle: false).Concat(utils.data.DistributedSampler(Range(1), 4, 3, shuffle: false))));
    }
}
