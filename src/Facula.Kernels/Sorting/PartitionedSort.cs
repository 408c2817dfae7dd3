using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>
/// The stable sort of one long row. The leading bits of the keys choose among 256 buckets of about equal size, found from a sample; a bucket
/// fits the cache and is sorted by itself. A stable order is unique, so nothing depends on the buckets or on who sorts them.
/// </summary>
internal unsafe struct PartitionedSort<T, TEntry> : IParallelBody
    where T : unmanaged
    where TEntry : unmanaged, ISortEntry<TEntry>
{
    private const int Buckets = 256, BinBits = 16, Bins = 1 << BinBits, Samples = 1 << 14;
    private const long PerChunk = 1 << 15;

    private enum Phase { Count, Scatter, Finish }

    private readonly T* _source, _values;
    private readonly long* _indices;
    private readonly long _count;
    private readonly ulong _flip, _base;
    private byte* _table, _choices;
    private TEntry* _entries;
    // For each chunk how many entries go to each bucket, then where they go; behind the last chunk where the buckets end.
    private long* _places;
    private ulong _least;
    private int _shift;
    private Phase _phase;

    /// <param name="smallest">Subtracted from every key, so that it fits the entry.</param>
    public PartitionedSort(T* source, T* values, long* indices, long count, ulong flip, ulong smallest)
    {
        this = default;
        _source = source;
        _values = values;
        _indices = indices;
        _count = count;
        _flip = flip;
        _base = smallest;
    }

    private readonly int Chunks => (int)((_count + PerChunk - 1) / PerChunk);

    public void Run()
    {
        using Scratch entries = Scratch.Rent<TEntry>(_count), choices = Scratch.Rent(_count), table = Scratch.Rent(Bins), places = Scratch.Rent<long>((Chunks + 1) * Buckets);
        _entries = (TEntry*)entries.Pointer;
        _choices = choices.Pointer;
        _table = table.Pointer;
        _places = (long*)places.Pointer;
        ChooseBuckets();
        RunPhase(Phase.Count, Chunks);
        long sum = 0;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            for (int chunk = 0; chunk < Chunks; chunk++)
            {
                long n = _places[chunk * Buckets + bucket];
                _places[chunk * Buckets + bucket] = sum;
                sum += n;
            }

            _places[Chunks * Buckets + bucket] = sum;
        }

        RunPhase(Phase.Scatter, Chunks);
        RunPhase(Phase.Finish, Buckets);
    }

    private void RunPhase(Phase phase, int chunks)
    {
        _phase = phase;
        WorkerPool.Run(chunks, ref this);
    }

    public readonly void Run(int chunk)
    {
        if (_phase == Phase.Count)
            Count(chunk * PerChunk, Math.Min(_count, (chunk + 1) * PerChunk), _places + chunk * Buckets);
        else if (_phase == Phase.Scatter)
            Scatter(chunk * PerChunk, Math.Min(_count, (chunk + 1) * PerChunk), _places + chunk * Buckets);
        else
            Finish(chunk == 0 ? 0 : _places[Chunks * Buckets + chunk - 1], _places[Chunks * Buckets + chunk]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong Key(long i) => (OrderedKey.Of64(_source[i]) ^ _flip) - _base;

    /// <summary>Gives each bin, a range of keys, to a bucket. What the sample missed below or above belongs to the first or the last bin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ChooseBuckets()
    {
        int samples = (int)Math.Min(Samples, _count);
        long stride = _count / samples;
        using Scratch memory = Scratch.Rent<ulong>(samples), bins = Scratch.Rent<int>(Bins);
        ulong* keys = (ulong*)memory.Pointer;
        int* counts = (int*)bins.Pointer;
        ulong least = ulong.MaxValue, most = 0;
        for (int i = 0; i < samples; i++)
        {
            // Not quite evenly, so that a period of the data is not met each time.
            ulong key = keys[i] = Key(i * stride + (long)Math.BigMul((uint)i * 2654435769u, (uint)Math.Min(stride, uint.MaxValue)) / (1L << 32));
            least = Math.Min(least, key);
            most = Math.Max(most, key);
        }

        _least = least;
        _shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount(most - least) - BinBits);
        new Span<int>(counts, Bins).Clear();
        for (int i = 0; i < samples; i++)
            counts[(keys[i] - least) >> _shift]++;
        // The bucket of a bin is that of its middle.
        double scale = Buckets / (2.0 * samples + 1);
        int before = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            int n = counts[bin];
            _table[bin] = (byte)(int)((2 * before + n) * scale);
            before += n;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Count(long first, long end, long* counts)
    {
        new Span<long>(counts, Buckets).Clear();
        byte* table = _table, choices = _choices;
        ulong least = _least;
        int shift = _shift;
        for (long i = first; i < end; i++)
        {
            ulong key = Key(i);
            byte bucket = table[Math.Min((Math.Max(key, least) - least) >> shift, Bins - 1)];
            choices[i] = bucket;
            counts[bucket]++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Scatter(long first, long end, long* places)
    {
        byte* choices = _choices;
        TEntry* entries = _entries;
        for (long i = first; i < end; i++)
            entries[places[choices[i]]++] = TEntry.Of(Key(i), i);
    }

    private readonly void Finish(long first, long end)
    {
        if (first == end)
            return;
        using Scratch memory = Scratch.Rent<TEntry>(end - first);
        TEntry* sorted = TEntry.Sort(_entries + first, (TEntry*)memory.Pointer, end - first);
        SortKernels.Unpack(_source, sorted, _values + first, _indices + first, end - first, _flip, _base);
    }
}
