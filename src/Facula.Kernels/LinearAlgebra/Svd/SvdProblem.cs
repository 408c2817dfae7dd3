using System.Numerics;

namespace Facula.Kernels;

/// <summary>The decomposition of a tall matrix, its vectors held one to a row.</summary>
internal unsafe struct SvdProblem<T> : IDisposable where T : unmanaged, INumberBase<T>
{
    // From this ratio of sides on a QR factorisation first is cheaper.
    private const double TallRatio = 1.6;

    private readonly nint _m, _n, _longCount;
    private readonly bool _factored;
    private readonly nint _longPitch, _shortPitch, _rows;
    private readonly Scratch _numbers, _vectors;
    private readonly T* _long, _short;
    private readonly int* _order;

    /// <param name="longCount">How many of the long vectors are wanted, n or m; 0 for values alone.</param>
    public SvdProblem(nint m, nint n, nint longCount)
    {
        _m = m;
        _n = n;
        _longCount = longCount;
        _factored = m >= TallRatio * n && m > 8;
        _rows = _factored ? n : m;
        _numbers = Scratch.Rent(n * (2 * sizeof(double) + sizeof(int)));
        Values = (double*)_numbers.Pointer;
        _order = (int*)(Values + 2 * n);
        if (longCount == 0)
            return;
        _shortPitch = Triangular.Pitch<T>(n);
        _longPitch = Triangular.Pitch<T>(_rows);
        nint held = _factored ? n : longCount;
        _vectors = Scratch.Rent<T>(n * _shortPitch + held * _longPitch + (_factored ? m * Triangular.Pitch<T>(longCount) : 0));
        _short = (T*)_vectors.Pointer;
        _long = _short + n * _shortPitch;
        for (T* p = _short, end = _long + held * _longPitch; p < end; p++)
            *p = T.Zero;
    }

    /// <summary>The singular values, descending once solved.</summary>
    public double* Values { get; }

    private readonly T* Expanded => _long + _n * _longPitch;
    private readonly nint ExpandedPitch => Triangular.Pitch<T>(_longCount);

    /// <summary>Decomposes; the matrix is destroyed.</summary>
    public readonly int Solve(T* a, nint pitch)
    {
        nint n = _n;
        using var tauMemory = Scratch.Rent<T>(n);
        T* tau = (T*)tauMemory.Pointer;
        var reduction = new BidiagonalReduction<T>(_rows, n);
        if (_factored)
        {
            Qr.Factor(a, _m, n, pitch, tau);
            for (nint i = 0; i < n; i++)
                for (nint j = 0; j < n; j++)
                    reduction.Matrix[i * reduction.Pitch + j] = j >= i ? a[i * pitch + j] : T.Zero;
        }
        else
        {
            VectorLoops.Copy(a, pitch, reduction.Matrix, reduction.Pitch, _m, n);
        }

        double* d = Values, e = d + n;
        reduction.Run(d, e);
        if (_longCount > 0)
        {
            nint held = _factored ? n : _longCount;
            ReflectorRows.WriteTransposedProduct(reduction.Left, reduction.Height, 0, n, reduction.LeftTau, _rows, held, _long, _longPitch);
            ReflectorRows.WriteTransposedProduct(reduction.Right, reduction.Pitch, 1, n - 1, reduction.RightTau, n, n, _short, _shortPitch);
        }

        reduction.Dispose();
        nint reals = Scalars.IsComplex<T>() ? 2 : 1;
        int info = Scalars.IsSingle<T>() ? Iterate<float>(d, e, reals) : Iterate<double>(d, e, reals);
        Sort();
        if (_factored && _longCount > 0)
            Expand(a, pitch, tau);
        return info;
    }

    private readonly int Iterate<R>(double* d, double* e, nint reals) where R : unmanaged, INumberBase<R>
    {
        bool vectors = _longCount > 0;
        var left = new RotationLog<R>(vectors ? (R*)_long : null, reals * _longPitch, _n, reals * _longPitch);
        var right = new RotationLog<R>(vectors ? (R*)_short : null, reals * _shortPitch, _n, reals * _shortPitch);
        int info = BidiagonalQr<R>.Solve(d, e, (int)_n, ref left, ref right);
        left.Apply();
        right.Apply();
        left.Dispose();
        right.Dispose();
        return info;
    }

    /// <summary>Orders the values; a negative one gives its sign to the short vector.</summary>
    private readonly void Sort()
    {
        for (int i = 0; i < _n; i++)
        {
            _order[i] = i;
            if (!(Values[i] < 0) && !double.IsNegative(Values[i]))
                continue;
            Values[i] = -Values[i];
            if (_longCount > 0)
                VectorLoops.ScaleReal(_short + i * _shortPitch, -1, _n);
        }

        var values = new Span<double>(Values, (int)_n);
        var order = new Span<int>(_order, (int)_n);
        values.Sort(order, static (left, right) => right.CompareTo(left));
    }

    /// <summary>U = Q·[U_R 0; 0 I], row by row.</summary>
    private readonly void Expand(T* factors, nint pitch, T* tau)
    {
        T* expanded = Expanded;
        nint width = ExpandedPitch;
        for (nint i = 0; i < _m; i++)
        {
            new Span<T>(expanded + i * width, (int)width).Clear();
            if (i < _n)
                for (nint j = 0; j < _n; j++)
                    expanded[i * width + j] = _long[_order[j] * _longPitch + i];
            else if (i < _longCount)
                expanded[i * width + i] = T.One;
        }

        Qr.ApplyQ(factors, _m, _n, pitch, tau, expanded, width, _longCount, left: true, adjoint: false);
    }

    /// <summary>Writes the vectors of length n as columns, or conjugated as rows.</summary>
    public readonly void WriteShort(T* target, nint stride, bool asColumns)
    {
        for (nint j = 0; j < _n; j++)
            WriteVector(_short + _order[j] * _shortPitch, _n, j, target, stride, asColumns);
    }

    /// <summary>Writes the vectors of length m as columns, or conjugated as rows.</summary>
    public readonly void WriteLong(T* target, nint stride, bool asColumns)
    {
        if (!_factored)
        {
            for (nint j = 0; j < _longCount; j++)
                WriteVector(_long + (j < _n ? _order[j] : j) * _longPitch, _m, j, target, stride, asColumns);
        }
        else if (asColumns)
        {
            VectorLoops.Copy(Expanded, ExpandedPitch, target, stride, _m, _longCount);
        }
        else
        {
            VectorLoops.Transpose(Expanded, ExpandedPitch, target, stride, _m, _longCount, conjugate: true);
        }
    }

    private static void WriteVector(T* source, nint count, nint index, T* target, nint stride, bool asColumn)
    {
        if (asColumn)
            for (nint i = 0; i < count; i++)
                target[i * stride + index] = source[i];
        else
            for (nint i = 0; i < count; i++)
                target[index * stride + i] = Scalars.Conjugate(source[i]);
    }

    public readonly void Dispose()
    {
        _vectors.Dispose();
        _numbers.Dispose();
    }
}
