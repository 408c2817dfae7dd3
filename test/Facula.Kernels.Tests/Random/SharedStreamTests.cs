namespace Facula.Kernels.Tests;

/// <summary>Long fills, which several threads share, against the numbers drawn one by one.</summary>
public unsafe class SharedStreamTests
{
    // Within a block, at its end, alone in several turns, shared in one turn and in several, with words left over from before.
    public static TheoryData<int, int> Lengths => new()
    {
        { 0, 0 }, { 0, 1 }, { 1, 623 }, { 0, 624 }, { 3, 625 }, { 624, 1 }, { 7, 2500 }, { 5, 9_000 }, { 0, 29_950 }, { 1, 29_953 }, { 17, 75_000 }, { 623, 200_001 }, { 2, 500_000 },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Floats(int before, int count) => Check<float>(before, count, (s, p, n) => RandomFill.Uniform(s, p, n, -1, 3), s => MathF.FusedMultiplyAdd(s.NextSingle(), 4, -1));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Doubles(int before, int count) => Check<double>(before, count, (s, p, n) => RandomFill.Uniform(s, p, n, 0, 1), s => s.NextDouble());

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Halves(int before, int count) => Check<Half>(before, count, (s, p, n) => RandomFill.Uniform(s, p, n, 0, 1), s => (Half)((s.NextUInt32() & 0x7FF) / 2048f));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Integers(int before, int count)
    {
        foreach (uint range in new uint[] { 1, 2, 10, 1000003, 0x80000001, uint.MaxValue })
            Check<long>(before, count, (s, p, n) => RandomFill.Integers(s, p, n, range, -5), s => s.NextUInt32() % range - 5L);
        Check<int>(before, count, (s, p, n) => RandomFill.Integers(s, p, n, 100, 7), s => (int)(s.NextUInt32() % 100 + 7));
        Check<Half>(before, count, (s, p, n) => RandomFill.Integers(s, p, n, 100, 0), s => (Half)(float)(s.NextUInt32() % 100));
        Check<sbyte>(before, count, (s, p, n) => RandomFill.Integers(s, p, n, 100, -50), s => (sbyte)(s.NextUInt32() % 100 - 50));
        Check<long>(before, count, (s, p, n) => RandomFill.AllOfType(s, p, n), s => (long)(s.NextUInt64() & long.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Bernoulli(int before, int count)
    {
        Check<float>(before, count, (s, p, n) => RandomFill.Bernoulli(s, p, n, 0.3), s => s.NextDouble() < 0.3 ? 1 : 0);
        Check<byte>(before, count, (s, p, n) => RandomFill.Bernoulli(s, p, n, 0.3), s => (byte)(s.NextDouble() < 0.3 ? 1 : 0));
        Check<float>(before, count, (s, p, n) => RandomFill.ScaledBernoulli(s, p, n, 0.3), s => s.NextDouble() < 0.3 ? 1 / 0.3f : 0);
        var p = new float[count + 16];
        var q = new double[count + 16];
        for (int i = 0; i < p.Length; i++)
            q[i] = p[i] = i % 11 / 10f;
        fixed (float* singles = p)
        fixed (double* doubles = q)
        {
            float* s1 = singles;
            double* s2 = doubles;
            int i = 0;
            Check<double>(before, count, (s, d, n) => RandomFill.Bernoulli(s, s1, d, n), s => s.NextSingle() < s1[i++] ? 1 : 0, () => i = 0);
            Check<short>(before, count, (s, d, n) => RandomFill.Bernoulli(s, s1, d, n), s => (short)(s.NextSingle() < s1[i++] ? 1 : 0), () => i = 0);
            Check<bool>(before, count, (s, d, n) => RandomFill.Bernoulli(s, s2, d, n), s => s.NextDouble() < s2[i++], () => i = 0);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Exponential(int before, int count) =>
        Check<double>(before, count, (s, p, n) => RandomFill.Exponential(s, p, n, 1), s => -1.0 * Math.Log(1 - s.NextDouble()));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Permutation(int before, int count)
    {
        RandomStream stream = new(RandomDraw.Seed), same = Started(before);
        for (int i = 0; i < before; i++)
            stream.NextUInt32();
        long[] expected = [.. Enumerable.Range(0, count).Select(i => (long)i)];
        for (int i = 0; i < count - 1; i++)
        {
            int other = i + (int)(stream.NextUInt32() % (uint)(count - i));
            (expected[i], expected[other]) = (expected[other], expected[i]);
        }
        Assert.Equal(expected, RandomDraw.Of<long>(count, RandomFill.Permutation, same));
        Assert.Equal(stream.GetState(), same.GetState());
    }

    [Theory]
    [InlineData(16)]
    [InlineData(48)]
    [InlineData(6_000)]
    [InlineData(100_003)]
    [InlineData(300_000)]
    public void Normals_do_not_depend_on_the_threads(int count)
    {
        // Groups of sixteen stand alone, so a long fill is many short ones.
        var stream = Started(5);
        float[] all = RandomDraw.Of<float>(count / 16 * 16, (s, p, n) => RandomFill.Normal(s, p, n, 1, 2), stream);
        var same = Started(5);
        for (int i = 0; i < all.Length; i += 16)
            Assert.Equal(RandomDraw.Of<float>(16, (s, p, n) => RandomFill.Normal(s, p, n, 1, 2), same), all[i..(i + 16)]);
        Assert.Equal(same.GetState(), stream.GetState());
    }

    private static RandomStream Started(int before)
    {
        var stream = new RandomStream(RandomDraw.Seed);
        RandomDraw.Of<float>(before, (s, p, n) => RandomFill.Uniform(s, p, n, 0, 1), stream);
        return stream;
    }

    private static void Check<T>(int before, int count, Filler<T> fill, Func<RandomStream, T> one, Action? restart = null) where T : unmanaged
    {
        var same = new RandomStream(RandomDraw.Seed);
        for (int i = 0; i < before; i++)
            same.NextUInt32();
        var expected = new T[count];
        for (int i = 0; i < count; i++)
            expected[i] = one(same);
        restart?.Invoke();
        var stream = Started(before);
        T[] actual = RandomDraw.Of(count, fill, stream);
        Assert.True(expected.AsSpan().SequenceEqual(actual));
        if (count > 0) Assert.Equal(same.GetState(), stream.GetState());
    }
}
