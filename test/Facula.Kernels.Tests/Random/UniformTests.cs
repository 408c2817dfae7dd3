namespace Facula.Kernels.Tests;

public unsafe class UniformTests
{
    private static Filler<T> Uniform<T>(double low, double high) where T : unmanaged => (s, p, n) => RandomFill.Uniform(s, p, n, low, high);

    [Fact]
    public void Single_precision()
    {
        Assert.Equal([0.9817182f, 0.87960654f, 0.99214345f, 0.46106726f, 0.08321595f], RandomDraw.Of(5, Uniform<float>(0, 1)));
        Assert.Equal([7.120838f, 6.1201444f, 7.2230062f, 2.0184593f, -1.6844836f], RandomDraw.Of(5, Uniform<float>(-2.5, 7.3)));
        Assert.Equal(0xA1732A508E77B0D3, RandomDraw.Hash(RandomDraw.Of(10007, Uniform<float>(0, 1))));
        Assert.Equal(0x4DCE0AF89461916Bu, RandomDraw.Hash(RandomDraw.Of(10007, Uniform<float>(-2.5, 7.3))));
    }

    [Fact]
    public void Double_precision()
    {
        Assert.Equal([0.8537458849690976, 0.9371476796661825, 0.6657276343152506, 0.9394525654011401, 0.7008540783300001], RandomDraw.Of(5, Uniform<double>(0, 1)));
        Assert.Equal([5.866709672697158, 6.6840472607285895, 4.024130816289457, 6.706635140931174, 4.368369967634002], RandomDraw.Of(5, Uniform<double>(-2.5, 7.3)));
        Assert.Equal(0x0938660A2C2C8E5Au, RandomDraw.Hash(RandomDraw.Of(10007, Uniform<double>(0, 1))));
        Assert.Equal(0x3991D4C30B1C81D7u, RandomDraw.Hash(RandomDraw.Of(10007, Uniform<double>(-2.5, 7.3))));
    }

    [Fact]
    public void Half_precision()
    {
        Assert.Equal([0x3388, 0x39E5, 0x391D, 0x2C08, 0x39A4], RandomDraw.Bits(RandomDraw.Of(5, Uniform<Half>(0, 1))));
        Assert.Equal([0xB238, 0x44B8, 0x4386, 0xBF88, 0x4468], RandomDraw.Bits(RandomDraw.Of(5, Uniform<Half>(-2.5, 7.3))));
        Assert.Equal(0x01392D4BBA9379CDu, RandomDraw.Hash(RandomDraw.Of(10007, Uniform<Half>(0, 1))));
        Assert.Equal(0xD1C49465F49098D5, RandomDraw.Hash(RandomDraw.Of(10007, Uniform<Half>(-2.5, 7.3))));
    }

    [Fact]
    public void Brain_precision()
    {
        Assert.Equal([0x3F62, 0x3F65, 0x3DE8, 0x3F01, 0x3F24], RandomDraw.Bits(RandomDraw.Of(5, Uniform<BFloat16>(0, 1))));
        Assert.Equal([0x40C5, 0x40C9, 0xBFB2, 0x401C, 0x4072], RandomDraw.Bits(RandomDraw.Of(5, Uniform<BFloat16>(-2.5, 7.3))));
        Assert.Equal(0x4AEA1317F057DA12u, RandomDraw.Hash(RandomDraw.Of(10007, Uniform<BFloat16>(0, 1))));
        Assert.Equal(0x24117125EB8C018Bu, RandomDraw.Hash(RandomDraw.Of(10007, Uniform<BFloat16>(-2.5, 7.3))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(623)]
    public void Pieces_of_any_size_give_the_same_numbers(int piece)
    {
        var whole = RandomDraw.Of(3000, Uniform<float>(0, 1));
        var wholeDouble = RandomDraw.Of(3000, Uniform<double>(0, 1));
        var stream = new RandomStream(RandomDraw.Seed);
        var streamDouble = new RandomStream(RandomDraw.Seed);
        for (int start = 0; start < 3000; start += piece)
        {
            int length = Math.Min(piece, 3000 - start);
            Assert.Equal(whole[start..(start + length)], RandomDraw.Of(length, Uniform<float>(0, 1), stream));
            Assert.Equal(wholeDouble[start..(start + length)], RandomDraw.Of(length, Uniform<double>(0, 1), streamDouble));
        }
    }

    [Fact]
    public void Pairs_may_lie_across_the_end_of_a_block()
    {
        var expected = new RandomStream(RandomDraw.Seed);
        var stream = new RandomStream(RandomDraw.Seed);
        expected.NextUInt32();
        stream.NextUInt32();
        var values = RandomDraw.Of(2000, Uniform<double>(0, 1), stream);
        Assert.Equal(Enumerable.Range(0, 2000).Select(_ => expected.NextDouble()), values);
        Assert.Equal(expected.GetState(), stream.GetState());
    }

    [Fact]
    public void Other_types_are_refused() =>
        Assert.Throws<NotSupportedException>(() => RandomDraw.Of(3, Uniform<int>(0, 1)));
}
