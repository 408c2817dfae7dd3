using System.Runtime.CompilerServices;

namespace Facula.Kernels.Tests;

[Collection("BlockPool")]
public class EarlyCollectionsTests
{
    private const long MiB = 1 << 20;
    private readonly ManualClock _clock = new();

    private void Attempt(EarlyCollections early, int generation, long freed, double microseconds)
    {
        long start = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMicroseconds(microseconds));
        early.Swept(0);
        early.Judge(generation, freed, 8 * MiB, start);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
    }

    private static bool IsDueAfter(EarlyCollections early, long bytes)
    {
        var block = new Block(bytes);
        early.HandedOut(block);
        block.Free();
        return early.IsDue;
    }

    [Fact]
    public void Attempts_that_pay_come_every_eight_MiB()
    {
        var early = new EarlyCollections(_clock);
        for (int i = 0; i < 5; i++)
        {
            Assert.False(IsDueAfter(early, 6 * MiB));
            Assert.True(IsDueAfter(early, 2 * MiB));
            Attempt(early, 0, 8 * MiB, 40);
            Assert.True(early.Pays);
            Assert.Equal(0, early.Generation);
        }
    }

    [Theory]
    [InlineData(0, 40)]
    [InlineData(8 * MiB, 1000)]
    public void Attempts_that_do_not_pay_become_rare(long freed, double microseconds)
    {
        var early = new EarlyCollections(_clock);
        long skipped = 16 * MiB;
        for (int i = 0; i < 3; i++)
        {
            // The older generation has its turn before the pause.
            Attempt(early, 0, freed, microseconds);
            Assert.Equal(1, early.Generation);
            Attempt(early, 1, freed, microseconds);
            Assert.Equal(0, early.Generation);
            for (long bytes = 4 * MiB; bytes < skipped; bytes += 4 * MiB)
                Assert.False(IsDueAfter(early, 4 * MiB));
            Assert.True(IsDueAfter(early, 4 * MiB));
            skipped *= 4;
        }
        Attempt(early, 0, 8 * MiB, 40);
        Assert.True(IsDueAfter(early, 8 * MiB));
    }

    [Fact]
    public void Attempts_take_a_quarter_of_the_time_at_most()
    {
        var early = new EarlyCollections(_clock);
        long start = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMicroseconds(40));
        early.Judge(0, 8 * MiB, 8 * MiB, start);
        Assert.False(IsDueAfter(early, 8 * MiB));
        _clock.Advance(TimeSpan.FromMicroseconds(121));
        Assert.True(early.IsDue);
    }

    [Fact]
    public void An_owner_made_after_its_block_dies_young()
    {
        var addresses = new HashSet<nint>();
        for (int i = 0; i < 40; i++)
            addresses.Add(RentAndDrop());
        // Tests beside this one may cost an attempt its success; without any each of the forty would have its own place.
        Assert.InRange(addresses.Count, 1, 20);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint RentAndDrop()
    {
        nint block = BlockPool.Rent(4 * MiB);
        BlockPool.Assign(block, new object());
        return block;
    }
}
