using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Everything known about transforms of one length: the ways to do them, made when first needed, and which way is best.</summary>
internal sealed unsafe class FftLength<T> where T : unmanaged, INumberBase<T>
{
    private readonly double _laneCost, _rowCost;
    private readonly bool _byChirp;
    private LaneTransform<T>? _lanes;
    private RowTransform<T>? _row;
    private RowChirp<T>? _chirp;
    private T[]? _realTwiddles;

    public FftLength(int length)
    {
        Length = length;
        int lanes = LaneMemory<T>.Lanes;
        long bytes = 4L * length * lanes * sizeof(T);
        // Beyond the caches of the first and second level the passes over lanes slow down.
        _laneCost = (FftRadices.Cost(length) + 8.0 * length) * (bytes <= 48 << 10 ? 1 : bytes <= 1 << 20 ? 1.5 : 4);
        _rowCost = FftRadices.Of(length) is null ? double.PositiveInfinity : RowTransform<T>.CostOf(length);
        double chirp = RowTransform<T>.CostOf(ChirpConvolution.PaddedLength(length)) * 2.2 + 100;
        _byChirp = chirp < _rowCost;
        _rowCost = Math.Min(_rowCost, chirp);
    }

    public int Length { get; }

    public LaneTransform<T> Lanes => _lanes ??= FftPlans<T>.Lanes(Length);

    /// <summary>Bytes of tables.</summary>
    public long Size => (_lanes?.Size ?? 0) + (_row?.Size ?? 0) + (_chirp?.Size ?? 0) + (_realTwiddles?.Length ?? 0) * (long)sizeof(T);

    /// <summary>Whether rows, this many of them, are better done one by one than side by side.</summary>
    public bool PrefersRows(long rows) => _rowCost * Math.Min(rows, LaneMemory<T>.Lanes) < _laneCost;

    /// <summary>Elements of working memory for <see cref="RunRow"/>.</summary>
    public long RowRoom
    {
        get
        {
            if (_byChirp)
                return (_chirp ??= new RowChirp<T>(Length)).Room;
            return (_row ??= new RowTransform<T>(Length)).Room;
        }
    }

    /// <summary>Transforms one row; source and destination may be the same. Ask for <see cref="RowRoom"/> before.</summary>
    public void RunRow(T* source, T* destination, bool inverse, double scale, T* work)
    {
        if (_chirp is not null)
            _chirp.Run(source, destination, inverse, scale, work);
        else
            _row!.Run(source, destination, inverse, scale, work);
    }

    /// <summary>The twiddles of <see cref="RealSpectrum{T}"/> for an even number of real values.</summary>
    public T* RealTwiddles
    {
        get
        {
            if (_realTwiddles is null)
            {
                var twiddles = GC.AllocateUninitializedArray<T>(2 * (Length / 4 + 1) + 16, pinned: true);
                RealSpectrum<T>.FillTwiddles((T*)Unsafe.AsPointer(ref twiddles[0]), Length);
                // The first one stays: pointers to it are about.
                Interlocked.CompareExchange(ref _realTwiddles, twiddles, null);
            }

            return (T*)Unsafe.AsPointer(ref _realTwiddles[0]);
        }
    }
}
