using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>All real transforms of one call, forward or back, cut into chunks for the threads.</summary>
/// <remarks>An even number of real values is half as many complex ones; an odd number is transformed as complex.</remarks>
internal readonly unsafe struct RealBatch<T> : IParallelBody where T : unmanaged, INumberBase<T>
{
    private const long ChunkSize = 1 << 16;

    private readonly T* _source, _destination;
    private readonly long _outer, _inner, _sourceLength;
    private readonly int _length;
    private readonly bool _conjugate, _forward, _even, _byRows;
    private readonly double _scale;
    private readonly FftLength<T> _plan;
    private readonly T* _twiddles;
    private readonly FftLength<T>? _twiddlePlan;
    private readonly FftGroups _groups;
    private readonly long _perChunk;

    public RealBatch(T* source, T* destination, long outer, long length, long inner, bool conjugate, double scale, long sourceLength, bool forward)
    {
        _source = source;
        _destination = destination;
        _outer = outer;
        _inner = inner;
        _length = checked((int)length);
        _sourceLength = sourceLength;
        _conjugate = conjugate;
        _forward = forward;
        _scale = scale;
        _even = length % 2 == 0;
        _plan = FftPlans<T>.Length(_even ? _length / 2 : _length);
        if (_even)
        {
            // The array of twiddles lives as long as this plan.
            _twiddlePlan = FftPlans<T>.Length(_length);
            _twiddles = _twiddlePlan.RealTwiddles;
        }

        _groups = new FftGroups(outer, inner, LaneMemory<T>.Lanes);
        _byRows = inner == 1 && _plan.PrefersRows(outer);
        long size = _byRows ? length : length * LaneMemory<T>.Lanes;
        _perChunk = Math.Max(1, ChunkSize / size);
        _ = _byRows ? _plan.RowRoom : _plan.Lanes.Room;
    }

    private long Units => _byRows ? _outer : _groups.Count;
    private int SpectrumLength => _length / 2 + 1;

    public void Run()
    {
        RealBatch<T> body = this;
        WorkerPool.Run(checked((int)((Units + _perChunk - 1) / _perChunk)), ref body);
        GC.KeepAlive(_twiddlePlan);
    }

    public void Run(int chunk)
    {
        long first = chunk * _perChunk, end = Math.Min(Units, first + _perChunk);
        if (_byRows)
            RunRows(first, end);
        else
            RunGroups(first, end);
    }

    private void RunRows(long first, long end)
    {
        long room = 2L * _length + 16;
        using var memory = Scratch.Rent<T>(_plan.RowRoom + 2 * room);
        T* z = (T*)memory.Pointer, input = z + room, work = input + room;
        for (long row = first; row < end; row++)
        {
            if (_forward)
                ForwardRow(_source + row * _sourceLength, _destination + row * SpectrumLength * 2, z, input, work);
            else
                BackwardRow(_source + row * _sourceLength * 2, _destination + row * _length, z, input, work);
        }
    }

    /// <summary>Copies what there is of a row and fills it with zeros.</summary>
    private static void Fill(T* source, long present, T* target, long count)
    {
        Buffer.MemoryCopy(source, target, present * sizeof(T), present * sizeof(T));
        new Span<T>(target + present, checked((int)(count - present))).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardRow(T* source, T* destination, T* z, T* input, T* work)
    {
        long present = Math.Min(_length, _sourceLength);
        if (_even)
        {
            if (present < _length)
            {
                Fill(source, present, input, _length);
                source = input;
            }

            _plan.RunRow(source, z, false, 1, work);
            RealSpectrum<T>.UnpackRow(z, destination, _length / 2, _twiddles, T.CreateTruncating(_scale), _conjugate);
            return;
        }

        for (long i = 0; i < _length; i++)
        {
            z[2 * i] = i < present ? source[i] : T.Zero;
            z[2 * i + 1] = T.Zero;
        }

        _plan.RunRow(z, z, _conjugate, _scale, work);
        Buffer.MemoryCopy(z, destination, SpectrumLength * 2 * sizeof(T), SpectrumLength * 2 * sizeof(T));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardRow(T* source, T* destination, T* z, T* input, T* work)
    {
        long present = Math.Min(SpectrumLength, _sourceLength);
        if (present < SpectrumLength)
        {
            Fill(source, 2 * present, input, 2 * SpectrumLength);
            source = input;
        }

        if (_even)
        {
            RealSpectrum<T>.PackRow(source, z, _length / 2, _twiddles, _conjugate);
            _plan.RunRow(z, destination, true, _scale, work);
            return;
        }

        z[0] = source[0];
        z[1] = T.Zero;
        for (long k = 1; k < SpectrumLength; k++)
        {
            T re = source[2 * k], im = _conjugate ? -source[2 * k + 1] : source[2 * k + 1];
            z[2 * k] = z[2 * (_length - k)] = re;
            z[2 * k + 1] = im;
            z[2 * (_length - k) + 1] = -im;
        }

        _plan.RunRow(z, z, true, _scale, work);
        for (long i = 0; i < _length; i++)
            destination[i] = z[2 * i];
    }

    private void RunGroups(long first, long end)
    {
        var transform = _plan.Lanes;
        int lanes = LaneMemory<T>.Lanes;
        long room = (_length + 2L) * 2 * lanes;
        // Runs are read and written a vector at a time, the last one beyond the end.
        using var memory = Scratch.Rent<T>(transform.Room * 2 * lanes + room + lanes);
        T* extra = (T*)memory.Pointer, buffer = extra + room;
        for (long group = first; group < end; group++)
        {
            if (_forward)
                ForwardGroup(transform, group, buffer, extra);
            else
                BackwardGroup(transform, group, buffer, extra);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardGroup(LaneTransform<T> transform, long group, T* buffer, T* extra)
    {
        int lanes = LaneMemory<T>.Lanes, present = (int)Math.Min(_length, _sourceLength), numbers = _plan.Length;
        LaneLayout input = _groups.Layout(group, _sourceLength, 1, out long offset);
        T* source = _source + offset;
        int loaded = _even ? present / 2 : present;
        if (_even)
            LaneTransfer<T>.LoadPairs(source, input, loaded, buffer);
        else
            LaneTransfer<T>.LoadReal(source, input, loaded, buffer);
        for (int i = 2 * loaded; i < 2 * numbers; i++)
            Vector512<T>.Zero.Store(buffer + i * lanes);
        if (_even && present % 2 != 0)
            LaneTransfer<T>.LoadReal(source + (present - 1) * input.NumberStep, input, 1, buffer + loaded * 2L * lanes);

        T* result = transform.Run(buffer, 2 * lanes, lanes, buffer);
        if (_even)
        {
            RealSpectrum<T>.UnpackLanes(result, extra, _length / 2, _twiddles);
            result = extra;
        }

        LaneLayout output = _groups.Layout(group, SpectrumLength, 2, out offset);
        if (_conjugate)
            for (int k = 0; k < SpectrumLength; k++)
                (-Vector512.Load(result + (2 * k + 1) * lanes)).Store(result + (2 * k + 1) * lanes);
        LaneTransfer<T>.StoreComplex(result, _destination + offset, output, SpectrumLength, false, _scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardGroup(LaneTransform<T> transform, long group, T* buffer, T* extra)
    {
        int lanes = LaneMemory<T>.Lanes, present = (int)Math.Min(SpectrumLength, _sourceLength);
        LaneLayout input = _groups.Layout(group, _sourceLength, 2, out long offset);
        T* spectrum = _even ? extra : buffer;
        LaneTransfer<T>.LoadComplex(_source + offset, input, present, false, spectrum);
        for (int i = 2 * present; i < 2 * SpectrumLength; i++)
            Vector512<T>.Zero.Store(spectrum + i * lanes);
        if (_conjugate)
            for (int k = 0; k < present; k++)
                (-Vector512.Load(spectrum + (2 * k + 1) * lanes)).Store(spectrum + (2 * k + 1) * lanes);

        LaneLayout output = _groups.Layout(group, _length, 1, out offset);
        if (_even)
        {
            RealSpectrum<T>.PackLanes(spectrum, buffer, _length / 2, _twiddles);
            // With the parts exchanged the forward transform is the inverse one.
            Exchange(buffer, _plan.Length);
            T* result = transform.Run(buffer, 2 * lanes, lanes, buffer);
            LaneTransfer<T>.StorePairs(result, _destination + offset, output, _length / 2, true, _scale);
            return;
        }

        Vector512<T>.Zero.Store(buffer + lanes);
        for (int k = 1; k < SpectrumLength; k++)
        {
            // Conjugated, since the forward transform of the conjugate is the conjugate of the inverse one, and that is real.
            Vector512<T> re = Vector512.Load(buffer + 2L * k * lanes), im = Vector512.Load(buffer + (2L * k + 1) * lanes);
            (-im).Store(buffer + (2L * k + 1) * lanes);
            re.Store(buffer + 2L * (_length - k) * lanes);
            im.Store(buffer + (2L * (_length - k) + 1) * lanes);
        }

        LaneTransfer<T>.StoreReal(transform.Run(buffer, 2 * lanes, lanes, buffer), _destination + offset, output, _length, _scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exchange(T* buffer, int count)
    {
        int lanes = LaneMemory<T>.Lanes;
        for (int i = 0; i < count; i++, buffer += 2 * lanes)
        {
            Vector512<T> re = Vector512.Load(buffer);
            Vector512.Load(buffer + lanes).Store(buffer);
            re.Store(buffer + lanes);
        }
    }
}
