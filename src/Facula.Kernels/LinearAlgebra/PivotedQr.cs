using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>QR factorisation with column exchanges, so that the diagonal of R falls in size.</summary>
/// <remarks>
/// Of the columns still to come only the next pivot and one row are brought up to date in each step, the rest by one product for a block
/// of steps: A lacks V·F, V the block's reflectors and F what they subtract (LAPACK's laqps).
/// </remarks>
internal readonly unsafe ref struct PivotedQr<T> where T : unmanaged, INumberBase<T>
{
    private const int Width = 32;

    private readonly T* _a, _tau, _v, _f, _dots, _conjugate;
    private readonly double* _norms, _exact;
    private readonly int* _order;
    private readonly nint _m, _n, _stride, _height, _pitch;

    private PivotedQr(T* a, nint m, nint n, nint stride, T* tau, int* order, T* memory, double* norms)
    {
        _a = a;
        _m = m;
        _n = n;
        _stride = stride;
        _tau = tau;
        _order = order;
        _height = Triangular.Pitch<T>(m);
        _pitch = Triangular.Pitch<T>(n);
        _v = memory;
        _f = _v + Width * _height;
        _conjugate = _f + Width * _pitch;
        _dots = _conjugate + _height;
        _norms = norms;
        _exact = norms + n;
    }

    /// <summary>Factors A·P = Q·R in place, in the form of <see cref="Qr.Factor"/>; column j of A·P is column order[j] of A.</summary>
    public static void Factor(T* a, nint m, nint n, nint stride, T* tau, int* order)
    {
        using var memory = Scratch.Rent<T>(Width * (Triangular.Pitch<T>(m) + Triangular.Pitch<T>(n) + 1) + Triangular.Pitch<T>(m));
        using var norms = Scratch.Rent<double>(2 * n);
        var problem = new PivotedQr<T>(a, m, n, stride, tau, order, (T*)memory.Pointer, (double*)norms.Pointer);
        for (nint j = 0; j < n; j++)
        {
            order[j] = (int)j;
            problem.Measure(j, 0);
        }

        nint least = Math.Min(m, n);
        for (nint start = 0; start < least;)
            start += problem.FactorBlock(start, Math.Min(Width, least - start));
    }

    /// <summary>Takes up to <paramref name="most"/> steps, fewer when a norm must be computed anew; answers how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private nint FactorBlock(nint start, nint most)
    {
        nint count = 0;
        bool stale = false;
        while (count < most && !stale)
        {
            nint k = start + count;
            Exchange(k, count);
            Reflect(k, count++);
            for (nint j = k + 1; j < _n; j++)
                stale |= Downdate(k, j);
        }

        nint done = start + count;
        if (done < _m && done < _n)
            MatrixProduct.Multiply(_v + done, 1, _height, _f + done, _pitch, 1, _a + done * (_stride + 1), _stride, _m - done, _n - done, count, -1, 1);
        if (stale)
            for (nint j = done; j < _n; j++)
                if (_exact[j] < 0)
                    Measure(j, done);
        return count;
    }

    private void Measure(nint column, nint firstRow) =>
        _norms[column] = _exact[column] = firstRow < _m ? VectorLoops.Norm(_a + firstRow * _stride + column, _m - firstRow, _stride) : 0;

    /// <summary>Brings the longest column to place k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Exchange(nint k, nint count)
    {
        nint pivot = k;
        for (nint j = k + 1; j < _n; j++)
            if (_norms[j] > _norms[pivot])
                pivot = j;
        if (pivot == k)
            return;
        for (nint i = 0; i < _m; i++)
            (_a[i * _stride + k], _a[i * _stride + pivot]) = (_a[i * _stride + pivot], _a[i * _stride + k]);
        for (nint i = 0; i < count; i++)
            (_f[i * _pitch + k], _f[i * _pitch + pivot]) = (_f[i * _pitch + pivot], _f[i * _pitch + k]);
        (_order[k], _order[pivot]) = (_order[pivot], _order[k]);
        _norms[pivot] = _norms[k];
        _exact[pivot] = _exact[k];
    }

    /// <summary>The reflector of column k, its row of F, and row k of R; <paramref name="count"/> reflectors of the block precede it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reflect(nint k, nint count)
    {
        T* v = _v + count * _height, row = _a + k * _stride;
        nint left = _m - k, rest = _n - k - 1;
        for (nint i = k; i < _m; i++)
            v[i] = _a[i * _stride + k];
        if (count > 0)
            VectorLoops.CombineRows(v + k, _v + k, _height, _f + k, _pitch, count, left, -1);
        T alpha = v[k];
        T tau = _tau[k] = Householder.Generate(ref alpha, v + k + 1, left - 1);
        v[k] = T.One;
        row[k] = alpha;
        for (nint i = k + 1; i < _m; i++)
            _a[i * _stride + k] = v[i];
        if (rest == 0)
            return;

        // F gets τ̄·vᴴ·(A − V·F).
        T* f = _f + count * _pitch + k + 1, turned = v;
        new Span<T>(f, (int)rest).Clear();
        if (!Scalars.IsZero(tau))
        {
            if (Scalars.IsComplex<T>())
            {
                turned = _conjugate;
                for (nint i = k; i < _m; i++)
                    turned[i] = Scalars.Conjugate(v[i]);
            }

            VectorLoops.CombineRows(f, row + k + 1, _stride, turned + k, 1, left, rest);
            if (count > 0)
            {
                VectorLoops.RowDots(_dots, 1, _v + k, _height, turned + k, count, left);
                VectorLoops.CombineRows(f, _f + k + 1, _pitch, _dots, 1, count, rest, -1);
            }

            VectorLoops.Scale(f, Scalars.Conjugate(tau), rest);
        }

        VectorLoops.CombineRows(row + k + 1, _f + k + 1, _pitch, _v + k, _height, count + 1, rest, -1);
    }

    /// <summary>Removes row k from the norm of a column; true when too many digits would be lost, and it must be computed anew.</summary>
    private bool Downdate(nint k, nint j)
    {
        double norm = _norms[j];
        if (norm == 0)
            return false;
        double ratio = Scalars.Magnitude(_a[k * _stride + j]) / norm;
        double left = Math.Max(0, (1 + ratio) * (1 - ratio));
        double sinceExact = norm / _exact[j];
        if (left * sinceExact * sinceExact <= (Scalars.IsSingle<T>() ? 3e-4 : 1.5e-8))
        {
            _exact[j] = -1;
            return true;
        }

        _norms[j] = norm * Math.Sqrt(left);
        return false;
    }
}
