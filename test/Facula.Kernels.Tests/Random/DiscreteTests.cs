namespace Facula.Kernels.Tests;

public unsafe class DiscreteTests
{
    private static Filler<T> Integers<T>(long low, long high) where T : unmanaged =>
        (s, p, n) => RandomFill.Integers(s, p, n, (ulong)high - (ulong)low, low);

    private static T[] AllOfType<T>() where T : unmanaged => RandomDraw.Of<T>(6, RandomFill.AllOfType);

    [Theory]
    [InlineData(0, 10, new long[] { 0, 1, 5, 3, 4 }, 0xF55FEDC12AE3C20B)]
    [InlineData(-5, 1000003, new long[] { 638749, 154792, 811816, 379060, 918967 }, 0x2AB48DB64782D00Bu)]
    [InlineData(0, 4294967295, new long[] { 3992670690, 3823185381, 1358822685, 561383553, 789925284 }, 0x43E8F63FBB4781D6u)]
    [InlineData(0, 4294967296, new long[] { 3823185381, 561383553, 170765737, 3549516158, 2285257250 }, 0xB4EA642DCA4B5309)]
    [InlineData(-1099511627776, 4611686018427387904,
        new long[] { 3313327587742264805, 1224410776248649857, 3392702161722650025, 3773470025417052542, 1249302930951389730 }, 0x8A9B5B8D1CB5BAC8)]
    [InlineData(long.MinValue, long.MaxValue,
        new long[] { 7925018004216163813, -3387273043155482495, -5830668775620498007, -5449900911926095490, 1249306229486273058 }, 0x2077DB417421406Eu)]
    public void Integers_of_a_range(long low, long high, long[] expected, ulong hash)
    {
        Assert.Equal(expected, RandomDraw.Of(5, Integers<long>(low, high)));
        Assert.Equal(hash, RandomDraw.Hash(RandomDraw.Of(3001, Integers<long>(low, high))));
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(3u)]
    [InlineData(1000003u)]
    [InlineData(0x80000001u)]
    [InlineData(0xFFFFFFFFu)]
    public void Remainders_by_vectors_are_exact(uint range)
    {
        var stream = new RandomStream(7);
        var expected = Enumerable.Range(0, 20_000).Select(_ => (long)(stream.NextUInt32() % range) - 17).ToArray();
        Assert.Equal(expected, RandomDraw.Of(20_000, Integers<long>(-17, range - 17L), new RandomStream(7)));
        Assert.Equal(expected.Select(value => (int)value), RandomDraw.Of(20_000, Integers<int>(-17, range - 17L), new RandomStream(7)));
        Assert.Equal(expected.Select(value => (double)value), RandomDraw.Of(20_000, Integers<double>(-17, range - 17L), new RandomStream(7)));
        Assert.Equal(expected.Select(value => (float)value), RandomDraw.Of(20_000, Integers<float>(-17, range - 17L), new RandomStream(7)));
    }

    [Fact]
    public void Short_integers()
    {
        var longs = RandomDraw.Of(1001, Integers<long>(-100, 100));
        Assert.Equal(longs.Select(value => (short)value), RandomDraw.Of(1001, Integers<short>(-100, 100)));
        Assert.Equal(longs.Select(value => (sbyte)value), RandomDraw.Of(1001, Integers<sbyte>(-100, 100)));
        Assert.Equal(longs.Select(value => (byte)(value + 100)), RandomDraw.Of(1001, Integers<byte>(0, 200)));
        Assert.Equal(longs.Select(value => (Half)(float)value), RandomDraw.Of(1001, Integers<Half>(-100, 100)));
        Assert.Equal(0x4676F8DAD488342Bu, RandomDraw.Hash(RandomDraw.Of(3001, Integers<float>(-5, 1000003))));
    }

    [Fact]
    public void The_whole_range_of_a_type()
    {
        Assert.Equal([7925018004216163813, 5836098993699293313, 3392703261234277801, 3773471124928680318, 1249306229486273058, 1762488680683977473], AllOfType<long>());
        Assert.Equal([1845187042, 1675701733, 1358822685, 561383553, 789925284, 170765737], AllOfType<int>());
        Assert.Equal([20962, 11749, 32029, 2177, 19876, 11689], AllOfType<short>());
        Assert.Equal([98, 101, 29, 1, 36, 41], AllOfType<sbyte>());
        Assert.Equal([226, 229, 29, 129, 164, 169], AllOfType<byte>());
        Assert.Equal([false, true, true, true, false, true], AllOfType<bool>());
        Assert.Equal([16470261f, 14757122f, 16645325f, 7735392f, 1396085f, 2993567f], AllOfType<float>());
        Assert.Equal([7689859298829942.0, 8441075881870842.0, 5996341451664433.0, 8461836446945244.0, 6312732332015000.0, 6084826009482814.0], AllOfType<double>());
        Assert.Equal([0x6630, 0x654F, 0x66A2, 0x608C, 0x636E, 0x4F00], RandomDraw.Bits(AllOfType<Half>()));
        Assert.Equal([0x431F, 0x4336, 0x434E, 0x434E, 0x4274, 0x41F8], RandomDraw.Bits(AllOfType<BFloat16>()));
        Assert.Equal([-1298354032638611995, 5836098993699293313, 3392703261234277801], RandomDraw.Of<long>(3, RandomFill.AllIntegers));
    }

    [Fact]
    public void Coins_fall_alike_in_every_type()
    {
        const string expected = "0000000000001000010100000001010100100010";
        Assert.Equal(expected, Coins<float>());
        Assert.Equal(expected, Coins<double>());
        Assert.Equal(expected, Coins<Half>());
        Assert.Equal(expected, Coins<BFloat16>());
        Assert.Equal(expected, Coins<long>());
        Assert.Equal(expected, Coins<int>());
        Assert.Equal(expected, Coins<short>());
        Assert.Equal(expected, Coins<sbyte>());
        Assert.Equal(expected, Coins<byte>());
        Assert.Equal(expected, Coins<bool>());
        Assert.Equal(0xB82D3CF2ACB58345, RandomDraw.Hash(RandomDraw.Of<float>(10007, (s, p, n) => RandomFill.Bernoulli(s, p, n, 0.37))));
    }

    private static string Coins<T>() where T : unmanaged
    {
        T one = RandomCast.From<T>(1L);
        var values = RandomDraw.Of<T>(40, (s, p, n) => RandomFill.Bernoulli(s, p, n, 0.3));
        return string.Concat(values.Select(value => value.Equals(one) ? '1' : value.Equals(default(T)) ? '0' : '?'));
    }

    [Fact]
    public void Sure_coins()
    {
        Assert.DoesNotContain(0f, RandomDraw.Of<float>(5000, (s, p, n) => RandomFill.Bernoulli(s, p, n, 1)));
        Assert.DoesNotContain(1f, RandomDraw.Of<float>(5000, (s, p, n) => RandomFill.Bernoulli(s, p, n, 0)));
    }

    [Fact]
    public void A_coin_for_each_probability()
    {
        var singles = Enumerable.Range(0, 30).Select(i => i / 29f).ToArray();
        var doubles = singles.Select(value => (double)value).ToArray();
        fixed (float* pSingles = singles)
        fixed (double* pDoubles = doubles)
        {
            // A lambda cannot capture a fixed local, a plain pointer it can.
            float* p32 = pSingles;
            double* p64 = pDoubles;
            Assert.Equal("000010000100011100101110111111",
                string.Concat(RandomDraw.Of<float>(30, (s, p, n) => RandomFill.Bernoulli(s, p32, p, n))));
            Assert.Equal("000000000010100111110110111111",
                string.Concat(RandomDraw.Of<double>(30, (s, p, n) => RandomFill.Bernoulli(s, p64, p, n))));
        }
    }

    [Fact]
    public void Permutations()
    {
        Assert.Empty(RandomDraw.Of<long>(0, RandomFill.Permutation));
        Assert.Equal([0L], RandomDraw.Of<long>(1, RandomFill.Permutation));
        Assert.Equal([0L, 1L], RandomDraw.Of<long>(2, RandomFill.Permutation));
        Assert.Equal([0L, 7, 1, 6, 4, 2, 8, 9, 5, 3], RandomDraw.Of<long>(10, RandomFill.Permutation));
        var many = RandomDraw.Of<long>(5000, RandomFill.Permutation);
        Assert.Equal(0x1AF3883634330EA1u, RandomDraw.Hash(many));
        Assert.Equal(many.Select(value => (int)value), RandomDraw.Of<int>(5000, RandomFill.Permutation));
        Assert.Equal(many.Select(value => (float)value), RandomDraw.Of<float>(5000, RandomFill.Permutation));
    }

    [Fact]
    public void Trials_up_to_the_first_success()
    {
        Assert.Equal([1L, 1, 2, 1, 1, 2], RandomDraw.Of<long>(6, (s, p, n) => RandomFill.Geometric(s, p, n, 0.3)));
        Assert.Equal([1f, 1, 2, 1, 1, 2], RandomDraw.Of<float>(6, (s, p, n) => RandomFill.Geometric(s, p, n, 0.3)));
        Assert.Equal([1, 1, 2, 1, 1, 2], RandomDraw.Of<byte>(6, (s, p, n) => RandomFill.Geometric(s, p, n, 0.3)));
    }
}
