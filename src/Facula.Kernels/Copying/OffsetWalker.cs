namespace Facula.Kernels;

/// <summary>Walks a strided shape in row-major order: the offset of each index in turn. The shape must not be empty.</summary>
public ref struct OffsetWalker
{
    private readonly ReadOnlySpan<long> _shape, _strides;
    private readonly long[] _index;

    public OffsetWalker(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        _shape = shape;
        _strides = strides;
        _index = shape.Length == 0 ? [] : new long[shape.Length];
        Offset = 0;
    }

    /// <summary>Elements from the first to the present index.</summary>
    public long Offset { get; private set; }

    /// <summary>The present index.</summary>
    public readonly ReadOnlySpan<long> Index => _index;

    /// <summary>Goes to the next index; false after the last.</summary>
    public bool Next()
    {
        for (int i = _shape.Length - 1; i >= 0; i--)
        {
            Offset += _strides[i];
            if (++_index[i] < _shape[i]) return true;
            Offset -= _shape[i] * _strides[i];
            _index[i] = 0;
        }
        return false;
    }
}
