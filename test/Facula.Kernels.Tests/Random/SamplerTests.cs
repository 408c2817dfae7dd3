namespace Facula.Kernels.Tests;

public unsafe class SamplerTests
{
    private delegate void Sampler<T>(RandomStream stream, T* parameter, T* destination, long count) where T : unmanaged;

    private static T[] Sample<T>(T[] parameter, Sampler<T> sampler) where T : unmanaged
    {
        fixed (T* fixedPointer = parameter)
        {
            T* pointer = fixedPointer;
            return RandomDraw.Of<T>(parameter.Length, (s, p, n) => sampler(s, pointer, p, n));
        }
    }

    private static double[] Widen(float[] values) => [.. values.Select(value => (double)value)];

    [Fact]
    public void Exponential_and_Cauchy()
    {
        RandomDraw.Near(
            [0.9612048281512866, 1.3834837130152091, 0.5478995760976417, 1.4021640890950477, 0.6034118961496826],
            RandomDraw.Of<double>(5, (s, p, n) => RandomFill.Exponential(s, p, n, 2)));
        RandomDraw.Near(
            [0.9612048f, 1.3834838f, 0.5478996f, 1.4021641f, 0.6034119f],
            Widen(RandomDraw.Of<float>(5, (s, p, n) => RandomFill.Exponential(s, p, n, 2))), 1e-7);
        RandomDraw.Near(
            [2.010529912128856, 3.4992094767937765, 1.2867117681790425, 3.596819983981279, 1.3653250291990433],
            RandomDraw.Of<double>(5, (s, p, n) => RandomFill.Cauchy(s, p, n, 1, 0.5)));
        Assert.Equal([0x3F76, 0x3FB1, 0x3F0C, 0x3FB3, 0x3F1A],
            RandomDraw.Bits(RandomDraw.Of<BFloat16>(5, (s, p, n) => RandomFill.Exponential(s, p, n, 2))));
        Assert.Equal([0x4005, 0x4300, 0x3D26, 0x4332, 0x3D76],
            RandomDraw.Bits(RandomDraw.Of<Half>(5, (s, p, n) => RandomFill.Cauchy(s, p, n, 1, 0.5))));
    }

    [Fact]
    public void Long_arrays_are_the_same_in_pieces()
    {
        var whole = RandomDraw.Of<float>(300_000, (s, p, n) => RandomFill.Exponential(s, p, n, 1));
        var stream = new RandomStream(RandomDraw.Seed);
        RandomDraw.Of<float>(299_000, (s, p, n) => RandomFill.Exponential(s, p, n, 1), stream);
        Assert.Equal(whole[299_000..], RandomDraw.Of<float>(1000, (s, p, n) => RandomFill.Exponential(s, p, n, 1), stream));
    }

    [Fact]
    public void Poisson()
    {
        float[] rate = [0, 0.5f, 3, 9.99f, 10, 25, 1000, 1e6f];
        float[] expected = [0, 2, 6, 11, 11, 23, 1023, 1000298];
        Assert.Equal(expected, Sample(rate, RandomFill.Poisson));
        Assert.Equal(Widen(expected), Sample(Widen(rate), RandomFill.Poisson));
        Assert.Equal("invalid Poisson rate, expected rate to be non-negative",
            Assert.Throws<InvalidOperationException>(() => Sample([1f, -1f], RandomFill.Poisson)).Message);
    }

    [Fact]
    public void Gamma()
    {
        float[] alpha = [0.001f, 0.1f, 0.5f, 1, 2, 10, 1000, 0];
        RandomDraw.Near(
            [1.17549435e-38f, 2.1135565e-06f, 0.3370269f, 0.025039462f, 1.698465f, 7.842525f, 981.9191f, 1.17549435e-38f],
            Widen(Sample(alpha, RandomFill.Gamma)), 2e-7);
        RandomDraw.Near(
            [
                2.2250738585072014e-308, 2.11355695207038e-06, 0.3370269138653571, 0.025039466923811808, 1.6984649727388397,
                7.8425247359129076, 981.9191148546553, 2.2250738585072014e-308,
            ], Sample(Widen(alpha), RandomFill.Gamma), 1e-12);
    }

    [Fact]
    public void Dirichlet()
    {
        float[] alpha = [0.5f, 1, 2, 3, 0.1f, 0.2f];
        RandomDraw.Near(
            [0.045544907f, 0.19141078f, 0.7630443f, 0.99985313f, 0.00014686894f, 5.2251863e-14f],
            Widen(Sample(alpha, (s, a, p, n) => RandomFill.Dirichlet(s, a, p, 2, 3))), 2e-7);
        RandomDraw.Near(
            [0.04554490614022837, 0.19141078700859543, 0.7630443068511763, 0.9998531310538784, 0.00014686894606928336, 5.225186299070621e-14],
            Sample(Widen(alpha), (s, a, p, n) => RandomFill.Dirichlet(s, a, p, 2, 3)), 1e-12);
    }

    [Fact]
    public void Binomial()
    {
        float[] trials = [0, 10, 10, 100, 100, 1000, 1000, 1000, 7];
        float[] probability = [0.5f, 0.3f, 0.9f, 0.05f, 0.5f, 0.25f, 0.75f, 0.001f, 1];
        float[] expected = [0, 6, 8, 6, 45, 230, 756, 1, 7];
        fixed (float* fixedPointer = probability)
        {
            float* p32 = fixedPointer;
            Assert.Equal(expected, Sample(trials, (s, t, p, n) => RandomFill.Binomial(s, t, p32, p, n)));
        }
        fixed (double* fixedPointer = Widen(probability))
        {
            double* p64 = fixedPointer;
            Assert.Equal(Widen(expected), Sample(Widen(trials), (s, t, p, n) => RandomFill.Binomial(s, t, p64, p, n)));
        }
    }

    private static long[] Draw<T>(T[] weights, int samples) where T : unmanaged
    {
        fixed (T* fixedPointer = weights)
        {
            T* pointer = fixedPointer;
            return RandomDraw.Of<long>(samples, (s, p, n) => RandomFill.Multinomial(s, pointer, weights.Length, p, n));
        }
    }

    [Fact]
    public void Multinomial_with_replacement()
    {
        Assert.Equal([3L, 4, 3, 4, 3, 3, 2, 3, 3, 2, 2, 3, 2, 4, 3, 2, 2, 2, 2, 0], Draw([1f, 0, 3, 2, 0.5f], 20));
        Assert.Equal(0x6CA03BDC1CCEC2D8u, RandomDraw.Hash(Draw(Enumerable.Range(1, 997).Select(i => (float)i).ToArray(), 3000)));
    }

    [Theory]
    [InlineData(new[] { 0.0, 0.0 }, "invalid multinomial distribution (sum of probabilities <= 0)")]
    [InlineData(new[] { -1.0, 2.0 }, "invalid multinomial distribution (encountering probability entry < 0)")]
    [InlineData(new[] { double.PositiveInfinity, 2.0 }, "invalid multinomial distribution (encountering probability entry = infinity or NaN)")]
    public void Weights_that_make_no_distribution(double[] weights, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => Draw(weights, 1)).Message);
}
