namespace Facula.Kernels.Tests;

/// <summary>Alone, because the process's pool is shared.</summary>
[CollectionDefinition("BlockPool", DisableParallelization = true)]
public class BlockPoolCollection;

[Collection("BlockPool")]
public unsafe class ScratchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(9_000_000)]
    public void Is_aligned_writable_and_ones_own(int bytes)
    {
        using var first = Scratch.Rent(bytes);
        using var second = Scratch.Rent(bytes);
        using var third = Scratch.Rent(bytes);
        Assert.Equal(0, (nint)first.Pointer % 64);
        new Span<byte>(first.Pointer, bytes).Fill(1);
        new Span<byte>(second.Pointer, bytes).Fill(2);
        new Span<byte>(third.Pointer, bytes).Fill(3);
        Assert.False(new Span<byte>(first.Pointer, bytes).ContainsAnyExcept((byte)1));
        Assert.False(new Span<byte>(second.Pointer, bytes).ContainsAnyExcept((byte)2));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(5_000_000)]
    public void Serves_again_after_disposal(int bytes)
    {
        byte* before;
        using (var scratch = Scratch.Rent(bytes))
            before = scratch.Pointer;
        using var again = Scratch.Rent(bytes);
        Assert.True(before == again.Pointer);
    }

    [Fact]
    public void Counts_elements()
    {
        using var scratch = Scratch.Rent<double>(1000);
        new Span<double>(scratch.Pointer, 1000).Fill(1.5);
        Assert.Throws<OverflowException>(() => Scratch.Rent<double>(long.MaxValue / 4));
    }

    [Fact]
    public void Large_pieces_are_returned_to_the_pool()
    {
        int before = BlockPool.Statistics.LiveBlocks;
        for (int i = 0; i < 10; i++)
        {
            using var scratch = Scratch.Rent(3_000_000);
            Assert.Equal(before + 1, BlockPool.Statistics.LiveBlocks);
        }
        Assert.Equal(before, BlockPool.Statistics.LiveBlocks);
    }
}
