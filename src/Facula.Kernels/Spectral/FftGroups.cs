using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>
/// How the sequences of an array [outer, length, inner] are dealt to lanes: across inner where there are enough, else across outer, and where
/// several times inner fit into a vector, all of inner of several of outer.
/// </summary>
internal readonly struct FftGroups
{
    private readonly long _outer, _inner;
    private readonly int _lanes;
    private readonly bool _acrossInner;
    private readonly long _perLine;
    // How many of outer share a vector with all of inner; 0 for none.
    private readonly int _runs;

    public FftGroups(long outer, long inner, int lanes)
    {
        _outer = outer;
        _inner = inner;
        _lanes = lanes;
        _runs = inner > 1 && outer > 1 && 2 * inner <= lanes ? lanes / (int)inner : 0;
        _acrossInner = inner > 1 && (inner >= outer || 2 * inner >= lanes);
        _perLine = ((_acrossInner ? inner : outer) + lanes - 1) / lanes;
        Count = _runs > 0 ? (outer + _runs - 1) / _runs : _perLine * (_acrossInner ? outer : inner);
    }

    public long Count { get; }

    /// <summary>The first sequence of a group and its layout, for numbers of <paramref name="width"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneLayout Layout(long group, long length, int width, out long offset)
    {
        if (_runs > 0)
        {
            long from = group * _runs;
            offset = from * length * _inner * width;
            return new LaneLayout((nint)(length * _inner * width), (nint)(_inner * width), (int)(Math.Min(_runs, _outer - from) * _inner), (int)_inner);
        }

        long line = group / _perLine, first = group % _perLine * _lanes, stride = length * _inner * width;
        int count = (int)Math.Min(_lanes, (_acrossInner ? _inner : _outer) - first);
        offset = _acrossInner ? line * stride + first * width : first * stride + line * width;
        return new LaneLayout((nint)(_acrossInner ? width : stride), (nint)(_inner * width), count);
    }
}
