namespace Facula.Kernels;

/// <summary>How the sequences of an array [outer, length, inner] are dealt to lanes: across inner where there are enough, else across outer.</summary>
internal readonly struct FftGroups
{
    private readonly long _outer, _inner;
    private readonly int _lanes;
    private readonly bool _acrossInner;
    private readonly long _perLine;

    public FftGroups(long outer, long inner, int lanes)
    {
        _outer = outer;
        _inner = inner;
        _lanes = lanes;
        _acrossInner = inner > 1 && (inner >= outer || 2 * inner >= lanes);
        _perLine = ((_acrossInner ? inner : outer) + lanes - 1) / lanes;
        Count = _perLine * (_acrossInner ? outer : inner);
    }

    public long Count { get; }

    /// <summary>The first sequence of a group and its layout, for numbers of <paramref name="width"/> elements.</summary>
    public LaneLayout Layout(long group, long length, int width, out long offset)
    {
        long line = group / _perLine, first = group % _perLine * _lanes, stride = length * _inner * width;
        int count = (int)Math.Min(_lanes, (_acrossInner ? _inner : _outer) - first);
        offset = _acrossInner ? line * stride + first * width : first * stride + line * width;
        return new LaneLayout((nint)(_acrossInner ? width : stride), (nint)(_inner * width), count);
    }
}
