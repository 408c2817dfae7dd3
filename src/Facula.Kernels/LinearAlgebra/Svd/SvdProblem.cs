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
        _longPitch = Triangular.Pitch<T>(longCount);
        _vectors = Scratch.Rent<T>(n * _shortPitch + m * _longPitch);
        _short = (T*)_vectors.Pointer;
        _long = _short + n * _shortPitch;
    }

    /// <summary>The singular values, descending once solved.</summary>
    public double* Values { get; }

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
            {
                T* row = reduction.Matrix + i * reduction.Pitch;
                new Span<T>(row, (int)i).Clear();
                VectorLoops.Copy(a + i * pitch + i, pitch, row + i, reduction.Pitch, 1, n - i);
            }
        }
        else
        {
            VectorLoops.Copy(a, pitch, reduction.Matrix, reduction.Pitch, _m, n);
        }

        double* d = Values, e = d + n;
        reduction.Run(d, e);
        int info;
        if (_longCount == 0)
        {
            info = SolveValues(d, e);
        }
        else
        {
            info = Scalars.IsSingle<T>() ? SolveVectors<float>(d, e) : SolveVectors<double>(d, e);
            ReflectorRows.Apply(reduction.Left, reduction.Height, 0, n, reduction.LeftTau, _rows, _long, _longPitch, _factored ? n : _longCount);
            ReflectorRows.Apply(reduction.Right, reduction.Pitch, 1, n - 1, reduction.RightTau, n, _short, _shortPitch, n);
            if (_factored)
                Qr.ApplyQ(a, _m, n, pitch, tau, _long, _longPitch, _longCount, left: true, adjoint: false);
        }

        reduction.Dispose();
        return info;
    }

    private readonly int SolveValues(double* d, double* e)
    {
        int info = 0;
        if (!BidiagonalValues.Solve(d, e, (int)_n))
        {
            var none = new RotationLog<double>(null, 0, 0, 0);
            info = BidiagonalQr<double>.Solve(d, e, (int)_n, ref none, ref none);
        }
        for (nint i = 0; i < _n; i++)
            d[i] = Math.Abs(d[i]);
        var values = new Span<double>(d, (int)_n);
        values.Sort();
        values.Reverse();
        return info;
    }

    /// <summary>The bidiagonal matrix's vectors as columns: the short ones, and the long ones with a unit matrix below.</summary>
    private readonly int SolveVectors<R>(double* d, double* e) where R : unmanaged, INumberBase<R>
    {
        nint n = _n, pitch = Triangular.Pitch<R>(n);
        using var memory = Scratch.Rent<R>(2 * n * pitch);
        R* left = (R*)memory.Pointer, right = left + n * pitch;
        new Span<R>(left, checked((int)(2 * n * pitch))).Clear();
        int info = BidiagonalDivision<R>.Solve(d, e, (int)n, left, right, pitch, _order);
        new Span<int>(_order, (int)n).Reverse();
        for (nint i = 0; i < n; i++)
            e[i] = d[_order[i]];
        new Span<double>(e, (int)n).CopyTo(new Span<double>(d, (int)n));
        ReflectorRows.WriteColumns(right, pitch, n, n, _order, _short, _shortPitch);
        ReflectorRows.WriteColumns(left, pitch, n, n, _order, _long, _longPitch);
        for (nint i = 0; i < _m; i++)
        {
            T* row = _long + i * _longPitch;
            nint from = i < n ? n : 0;
            new Span<T>(row + from, (int)(_longCount - from)).Clear();
            if (i >= n && i < _longCount)
                row[i] = T.One;
        }

        return info;
    }

    /// <summary>Writes the vectors of length n as columns, or conjugated as rows.</summary>
    public readonly void WriteShort(T* target, nint stride, bool asColumns) => Write(_short, _shortPitch, _n, _n, target, stride, asColumns);

    /// <summary>Writes the vectors of length m as columns, or conjugated as rows.</summary>
    public readonly void WriteLong(T* target, nint stride, bool asColumns) => Write(_long, _longPitch, _m, _longCount, target, stride, asColumns);

    private static void Write(T* source, nint pitch, nint rows, nint columns, T* target, nint stride, bool asColumns)
    {
        if (asColumns)
            VectorLoops.Copy(source, pitch, target, stride, rows, columns);
        else
            VectorLoops.Transpose(source, pitch, target, stride, rows, columns, conjugate: true);
    }

    public readonly void Dispose()
    {
        _vectors.Dispose();
        _numbers.Dispose();
    }
}
