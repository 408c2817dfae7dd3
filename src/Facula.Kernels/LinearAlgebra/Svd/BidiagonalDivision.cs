using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>Singular values and vectors of a real upper bidiagonal matrix by divide and conquer (Gu and Eisenstat; Jessup and Sorensen).</summary>
/// <remarks>
/// The matrix is two halves and a row between them. In the halves' own bases that row and the diagonal of their values are all that is left:
/// its values are roots of a secular equation in their squares, its vectors follow from them, and both sides' vectors are matrix products.
/// Vectors lie along rows. A first half has a column more than rows, so one right vector more, of value zero: it lies behind the others.
/// </remarks>
internal unsafe struct BidiagonalDivision<R> : IDisposable where R : unmanaged, INumberBase<R>
{
    // Up to this order the implicit iteration does it.
    private const int Leaf = 32;
    // Of what is smaller, in a matrix of size 1, quotients have lost digits, and rotations by them would not be orthogonal.
    private const double Negligible = 1e-290;

    private readonly double* _d, _e;
    private readonly R* _left, _right;
    private readonly nint _pitch;
    private readonly int* _order;
    private readonly Scratch _numbers, _matrices;
    private readonly double* _z, _values;
    private readonly int* _sorted, _kept, _gone, _kinds;
    private readonly R* _leftVectors, _rightVectors;
    private GroupedRows<R> _groups;
    private SecularEquation<SquareGap> _equation;

    private BidiagonalDivision(double* d, double* e, int n, R* left, R* right, nint pitch, int* order)
    {
        _d = d;
        _e = e;
        _left = left;
        _right = right;
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
        _matrices = Scratch.Rent<R>(2 * n * pitch);
        _leftVectors = (R*)_matrices.Pointer;
        _rightVectors = _leftVectors + n * pitch;
        _groups = new GroupedRows<R>(n);
        _equation = new SecularEquation<SquareGap>(n);
    }

    /// <summary>Turns d into the singular values, not negative, and writes the vectors along rows; e (n − 1 numbers) is destroyed.</summary>
    /// <param name="left">n rows, zero before; padded to whole vectors.</param>
    /// <param name="right">As <paramref name="left"/>.</param>
    /// <param name="order">Receives which value comes first in ascending order, and so on.</param>
    /// <returns>0, or 1 when an iteration did not end.</returns>
    public static int Solve(double* d, double* e, int n, R* left, R* right, nint pitch, int* order)
    {
        double scale = TridiagonalDivision<R>.Scale(d, e, n);
        var division = new BidiagonalDivision<R>(d, e, n, left, right, pitch, order);
        int info = division.Solve(0, n, 0);
        division.Dispose();
        RealLoops.Scale(d, scale, n);
        return info;
    }

    /// <summary>Solves n rows and n + <paramref name="extra"/> columns.</summary>
    private int Solve(int start, int n, int extra)
    {
        if (n <= Leaf)
            return Iterate(start, n, extra);
        int half = n / 2;
        int info = Solve(start, half, 1);
        if (info == 0)
            info = Solve(start + half + 1, n - half - 1, extra);
        if (info == 0)
            Merge(start, half, n, extra);
        return info;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int Iterate(int start, int n, int extra)
    {
        R* left = _left + start * (_pitch + 1), right = _right + start * (_pitch + 1);
        for (int i = 0; i < n; i++)
            left[i * (_pitch + 1)] = R.One;
        for (int i = 0; i < n + extra; i++)
            right[i * (_pitch + 1)] = R.One;
        double* d = _d + start;
        if (extra != 0)
        {
            // The last column is turned into the others, from below.
            double fill = _e[start + n - 1];
            for (int i = n - 1; i >= 0 && Math.Abs(fill) > Negligible; i--)
            {
                double size = Scalars.Hypotenuse(d[i], fill), c = d[i] / size, s = fill / size;
                d[i] = size;
                TridiagonalDivision<R>.Rotate(right + i * _pitch, right + n * _pitch, c, s, n + 1);
                if (i > 0)
                {
                    fill = -s * _e[start + i - 1];
                    _e[start + i - 1] *= c;
                }
            }
        }

        // Before and behind the block its rows are zero: whole vectors are rotated.
        nint lanes = Vector512<R>.Count, from = start / lanes * lanes, width = start + n + extra - from;
        var leftLog = new RotationLog<R>(_left + start * _pitch + from, _pitch, n, width, 4 * n * n);
        var rightLog = new RotationLog<R>(_right + start * _pitch + from, _pitch, n, width, 4 * n * n);
        int info = BidiagonalQr<R>.Solve(d, _e + start, n, ref leftLog, ref rightLog);
        leftLog.Apply();
        rightLog.Apply();
        leftLog.Dispose();
        rightLog.Dispose();
        int* order = _order + start;
        for (int i = 0; i < n; i++)
        {
            if (double.IsNegative(d[i]))
            {
                d[i] = -d[i];
                RealLoops.Scale(right + i * _pitch, -R.One, n + extra);
            }

            int at = i;
            for (; at > 0 && d[order[at - 1]] > d[i]; at--)
                order[at] = order[at - 1];
            order[at] = i;
        }

        return info;
    }

    /// <summary>Joins two solved halves and row <paramref name="half"/> between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Merge(int start, int half, int n, int extra)
    {
        double* d = _d + start;
        R* left = _left + start * (_pitch + 1), right = _right + start * (_pitch + 1);
        left[half * (_pitch + 1)] = R.One;
        double alpha = d[half], beta = _e[start + half], largest = Math.Max(Math.Abs(alpha), Math.Abs(beta));
        d[half] = 0;
        for (int i = 0; i < n; i++)
        {
            _z[i] = i <= half ? alpha * double.CreateTruncating(right[i * _pitch + half]) : beta * double.CreateTruncating(right[i * _pitch + half + 1]);
            _kinds[i] = i < half ? 0 : i == half ? 1 : 2;
            largest = Math.Max(largest, d[i]);
        }

        // The floor keeps the squares of what stays in range; the whole matrix is of size 1.
        double tolerance = Math.Max(4 * Scalars.Epsilon<R>() * largest, 1e-60);
        if (extra != 0)
        {
            // Two vectors of value zero: one takes the whole of the row, the other stays behind.
            double other = beta * double.CreateTruncating(right[n * _pitch + half + 1]), size = Scalars.Hypotenuse(_z[half], other);
            if (size > Negligible)
                TridiagonalDivision<R>.Rotate(right + half * _pitch, right + n * _pitch, _z[half] / size, other / size, n + 1);
            _z[half] = size;
        }

        if (Math.Abs(_z[half]) <= tolerance)
            _z[half] = tolerance;
        int* order = _order + start;
        for (int i = half + 1; i < n; i++)
            order[i] += half + 1;
        TridiagonalDivision<R>.MergeOrder(d, order, half, order + half + 1, n - half - 1, _sorted);
        int kept = Deflate(d, left, right, half, n, n + extra, tolerance, out int gone);
        for (int i = 0; i < kept; i++)
        {
            _equation.Poles[i] = d[_kept[i]];
            _equation.Weights[i] = _z[_kept[i]];
        }

        if (kept > 1)
            _equation.Poles[1] = Math.Max(_equation.Poles[1], 0.5 * tolerance);
        _equation.Solve(kept, 1);
        for (int i = 0; i < kept; i++)
        {
            double origin = _equation.Poles[_equation.Origins[i]], shift = _equation.Shifts[i];
            _values[i] = origin + shift / (origin + Math.Sqrt(Math.Max(0, origin * origin + shift)));
        }

        _groups.Arrange(_kept, kept, _kinds, _gone, gone);
        nint wide = Triangular.Pitch<R>(kept);
        FormVectors(kept, wide);
        _groups.Multiply(left, _pitch, half, half + 1, n, _leftVectors, wide);
        for (int i = 0; i < kept; i++)
            left[i * _pitch + half] = _leftVectors[i * wide + _groups.PlaceOfFirst];
        _groups.Multiply(right, _pitch, half + 1, half + 1, n + extra, _rightVectors, wide);
        for (int i = 0; i < gone; i++)
            _values[kept + i] = d[_gone[i]];
        new Span<double>(_values, n).CopyTo(new Span<double>(d, n));
        TridiagonalDivision<R>.OrderAll(d, kept, gone, _kept, order);
    }

    /// <summary>Takes out what is a singular triple as it stands, or is one after a rotation with its neighbour; answers how many stay, the row between first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int Deflate(double* d, R* left, R* right, int half, int n, int columns, double tolerance, out int goneCount)
    {
        int kept = 0, gone = 0, previous = -1;
        _kept[kept++] = half;
        for (int k = 0; k < n - 1; k++)
        {
            int j = _sorted[k];
            if (Math.Abs(_z[j]) <= tolerance)
            {
                _gone[gone++] = j;
                continue;
            }

            if (previous >= 0)
            {
                if (d[j] - d[previous] <= tolerance)
                {
                    double size = Scalars.Hypotenuse(_z[previous], _z[j]), c = _z[j] / size, s = -_z[previous] / size;
                    _z[j] = size;
                    if (_kinds[j] != _kinds[previous])
                        _kinds[j] = 1;
                    TridiagonalDivision<R>.Rotate(left + previous * _pitch, left + j * _pitch, c, s, n);
                    TridiagonalDivision<R>.Rotate(right + previous * _pitch, right + j * _pitch, c, s, columns);
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

    /// <summary>The vectors of the secular equation's matrix along rows, their elements in the order of the groups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void FormVectors(int count, nint pitch)
    {
        int padded = (count + 15) & -16;
        using var memory = Scratch.Rent<double>(4 * padded);
        double* poles = (double*)memory.Pointer, weights = poles + padded, leftVector = weights + padded, rightVector = leftVector + padded;
        _equation.CopyGrouped(_groups.Places, padded, poles, weights);
        for (int i = 0; i < count; i++)
        {
            Vector512<double> origin = Vector512.Create(_equation.Poles[_equation.Origins[i]]), shift = Vector512.Create(_equation.Shifts[i]);
            Vector512<double> leftSum = default, rightSum = default;
            for (int j = 0; j < padded; j += 8)
            {
                Vector512<double> pole = Vector512.Load(poles + j), right = Vector512.Load(weights + j) / (SquareGap.Between(pole, origin) - shift), left = pole * right;
                right.Store(rightVector + j);
                left.Store(leftVector + j);
                rightSum = Fma(right, right, rightSum);
                leftSum = Fma(left, left, leftSum);
            }

            leftVector[_groups.PlaceOfFirst] = -1;
            TridiagonalDivision<R>.WriteScaled(leftVector, 1 / Math.Sqrt(1 + Vector512.Sum(leftSum)), count, _leftVectors + i * pitch);
            TridiagonalDivision<R>.WriteScaled(rightVector, 1 / Math.Sqrt(Vector512.Sum(rightSum)), count, _rightVectors + i * pitch);
        }
    }

    public readonly void Dispose()
    {
        _equation.Dispose();
        _groups.Dispose();
        _matrices.Dispose();
        _numbers.Dispose();
    }
}
