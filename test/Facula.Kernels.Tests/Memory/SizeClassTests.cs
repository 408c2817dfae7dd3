namespace Facula.Kernels.Tests;

public class SizeClassTests
{
    private const long KiB = 1 << 10, MiB = 1 << 20;

    [Theory]
    [InlineData(0, 64 * KiB)]
    [InlineData(64 * KiB, 64 * KiB)]
    [InlineData(64 * KiB + 1, 72 * KiB)]
    [InlineData(100 * KiB, 104 * KiB)]
    [InlineData(128 * KiB, 128 * KiB)]
    [InlineData(2 * MiB - 1, 2 * MiB)]
    [InlineData(2 * MiB + 1, 4 * MiB)]
    [InlineData(40_000_000, 40 * MiB)]
    [InlineData(65 * MiB, 68 * MiB)]
    public void Rounds_up(long bytes, long size) => Assert.Equal(size, SizeClass.RoundUp(bytes));

    [Fact]
    public void Classes_are_their_own_class_and_waste_little()
    {
        for (long size = SizeClass.Smallest; size < 1L << 40; size = SizeClass.Next(size))
        {
            Assert.Equal(size, SizeClass.RoundUp(size));
            Assert.InRange(SizeClass.Next(size) - size, 1, Math.Max(size / 8, SizeClass.LargePage));
        }
    }
}
