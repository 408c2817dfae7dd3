using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>All complex transforms of one call, cut into chunks for the threads.</summary>
internal readonly unsafe struct ComplexBatch<T> : IParallelBody where T : unmanaged, INumberBase<T>
{
    // Numbers transformed by one chunk: some tens of microseconds of work.
    private const long ChunkSize = 1 << 15;

    private readonly T* _source, _destination;
    private readonly long _outer, _inner, _sourceLength;
    private readonly bool _inverse, _byRows;
    private readonly double _scale;
    private readonly FftLength<T> _plan;
    private readonly FftGroups _groups;
    private readonly long _perChunk;

    public ComplexBatch(T* source, T* destination, long outer, long length, long inner, bool inverse, double scale, long sourceLength)
    {
        _source = source;
        _destination = destination;
        _outer = outer;
        _inner = inner;
        _sourceLength = sourceLength;
        _inverse = inverse;
        _scale = scale;
        _plan = FftPlans<T>.Length(checked((int)length));
        _groups = new FftGroups(outer, inner, LaneMemory<T>.Lanes);
        _byRows = inner == 1 && _plan.PrefersRows(outer);
        long size = _byRows ? length : length * LaneMemory<T>.Lanes;
        _perChunk = Math.Max(1, ChunkSize / size);
        // Made before the threads start, so that they do not make it twice.
        _ = _byRows ? _plan.RowRoom : _plan.Lanes.Room;
    }

    private long Units => _byRows ? _outer : _groups.Count;

    public void Run()
    {
        ComplexBatch<T> body = this;
        WorkerPool.Run(checked((int)((Units + _perChunk - 1) / _perChunk)), ref body);
    }

    public void Run(int chunk)
    {
        long first = chunk * _perChunk, end = Math.Min(Units, first + _perChunk);
        if (_byRows)
            RunRows(first, end);
        else
            RunGroups(first, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunRows(long first, long end)
    {
        long length = _plan.Length, present = Math.Min(length, _sourceLength);
        using var memory = Scratch.Rent<T>(_plan.RowRoom);
        for (long row = first; row < end; row++)
        {
            T* from = _source + row * _sourceLength * 2;
            T* to = _destination + row * length * 2;
            if (present < length)
            {
                // Filled with zeros in the result's place.
                Buffer.MemoryCopy(from, to, present * 2 * sizeof(T), present * 2 * sizeof(T));
                for (long i = 2 * present; i < 2 * length; i++)
                    to[i] = T.Zero;
                from = to;
            }

            _plan.RunRow(from, to, _inverse, _scale, (T*)memory.Pointer);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunGroups(long first, long end)
    {
        var transform = _plan.Lanes;
        int length = _plan.Length, present = (int)Math.Min(length, _sourceLength), lanes = LaneMemory<T>.Lanes;
        using var memory = Scratch.Rent<T>(transform.Room * 2 * lanes);
        T* buffer = (T*)memory.Pointer;
        for (long group = first; group < end; group++)
        {
            LaneLayout layout = _groups.Layout(group, _sourceLength, 2, out long offset);
            LaneTransfer<T>.LoadComplex(_source + offset, layout, present, _inverse, buffer);
            for (int i = 2 * present; i < 2 * length; i++)
                Vector512<T>.Zero.Store(buffer + i * lanes);
            T* result = transform.Run(buffer, 2 * lanes, lanes, buffer);
            layout = _groups.Layout(group, length, 2, out offset);
            LaneTransfer<T>.StoreComplex(result, _destination + offset, layout, length, _inverse, _scale);
        }
    }
}
