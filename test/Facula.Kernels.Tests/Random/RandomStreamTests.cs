using System.Buffers.Binary;

namespace Facula.Kernels.Tests;

public unsafe class RandomStreamTests
{
    [Fact]
    public void Draws_the_words_of_the_twister()
    {
        var stream = new RandomStream(RandomDraw.Seed);
        uint[] expected = [3992670690, 3823185381, 1358822685, 561383553, 789925284, 170765737, 878579710, 3549516158];
        Assert.Equal(expected, Enumerable.Range(0, 8).Select(_ => stream.NextUInt32()));
    }

    [Fact]
    public void The_state_has_PyTorchs_layout()
    {
        const ulong seed = (1UL << 63) + 77;
        var stream = new RandomStream(seed);
        Assert.Equal(0xD75D2E0F1F382B9B, RandomDraw.Hash(stream.GetState()));
        RandomDraw.Of<float>(7, (s, p, n) => RandomFill.Uniform(s, p, n, 0, 1), stream);
        RandomDraw.Of<float>(3, (s, p, n) => RandomFill.Normal(s, p, n, 0, 1), stream);
        Assert.Equal(0x4424204A216855C8u, RandomDraw.Hash(stream.GetState()));
        RandomDraw.Of<float>(1000, (s, p, n) => RandomFill.Uniform(s, p, n, 0, 1), stream);
        Assert.Equal(0x2E3EE51950D5E45Au, RandomDraw.Hash(stream.GetState()));
        RandomDraw.Of<float>(624 * 3, (s, p, n) => RandomFill.Uniform(s, p, n, 0, 1), stream);
        RandomDraw.Of<float>(1, (s, p, n) => RandomFill.Normal(s, p, n, 0, 1), stream);
        Assert.Equal(0x78419411F0B8BA7Fu, RandomDraw.Hash(stream.GetState()));
        Assert.Equal(seed, stream.InitialSeed);
    }

    [Fact]
    public void The_state_at_the_end_of_a_block_is_PyTorchs()
    {
        var stream = new RandomStream(RandomDraw.Seed);
        RandomDraw.Of<float>(624, (s, p, n) => RandomFill.Uniform(s, p, n, 0, 1), stream);
        Assert.Equal(0x62B4BD205A30B6BAu, RandomDraw.Hash(stream.GetState()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(623)]
    [InlineData(624)]
    [InlineData(625)]
    [InlineData(5000)]
    public void A_restored_state_goes_on_with_the_same_numbers(int drawn)
    {
        var stream = new RandomStream(RandomDraw.Seed);
        for (int i = 0; i < drawn; i++)
            stream.NextUInt32();
        stream.NextNormal();
        stream.NextFloatNormal = 0.25f;
        var restored = new RandomStream();
        restored.SetState(stream.GetState());
        var clone = stream.Clone();
        Assert.Equal(stream.GetState(), restored.GetState());
        Assert.Equal(stream.InitialSeed, restored.InitialSeed);
        Assert.Equal(0.25f, restored.NextFloatNormal);
        var expected = Next(stream);
        Assert.Equal(expected, Next(restored));
        Assert.Equal(expected, Next(clone));
    }

    private static double[] Next(RandomStream stream) =>
        [stream.NextNormal(), stream.NextNormal(), .. RandomDraw.Of<double>(2000, (s, p, n) => RandomFill.Uniform(s, p, n, 0, 1), stream)];

    [Fact]
    public void The_older_state_keeps_its_pair_of_normals()
    {
        var stream = new RandomStream(1);
        for (int i = 0; i < 5; i++)
            stream.NextUInt32();
        var state = stream.GetState().AsSpan(0, RandomStream.LegacyStateSize);
        BinaryPrimitives.WriteDoubleLittleEndian(state[5016..], 0.3);
        BinaryPrimitives.WriteDoubleLittleEndian(state[5032..], 1.7);
        state[5040] = 1;
        stream.SetState(state);
        RandomDraw.Near([1.6167960777017611, -0.21475855017805603], [stream.NextNormal(), stream.NextNormal()]);
    }

    [Fact]
    public void States_that_cannot_be_are_refused()
    {
        var stream = new RandomStream();
        Assert.Equal(
            "Expected either a CPUGeneratorImplStateLegacy of size 5048 or a CPUGeneratorImplState of size 5056 but found the input RNG state size to be 100",
            Assert.Throws<InvalidOperationException>(() => stream.SetState(new byte[100])).Message);
        Assert.Equal("Invalid mt19937 state", Assert.Throws<InvalidOperationException>(() => stream.SetState(new byte[5056])).Message);

        var state = stream.GetState();
        foreach (var (left, next) in ((int, ulong)[])[(0, 0), (-1, 3), (625, 0), (300, 100), (1, 625), (2, 1UL << 40)])
        {
            BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(8), left);
            BinaryPrimitives.WriteUInt64LittleEndian(state.AsSpan(16), next);
            Assert.Throws<InvalidOperationException>(() => stream.SetState(state));
        }
    }

    [Fact]
    public void Seeding_forgets_the_kept_normal()
    {
        var stream = new RandomStream(RandomDraw.Seed);
        double first = stream.NextNormal();
        stream.Seed(RandomDraw.Seed);
        Assert.Equal(first, stream.NextNormal());
        Assert.Equal(67280421310721u, new RandomStream().InitialSeed);
    }

    [Fact]
    public void The_kept_normal_outlives_other_draws()
    {
        var stream = new RandomStream(RandomDraw.Seed);
        RandomDraw.Near([1.4271304361207144, -1.8700891878086283, -1.1962103952911345], [stream.NextNormal(), stream.NextNormal(), stream.NextNormal()]);
        Assert.Equal(0.33760673f, stream.NextSingle());
        RandomDraw.Near([-2.0439513f, -0.40793434f], [stream.NextNormal(), stream.NextNormal()], 1e-7);
    }
}
