namespace Facula.Kernels.Tests;

public unsafe class NormalTests
{
    private static Filler<T> Normal<T>(double mean = 0, double std = 1) where T : unmanaged => (s, p, n) => RandomFill.Normal(s, p, n, mean, std);

    [Fact]
    public void Few_singles_are_drawn_one_by_one()
    {
        float[] expected = [1.4271305f, -1.8700892f, -1.1962104f, -2.0439513f, -0.45599058f];
        Assert.Equal(expected, RandomDraw.Of(5, Normal<float>()));
        Assert.Equal(expected, RandomDraw.Of<float>(5, (s, p, n) => RandomFill.NormalSerial(s, p, n, 0, 1)));
    }

    [Fact]
    public void Singles_have_PyTorchs_bits()
    {
        Assert.Equal(
            [
                -1.4798077f, 0.487306f, -3.0127938f, 1.3174164f, -1.014831f, -0.5428595f, 0.43074253f, -1.92567f, -0.2145224f, -1.2619947f,
                -0.12815481f, 0.7078839f, 0.2058456f, -0.9300103f, 0.11424503f, -0.44502813f, 0.52241766f, 0.60576993f, 0.74719644f,
            ], RandomDraw.Of(19, Normal<float>()));
        Assert.Equal(
            [
                1.130048f, 1.6218265f, 0.74680156f, 1.6109638f, 1.589939f, 1.496913f, 1.5546306f, 1.1796329f, 2.102799f, 1.999782f,
                1.6961964f, 1.2451322f, 1.4473561f, 1.6567097f, 1.7329407f, 1.5466887f,
            ], RandomDraw.Of(16, Normal<float>(1.5, 0.25)));
        Assert.Equal(0x349E3137A66FF5A0u, RandomDraw.Hash(RandomDraw.Of(10007, Normal<float>())));
        Assert.Equal(0xA8D626EA84429191, RandomDraw.Hash(RandomDraw.Of(10007, Normal<float>(1.7, 0.3))));
    }

    [Fact]
    public void Doubles()
    {
        RandomDraw.Near(
            [1.4271304361207144, -1.8700891878086283, -1.1962103952911345, -2.043951331753674, -0.455990571793294],
            RandomDraw.Of(5, Normal<double>()));
        RandomDraw.Near(
            [
                0.13286308651815784, -2.3467084270760865, -0.6296845181150288, 0.037865913958100926, -1.3981885847051063,
                0.9009153597836386, 1.4302605012756404, 0.9739924585942633, 0.44606274637484694, -0.9889554689563326, 1.340479476109101,
                0.4756320982788148, -1.0776494930793945, 0.18600183817237823, -0.11430518852311856, 1.4982011029007254,
                -0.8925855315474157, -0.23329987619886133, 0.9548545963617608,
            ], RandomDraw.Of(19, Normal<double>()));
        RandomDraw.Near(
            [
                1.5332157716295394, 0.9133228932309784, 1.3425788704712427, 1.5230561723401908, 1.6670567347728877, 1.8750775410245106,
                1.4933022147653081, 1.3111525441870602, 1.0109213564743642, 1.4590012116406805, 1.8349529549090449, 0.9083840475521461,
                1.8506351685219862, 1.4954883606088194, 1.2781383530794452, 1.8430070396716198,
            ], RandomDraw.Of(16, Normal<double>(1.5, 0.25)));
    }

    [Fact]
    public void Halves()
    {
        Assert.Equal([0x3DB5, 0xBF7B, 0xBCC9, 0xC017, 0xB74C], RandomDraw.Bits(RandomDraw.Of(5, Normal<Half>())));
        Assert.Equal(
            [
                0xB55A, 0xB16E, 0x3008, 0x3B44, 0x3CBD, 0x39E0, 0x3B57, 0x366B, 0x3CF5, 0xBF59, 0xB470, 0xBCD9, 0x394A, 0x3A22, 0x2FCB,
                0x3580, 0x2D9B, 0xB13D, 0x2BFF,
            ], RandomDraw.Bits(RandomDraw.Of(19, Normal<Half>())));
        Assert.Equal(
            [
                0x3DAA, 0x3DD5, 0x3E20, 0x3DBE, 0x3C8A, 0x3D55, 0x3BC7, 0x3DBB, 0x3D59, 0x3FA0, 0x3C94, 0x3E41, 0x3D72, 0x3C95, 0x39DE,
                0x3E95,
            ], RandomDraw.Bits(RandomDraw.Of(16, Normal<Half>(1.5, 0.25))));
    }

    [Fact]
    public void Brain_floats()
    {
        Assert.Equal([0x3FB7, 0xBFEF, 0xBF99, 0xC003, 0xBEE9], RandomDraw.Bits(RandomDraw.Of(5, Normal<BFloat16>())));
        Assert.Equal(
            [
                0xBFD1, 0x3FB7, 0x3EBE, 0x3EF4, 0xBF8E, 0x3F89, 0x3F5E, 0x3E76, 0x3F36, 0x3F71, 0xBE20, 0xBF80, 0xBFBA, 0x3E3E, 0x3FC4,
                0xBE32, 0x3EE7, 0x3F4F, 0xBF5C,
            ], RandomDraw.Bits(RandomDraw.Of(19, Normal<BFloat16>())));
        Assert.Equal(
            [
                0x3F8C, 0x3FEE, 0x3FCC, 0x3FE6, 0x3F94, 0x3F94, 0x3FCC, 0x3F9D, 0x3FE8, 0x3FF2, 0x3FCA, 0x3FC1, 0x3FCB, 0x3FD1, 0x4011,
                0x3FB4,
            ], RandomDraw.Bits(RandomDraw.Of(16, Normal<BFloat16>(1.5, 0.25))));
    }

    [Fact]
    public void Logarithmic_normals()
    {
        float[] expected = [47.19372f, 0.064558834f, 0.24847308f, 0.045597486f, 1.0920087f];
        var actual = RandomDraw.Of<float>(5, (s, p, n) => RandomFill.LogNormal(s, p, n, 1, 2));
        RandomDraw.Near([.. expected], [.. actual], 2e-7);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        var one = RandomDraw.Of(300_001, Normal<double>());
        var pieces = new RandomStream(RandomDraw.Seed);
        // What a single thread would do: draw everything, then transform.
        var uniform = RandomDraw.Of<double>(300_000, (s, p, n) => RandomFill.Uniform(s, p, n, 0, 1), pieces);
        double radius = Math.Sqrt(-2 * Math.Log(1 - uniform[200_000])), angle = 2 * Math.PI * uniform[200_008];
        RandomDraw.Near([radius * Math.Cos(angle), radius * Math.Sin(angle)], [one[200_000], one[200_008]]);
    }
}
