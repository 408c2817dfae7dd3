using System.Runtime.CompilerServices;

namespace Facula.Kernels.Tests;

[Collection("BlockPool")]
public unsafe class BlockCacheTests
{
    private const long MiB = 1 << 20;

    private sealed class Owner
    {
        public nint Address;
    }

    private sealed class Finalizable(Owner owner, List<Owner> saved)
    {
        ~Finalizable()
        {
            lock (saved)
                saved.Add(owner);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Owner Rent(BlockCache cache, long bytes)
    {
        var owner = new Owner();
        owner.Address = cache.Rent(bytes, owner);
        return owner;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RentAndDrop(BlockCache cache, long bytes, int count = 1)
    {
        for (int i = 0; i < count; i++)
            Rent(cache, bytes);
    }

    private static void Fill(Owner owner, long bytes, byte value) => new Span<byte>((void*)owner.Address, checked((int)bytes)).Fill(value);

    private static bool Holds(Owner owner, long bytes, byte value) =>
        !new ReadOnlySpan<byte>((void*)owner.Address, checked((int)bytes)).ContainsAnyExcept(value);

    [Fact]
    public void A_block_is_aligned_and_as_large_as_asked()
    {
        using var cache = new BlockCache();
        foreach (long bytes in (long[])[0, 1, 100_000, 3 * MiB + 1])
        {
            var owner = Rent(cache, bytes);
            Assert.Equal(0, owner.Address % BlockPool.Alignment);
            Fill(owner, bytes, 7);
            Assert.True(Holds(owner, bytes, 7));
            cache.Return(owner.Address);
        }
    }

    [Fact]
    public void Blocks_of_dead_owners_serve_again_and_memory_stays_level()
    {
        // Time passes between the steps, so that the budget allows what collections are needed.
        var clock = new ManualClock();
        using var cache = new BlockCache(clock) { Limit = 64 * MiB };
        for (int step = 0; step < 300; step++)
        {
            RentAndDrop(cache, 4 * MiB, 8);
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }
        Assert.InRange(cache.Statistics.Peak, 0, 128 * MiB);
        Assert.InRange(cache.Statistics.Mapped, 0, 32);
        Assert.Equal(2400, cache.Statistics.Rents);
    }

    [Fact]
    public void What_young_collections_carry_along_is_found_in_the_end()
    {
        // Small results that live through a collection die in the oldest generation, while young ones always free a block of the size that is asked for.
        var clock = new ManualClock();
        using var cache = new BlockCache(clock) { Limit = 16 * MiB };
        for (int step = 0; step < 400; step++)
        {
            var carried = Rent(cache, MiB);
            RentAndDrop(cache, 3 * MiB, 6);
            GC.KeepAlive(carried);
            carried = Rent(cache, 2 * MiB);
            RentAndDrop(cache, 3 * MiB, 6);
            GC.KeepAlive(carried);
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }
        Assert.InRange(cache.Statistics.Peak, 0, 96 * MiB);
    }

    [Fact]
    public void Blocks_of_living_owners_are_never_touched()
    {
        using var cache = new BlockCache { Limit = 8 * MiB };
        var random = new Random(1);
        var kept = new List<(Owner Owner, byte Value)>();
        for (int step = 0; step < 400; step++)
        {
            var owner = Rent(cache, 200_000);
            Fill(owner, 200_000, 0xEE);
            if (random.Next(4) == 0)
            {
                Fill(owner, 200_000, (byte)kept.Count);
                kept.Add((owner, (byte)kept.Count));
            }
            if (random.Next(8) == 0 && kept.Count > 0)
                kept.RemoveAt(random.Next(kept.Count));
        }
        Assert.All(kept, item => Assert.True(Holds(item.Owner, 200_000, item.Value)));
    }

    [Fact]
    public void A_returned_block_is_the_next_to_go_out()
    {
        using var cache = new BlockCache();
        var first = Rent(cache, MiB);
        cache.Return(first.Address);
        Assert.Equal(MiB, cache.Statistics.Cached);
        Assert.Equal(0, cache.Statistics.Live);
        var second = Rent(cache, MiB);
        Assert.Equal(first.Address, second.Address);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }

    [Fact]
    public void Returning_twice_is_an_error()
    {
        using var cache = new BlockCache();
        var owner = Rent(cache, MiB);
        cache.Return(owner.Address);
        Assert.Throws<ArgumentException>(() => cache.Return(owner.Address));
    }

    [Fact]
    public void The_limit_rises_with_what_is_alive()
    {
        var clock = new ManualClock();
        using var cache = new BlockCache(clock) { Limit = 10 * MiB };
        var owners = new List<Owner>();
        for (int i = 0; i < 20; i++)
        {
            owners.Add(Rent(cache, 2 * MiB));
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }
        Assert.Equal(40 * MiB, cache.Statistics.Live);
        Assert.InRange(cache.Limit, 40 * MiB, 60 * MiB);
        GC.KeepAlive(owners);
    }

    [Fact]
    public void Sizes_that_come_no_more_do_not_pile_up()
    {
        using var cache = new BlockCache { Limit = 16 * MiB };
        for (int i = 1; i <= 60; i++)
        {
            var owner = Rent(cache, i * 2 * MiB);
            cache.Return(owner.Address);
        }
        Assert.InRange(cache.Statistics.Cached, 0, 2 * 120 * MiB);
    }

    [Fact]
    public void The_cache_can_be_emptied()
    {
        using var cache = new BlockCache();
        var kept = Rent(cache, 2 * MiB);
        cache.Return(Rent(cache, 4 * MiB).Address);
        Assert.Equal(4 * MiB, cache.EmptyCache());
        Assert.Equal(0, cache.Statistics.Cached);
        Assert.Equal(2 * MiB, cache.Statistics.Live);
        Assert.Equal(6 * MiB, cache.Statistics.Peak);
        GC.KeepAlive(kept);
    }

    [Fact]
    public void A_block_waits_until_no_finalizer_can_reach_its_owner()
    {
        using var cache = new BlockCache();
        var saved = new List<Owner>();
        DropWithFinalizer(cache, saved);
        GC.Collect();
        cache.EmptyCache();
        GC.WaitForPendingFinalizers();
        Assert.True(Holds(Assert.Single(saved), MiB, 5));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DropWithFinalizer(BlockCache cache, List<Owner> saved)
    {
        var owner = Rent(cache, MiB);
        Fill(owner, MiB, 5);
        _ = new Finalizable(owner, saved);
    }

    [Fact]
    public void Torture_frees_at_once_and_fills_with_NaN()
    {
        using var cache = new BlockCache { Torture = true };
        nint dropped = AddressOfDropped(cache);
        var next = Rent(cache, MiB);
        Assert.Equal(dropped, next.Address);
        Assert.True(Holds(next, MiB, 0xFF));
        Assert.True(float.IsNaN(*(float*)next.Address) && double.IsNaN(*(double*)next.Address));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint AddressOfDropped(BlockCache cache)
    {
        var owner = Rent(cache, MiB);
        Fill(owner, MiB, 1);
        return owner.Address;
    }

    [Fact]
    public void Many_threads_may_rent_and_drop()
    {
        using var cache = new BlockCache { Limit = 16 * MiB };
        int failures = 0;
        var threads = Enumerable.Range(1, 4).Select(id => new Thread(() =>
        {
            for (int step = 0; step < 200; step++)
            {
                var owner = Rent(cache, 100_000 * id);
                Fill(owner, 100_000, (byte)id);
                Thread.Yield();
                if (!Holds(owner, 100_000, (byte)id))
                    Interlocked.Increment(ref failures);
                if (step % 3 == 0)
                    cache.Return(owner.Address);
                GC.KeepAlive(owner);
            }
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        Assert.Equal(0, failures);
    }

    [Fact]
    public void An_idle_pool_gives_its_memory_back()
    {
        var clock = new ManualClock();
        using var cache = new BlockCache(clock) { Limit = 4 * MiB };
        var kept = Rent(cache, 2 * MiB);
        cache.Return(Rent(cache, 8 * MiB).Address);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(0, cache.Statistics.Cached);
        Assert.Equal(2 * MiB, cache.Statistics.Live);
        Assert.Equal(4 * MiB, cache.Limit);
        GC.KeepAlive(kept);
    }

    [Fact]
    public void A_request_nobody_can_meet_says_so_as_PyTorch_does()
    {
        using var cache = new BlockCache();
        var error = Assert.Throws<OutOfMemoryException>(() => cache.Rent(1L << 58, this));
        Assert.StartsWith("DefaultCPUAllocator: can't allocate memory: you tried to allocate 288230376151711744 bytes.", error.Message);
        Assert.Equal(0, cache.Statistics.Live);
    }
}
