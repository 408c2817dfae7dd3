using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>Eigenvalues and eigenvectors of a real symmetric tridiagonal matrix by divide and conquer (Cuppen; Gu and Eisenstat).</summary>
/// <remarks>
/// The matrix is two halves and a change of rank one. With the halves solved, the values are roots of a secular equation and the vectors a
/// matrix product; entries and gaps too small to matter leave the problem before that. Vectors lie along rows, so that choosing, rotating
/// and ordering them are walks along memory. The numbers are double throughout, the vectors of type R.
/// </remarks>
internal unsafe struct TridiagonalDivision<R> : IDisposable where R : unmanaged, INumberBase<R>
{
    // Up to this order the implicit iteration does it.
    private const int Leaf = 32;

    private readonly double* _d, _e;
    private readonly R* _rows;
    private readonly nint _pitch;
    private readonly int* _order;
    private readonly Scratch _numbers, _matrices;
    private readonly double* _z, _values;
    private readonly int* _sorted, _kept, _gone, _kinds;
    private readonly R* _vectors;
    private GroupedRows<R> _groups;
    private SecularEquation<PlainGap> _equation;

    private TridiagonalDivision(double* d, double* e, int n, R* rows, nint pitch, int* order)
    {
        _d = d;
        _e = e;
        _rows = rows;
        _pitch = pitch;
        _order = order;
        int padded = (n + 7) & -8;
        _numbers = Scratch.Rent(padded * (2L * sizeof(double) + 4 * sizeof(int)) + 64);
        _z = (double*)_numbers.Pointer;
        _values = _z + padded;
        _sorted = (int*)(_values + padded);
        _kept = _sorted + padded;
        _gone = _kept + padded;
        _kinds = _gone + padded;
        if (n <= Leaf)
            return;
        _matrices = Scratch.Rent<R>(n * pitch);
        _vectors = (R*)_matrices.Pointer;
        _groups = new GroupedRows<R>(n);
        _equation = new SecularEquation<PlainGap>(n);
    }

    /// <summary>Turns d into the eigenvalues and writes the vectors along rows; e (n − 1 numbers) is destroyed.</summary>
    /// <param name="rows">n rows, zero before; padded to whole vectors.</param>
    /// <param name="order">Receives which value and row comes first in ascending order, and so on.</param>
    /// <returns>0, or how many off-diagonal elements did not vanish.</returns>
    public static int Solve(double* d, double* e, int n, R* rows, nint pitch, int* order)
    {
        double scale = Scale(d, e, n);
        var division = new TridiagonalDivision<R>(d, e, n, rows, pitch, order);
        int info = division.Solve(0, n);
        division.Dispose();
        RealLoops.Scale(d, scale, n);
        return info;
    }

    /// <summary>Brings the largest number to between 1 and 2 by a power of two; answers the way back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Scale(double* d, double* e, int n)
    {
        double largest = 0;
        for (int i = 0; i < n; i++)
            largest = Math.Max(largest, Math.Max(Math.Abs(d[i]), i < n - 1 ? Math.Abs(e[i]) : 0));
        if (largest == 0)
            return 1;
        int exponent = Math.ILogB(largest);
        RealLoops.Scale(d, Math.ScaleB(1, -exponent), n);
        RealLoops.Scale(e, Math.ScaleB(1, -exponent), n - 1);
        return Math.ScaleB(1, exponent);
    }

    private int Solve(int start, int n)
    {
        if (n <= Leaf)
            return Iterate(start, n);
        int half = n / 2;
        double beside = _e[start + half - 1], size = Math.Abs(beside);
        _d[start + half - 1] -= size;
        _d[start + half] -= size;
        int info = Solve(start, half);
        if (info == 0)
            info = Solve(start + half, n - half);
        if (info == 0)
            Merge(start, half, n, beside);
        return info;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int Iterate(int start, int n)
    {
        R* block = _rows + start * (_pitch + 1);
        for (int i = 0; i < n; i++)
            block[i * (_pitch + 1)] = R.One;
        // Before and behind the block its rows are zero: whole vectors are rotated.
        nint lanes = Vector512<R>.Count, from = start / lanes * lanes;
        var log = new RotationLog<R>(_rows + start * _pitch + from, _pitch, n, start + n - from, 2 * n * n);
        int info = TridiagonalQl.Solve(_d + start, _e + start, n, ref log);
        log.Apply();
        log.Dispose();
        int* order = _order + start;
        for (int i = 0; i < n; i++)
        {
            int at = i;
            double value = _d[start + i];
            for (; at > 0 && _d[start + order[at - 1]] > value; at--)
                order[at] = order[at - 1];
            order[at] = i;
        }

        return info;
    }

    /// <summary>Joins two solved halves: T = diag(T₁, T₂) + ρ·u·uᵀ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Merge(int start, int half, int n, double beside)
    {
        double* d = _d + start;
        R* rows = _rows + start * (_pitch + 1);
        // z = Q·u: the last elements of the first half's vectors and the first of the second's; ‖u‖² = 2.
        double root = Math.Sqrt(0.5), second = Math.CopySign(root, beside), rho = 2 * Math.Abs(beside), largest = 0, heaviest = 0;
        for (int i = 0; i < n; i++)
        {
            _z[i] = i < half ? root * double.CreateTruncating(rows[i * _pitch + half - 1]) : second * double.CreateTruncating(rows[i * _pitch + half]);
            _kinds[i] = i < half ? 0 : 2;
            largest = Math.Max(largest, Math.Abs(d[i]));
            heaviest = Math.Max(heaviest, Math.Abs(_z[i]));
        }

        int* order = _order + start;
        for (int i = half; i < n; i++)
            order[i] += half;
        MergeOrder(d, order, half, order + half, n - half, _sorted);
        double tolerance = Math.Max(4 * Scalars.Epsilon<R>() * Math.Max(largest, heaviest), 1e-60);
        int gone = 0, kept = rho * heaviest <= tolerance ? 0 : Deflate(d, rows, n, rho, tolerance, out gone);
        if (kept == 0)
        {
            new Span<int>(_sorted, n).CopyTo(new Span<int>(order, n));
            return;
        }

        for (int i = 0; i < kept; i++)
        {
            _equation.Poles[i] = d[_kept[i]];
            _equation.Weights[i] = _z[_kept[i]];
        }

        _equation.Solve(kept, rho);
        for (int i = 0; i < kept; i++)
            _values[i] = _equation.Poles[_equation.Origins[i]] + _equation.Shifts[i];
        _groups.Arrange(_kept, kept, _kinds, _gone, gone);
        nint wide = Triangular.Pitch<R>(kept);
        FormVectors(kept, wide);
        _groups.Multiply(rows, _pitch, half, half, n, _vectors, wide);
        for (int i = 0; i < gone; i++)
            _values[kept + i] = d[_gone[i]];
        new Span<double>(_values, n).CopyTo(new Span<double>(d, n));
        OrderAll(d, kept, gone, _kept, order);
    }

    /// <summary>Orders values of which the first ones ascend already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void OrderAll(double* d, int ascending, int rest, int* work, int* order)
    {
        for (int i = 0; i < ascending + rest; i++)
        {
            int at = i;
            if (i >= ascending)
                for (; at > ascending && d[work[at - 1]] > d[i]; at--)
                    work[at] = work[at - 1];
            work[at] = i;
        }

        MergeOrder(d, work, ascending, work + ascending, rest, order);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MergeOrder(double* d, int* first, int firstCount, int* second, int secondCount, int* result)
    {
        int i = 0, j = 0;
        while (i < firstCount || j < secondCount)
            *result++ = j == secondCount || (i < firstCount && d[first[i]] <= d[second[j]]) ? first[i++] : second[j++];
    }

    /// <summary>Takes out what is an eigenpair as it stands, or is one after a rotation with its neighbour; answers how many stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int Deflate(double* d, R* rows, int n, double rho, double tolerance, out int goneCount)
    {
        int kept = 0, gone = 0, previous = -1;
        for (int k = 0; k < n; k++)
        {
            int j = _sorted[k];
            if (rho * Math.Abs(_z[j]) <= tolerance)
            {
                _gone[gone++] = j;
                continue;
            }

            if (previous >= 0)
            {
                double size = Scalars.Hypotenuse(_z[previous], _z[j]), c = _z[j] / size, s = -_z[previous] / size;
                if (Math.Abs((d[j] - d[previous]) * c * s) <= tolerance)
                {
                    _z[j] = size;
                    if (_kinds[j] != _kinds[previous])
                        _kinds[j] = 1;
                    Rotate(rows + previous * _pitch, rows + j * _pitch, c, s, n);
                    (d[previous], d[j]) = (d[previous] * c * c + d[j] * s * s, d[previous] * s * s + d[j] * c * c);
                    _gone[gone++] = previous;
                }
                else
                {
                    _kept[kept++] = previous;
                }
            }

            previous = j;
        }

        if (previous >= 0)
            _kept[kept++] = previous;
        goneCount = gone;
        return kept;
    }

    /// <summary>Turns two rows: x′ = c·x + s·y, y′ = c·y − s·x, in double whatever their type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rotate(R* x, R* y, double c, double s, int n)
    {
        // One step towards c² + s² = 1.
        double defect = 0.5 * Math.FusedMultiplyAdd(-s, s, Math.FusedMultiplyAdd(-c, c, 1));
        c = Math.FusedMultiplyAdd(c, defect, c);
        s = Math.FusedMultiplyAdd(s, defect, s);
        for (int i = 0; i < n; i++)
        {
            double first = double.CreateTruncating(x[i]), second = double.CreateTruncating(y[i]);
            x[i] = R.CreateTruncating(c * first + s * second);
            y[i] = R.CreateTruncating(c * second - s * first);
        }
    }

    /// <summary>The eigenvectors of the secular equation's matrix along rows, their elements in the order of the groups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void FormVectors(int count, nint pitch)
    {
        int padded = (count + 15) & -16;
        using var memory = Scratch.Rent<double>(3 * padded);
        double* poles = (double*)memory.Pointer, weights = poles + padded, vector = weights + padded;
        _equation.CopyGrouped(_groups.Places, padded, poles, weights);
        for (int i = 0; i < count; i++)
        {
            Vector512<double> origin = Vector512.Create(_equation.Poles[_equation.Origins[i]]), shift = Vector512.Create(_equation.Shifts[i]), sum = default;
            for (int j = 0; j < padded; j += 8)
            {
                Vector512<double> value = Vector512.Load(weights + j) / (Vector512.Load(poles + j) - origin - shift);
                value.Store(vector + j);
                sum = Fma(value, value, sum);
            }

            WriteScaled(vector, 1 / Math.Sqrt(Vector512.Sum(sum)), count, _vectors + i * pitch);
        }
    }

    /// <summary>Writes whole vectors, as many as hold <paramref name="count"/> numbers; the source has a multiple of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WriteScaled(double* source, double factor, int count, R* target)
    {
        Vector512<double> by = Vector512.Create(factor);
        if (typeof(R) == typeof(float))
            for (int j = 0; j < count; j += 16)
                NarrowLanes.Narrow(Vector512.Load(source + j) * by, Vector512.Load(source + j + 8) * by).Store((float*)target + j);
        else
            for (int j = 0; j < count; j += 8)
                (Vector512.Load(source + j) * by).Store((double*)target + j);
    }

    public readonly void Dispose()
    {
        _equation.Dispose();
        _groups.Dispose();
        _matrices.Dispose();
        _numbers.Dispose();
    }
}
