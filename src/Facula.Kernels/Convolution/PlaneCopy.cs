using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Gathers the positions that a stride meets from every plane, or puts them back with zeros between; gathered planes may lie by channels first, then images.</summary>
internal unsafe struct PlaneCopy<T> : IParallelBody where T : unmanaged
{
    private const long ElementsPerChunk = 16384;

    private Extent3 _whole, _sampled, _stride;
    private T* _source, _destination;
    private long _batch, _channels, _planesPerChunk;
    private bool _merges, _back;

    /// <summary>Copies batch × channels planes: from whole ones to sampled ones, or <paramref name="back"/>.</summary>
    public static void Run(long batch, long channels, Extent3 whole, Extent3 sampled, Extent3 stride, bool merges, T* source, T* destination, bool back)
    {
        var body = new PlaneCopy<T>
        {
            _whole = whole, _sampled = sampled, _stride = stride, _source = source, _destination = destination,
            _batch = batch, _channels = channels, _merges = merges, _back = back,
            _planesPerChunk = Math.Max(1, ElementsPerChunk / whole.Count),
        };
        WorkerPool.Run((int)((batch * channels + body._planesPerChunk - 1) / body._planesPerChunk), ref body);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int chunk)
    {
        long first = chunk * _planesPerChunk, end = Math.Min(_batch * _channels, first + _planesPerChunk);
        long whole = _whole.Count, sampled = _sampled.Count;
        bool isDense = _stride.Count == 1 && whole == sampled;
        if (_back && !isDense)
            BorderedPlane.Clear(_destination + first * whole, (nint)((end - first) * whole));
        (long image, long channel) = Math.DivRem(first, _channels);
        for (long plane = first; plane < end; plane++)
        {
            T* spread = (_back ? _destination : _source) + plane * whole, dense = (_back ? _source : _destination) + (_merges ? channel * _batch + image : plane) * sampled;
            if (!isDense)
                Sample(dense, spread);
            else if (_back)
                PlaneRows.Copy(dense, (nint)sampled, spread);
            else
                PlaneRows.Copy(spread, (nint)sampled, dense);
            if (++channel == _channels)
                (image, channel) = (image + 1, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sample(T* dense, T* spread)
    {
        for (long depth = 0; depth < _sampled.Depth; depth++)
        {
            for (long height = 0; height < _sampled.Height; height++, dense += _sampled.Width)
            {
                T* row = spread + (depth * _stride.Depth * _whole.Height + height * _stride.Height) * _whole.Width;
                if (!_back)
                {
                    PlaneRows.Pick(row, (nint)_stride.Width, (nint)((_sampled.Width - 1) * _stride.Width + 1), dense);
                    continue;
                }
                for (nint i = 0; i < _sampled.Width; i++)
                    row[i * (nint)_stride.Width] = dense[i];
            }
        }
    }
}
