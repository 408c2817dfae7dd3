using System.Runtime.CompilerServices;

namespace Facula.Kernels.Tests;

[Collection("BlockPool")]
public class SmallBlocksTests
{
    [Fact]
    public void Every_class_holds_its_requests_and_wastes_a_quarter_at_most()
    {
        for (long bytes = SmallBlocks.Smallest; bytes <= SmallBlocks.Largest; bytes++)
        {
            int size = SmallBlocks.SizeOf(SmallBlocks.ClassOf(bytes));
            Assert.InRange(size, bytes, bytes + bytes / 4);
            Assert.Equal(0, size % 64);
        }
        Assert.Equal(SmallBlocks.ClassOf(SmallBlocks.Smallest), SmallBlocks.ClassOf(1));
    }

    [Fact]
    public void Blocks_in_use_do_not_overlap()
    {
        var blocks = new SmallBlocks();
        var rented = new List<(nint Address, int Size)>();
        var owner = new object();
        foreach (int bytes in (int[])[1024, 1500, 4000, 4000, 9000, 32768, 32768, 1024])
        {
            SmallBlock block = blocks.Rent(bytes)!;
            block.Assign(owner);
            Assert.Equal(0, block.Address % BlockPool.Alignment);
            rented.Add((block.Address, bytes));
        }
        rented.Sort();
        for (int i = 1; i < rented.Count; i++) Assert.True(rented[i - 1].Address + rented[i - 1].Size <= rented[i].Address);
        GC.KeepAlive(owner);
    }

    [Fact]
    public void A_returned_block_goes_out_next()
    {
        var blocks = new SmallBlocks();
        SmallBlock block = blocks.Rent(4000)!;
        blocks.Return(block);
        Assert.Same(block, blocks.Rent(3900));
        blocks.Return(block);
        Assert.Throws<ArgumentException>(() => blocks.Return(block));
    }

    [Fact]
    public void Dead_owners_free_their_blocks_and_live_ones_keep_theirs()
    {
        var blocks = new SmallBlocks();
        var owner = new object();
        SmallBlock kept = blocks.Rent(4096)!;
        kept.Assign(owner);
        var seen = new HashSet<nint>();
        // Five times the room: without reuse there would be no block left.
        for (long bytes = 0; bytes < 5 * SmallBlocks.Room; bytes += 4096)
        {
            nint address = Forgotten(blocks);
            Assert.NotEqual(kept.Address, address);
            seen.Add(address);
        }
        Assert.InRange(seen.Count * 4096L, 4096, SmallBlocks.Room);
        GC.KeepAlive(owner);
    }

    [Fact]
    public void A_full_room_has_no_block()
    {
        var blocks = new SmallBlocks();
        var owner = new object();
        for (long bytes = 0; bytes < SmallBlocks.Room; bytes += SmallBlocks.Largest) Patiently(blocks, SmallBlocks.Largest).Assign(owner);
        Assert.Null(blocks.Rent(SmallBlocks.Largest));
        Assert.Null(blocks.Rent(SmallBlocks.Smallest));
        GC.KeepAlive(owner);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Forgotten(SmallBlocks blocks)
    {
        SmallBlock block = Patiently(blocks, 4096);
        block.Assign(new object());
        return block.Address;
    }

    // Where collections are dear, the blocks wait for the next one, which tells what is alive.
    private static SmallBlock Patiently(SmallBlocks blocks, long bytes)
    {
        if (blocks.Rent(bytes) is { } block) return block;
        GC.Collect();
        return Assert.IsType<SmallBlock>(blocks.Rent(bytes));
    }
}
