using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

internal readonly unsafe ref partial struct FrancisQr
{
    // Bulges of a chain stand four rows apart: their columns lie side by side, one unused between them, two bulges to a vector of doubles.
    private const int Distance = 4, MostBulges = 8;

    /// <summary>How many bulges to send through a block of this order; fewer than two are not worth it.</summary>
    private static int BulgesFor(int order) => order >= 192 ? MostBulges : order >= 48 ? 4 : 0;

    /// <summary>
    /// As many sweeps as there are bulges, one close behind the other, so that the matrix passes through the caches once for all of them. The
    /// shifts are the eigenvalues of the last rows and columns (Braman, Byers, Mathias: small-bulge multishift QR).
    /// </summary>
    /// <returns>Whether the shifts were found; if not, nothing has changed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool SweepChain(int start, int end, int bulges)
    {
        double* shifts = stackalloc double[4 * MostBulges];
        if (!ChainShifts(end, bulges, shifts))
            return false;
        double* taus = stackalloc double[3 * MostBulges];
        double* first = taus + MostBulges, second = first + MostBulges;
        int firstRow = _z != null ? 0 : start;
        // The chain reads no column beyond its block, nor the transformation.
        using BulgeLog log = _z != null ? new BulgeLog(start, end, bulges) : default;
        int steps = end - start + Distance * (bulges - 1);
        for (int step = 0; step < steps; step++)
        {
            int lead = start + step, begin = Math.Max(0, (lead - end + Distance) / Distance), stop = Math.Min(bulges, step / Distance + 1);
            for (int bulge = begin; bulge < stop; bulge++)
            {
                int k = lead - Distance * bulge;
                taus[bulge] = Advance(start, end, k, shifts + 4 * bulge, out first[bulge], out second[bulge]);
                ReflectBulgeRows(end, k, end, taus[bulge], first[bulge], second[bulge], null);
                if (_z != null)
                    log.Add(bulge, k, taus[bulge], first[bulge], second[bulge]);
            }

            if (stop - begin == bulges && lead + 2 <= end)
            {
                ReflectChain(_h + firstRow * _pitch + lead - Distance * (bulges - 1), Math.Min(lead + 3, end) - firstRow + 1, bulges, taus, first, second);
                continue;
            }

            for (int bulge = begin; bulge < stop; bulge++)
            {
                int k = lead - Distance * bulge;
                ReflectBulgeColumns(end, k, firstRow, taus[bulge], first[bulge], second[bulge]);
            }
        }

        if (_z != null)
        {
            log.Apply(_h + end + 1, _pitch, _n - 1 - end);
            log.Apply(_z, _pitch, _n);
        }

        return true;
    }

    /// <summary>The eigenvalues of the last rows and columns by twos: conjugates, or two real ones.</summary>
    private bool ChainShifts(int end, int bulges, double* shifts)
    {
        int order = 2 * bulges, from = end - order + 1;
        nint pitch = order + 8;
        double* block = stackalloc double[2 * MostBulges * (2 * MostBulges + 8)];
        double* real = stackalloc double[4 * MostBulges], imaginary = real + 2 * MostBulges;
        for (int i = 0; i < order; i++)
            for (int j = 0; j < order; j++)
                block[i * pitch + j] = i > j + 1 ? 0 : H(from + i, from + j);
        if (new FrancisQr(block, null, order, pitch).Run(0, order - 1, real, imaginary) != 0)
            return false;
        int found = 0, waiting = -1;
        for (int i = 0; i < order; i++)
        {
            int other = i + 1;
            if (imaginary[i] == 0)
            {
                if (waiting < 0)
                {
                    waiting = i;
                    continue;
                }

                other = waiting;
                waiting = -1;
            }

            double* pair = shifts + 4 * found++;
            (pair[0], pair[1], pair[2], pair[3]) = (real[i], imaginary[i], real[other], imaginary[other]);
            if (imaginary[i] != 0)
                i++;
        }

        return found == bulges;
    }

    /// <summary>Starts a bulge in the first column or moves it on by one: the reflector of rows k … k + 2.</summary>
    private double Advance(int start, int end, int k, double* shifts, out double v1, out double v2)
    {
        double v0;
        if (k == start)
        {
            FirstColumn(k, shifts[0], shifts[1], shifts[2], shifts[3], out v0, out v1, out v2);
            return Reflector(ref v0, ref v1, ref v2, three: true);
        }

        bool three = k + 2 <= end;
        v0 = H(k, k - 1);
        v1 = H(k + 1, k - 1);
        v2 = three ? H(k + 2, k - 1) : 0;
        double tau = Reflector(ref v0, ref v1, ref v2, three);
        H(k, k - 1) = v0;
        H(k + 1, k - 1) = 0;
        if (three)
            H(k + 2, k - 1) = 0;
        return tau;
    }

    /// <summary>The rows of a bulge, up to a column, and those of the transformation unless it is null.</summary>
    private void ReflectBulgeRows(int end, int k, int lastColumn, double tau, double v1, double v2, double* transformation)
    {
        double* row = _h + k * _pitch, z = transformation + k * _pitch;
        if (k + 2 <= end)
        {
            ReflectRows(row + k, row + _pitch + k, row + 2 * _pitch + k, tau, v1, v2, lastColumn - k + 1);
            if (transformation != null)
                ReflectRows(z, z + _pitch, z + 2 * _pitch, tau, v1, v2, _n);
        }
        else
        {
            ReflectRows(row + k, row + _pitch + k, tau, v1, lastColumn - k + 1);
            if (transformation != null)
                ReflectRows(z, z + _pitch, tau, v1, _n);
        }
    }

    private void ReflectBulgeColumns(int end, int k, int firstRow, double tau, double v1, double v2)
    {
        if (k + 2 <= end)
        {
            ReflectColumns(_h + firstRow * _pitch + k, Math.Min(k + 3, end) - firstRow + 1, tau, v1, v2);
            return;
        }

        for (int i = firstRow; i <= end; i++)
        {
            double sum = H(i, k) + v1 * H(i, k + 1);
            H(i, k) -= sum * tau;
            H(i, k + 1) -= sum * tau * v1;
        }
    }

    /// <summary>The columns of all bulges of a chain, row by row. Below a bulge's own rows its columns are zero, and stay so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReflectChain(double* a, int rows, int bulges, double* taus, double* first, double* second)
    {
        double* weights = stackalloc double[2 * Distance * MostBulges], changes = weights + Distance * MostBulges;
        for (int i = 0; i < bulges; i++)
        {
            // The last bulge stands first.
            int bulge = bulges - 1 - i;
            double* weight = weights + Distance * i, change = changes + Distance * i;
            (weight[0], weight[1], weight[2], weight[3]) = (1, first[bulge], second[bulge], 0);
            for (int j = 0; j < Distance; j++)
                change[j] = -taus[bulge] * weight[j];
        }

        for (int i = 0; i < Distance * bulges; i += 4 * Distance)
        {
            Vector512<double> weight0 = Vector512.Load(weights + i), weight1 = Vector512.Load(weights + i + 8);
            Vector512<double> change0 = Vector512.Load(changes + i), change1 = Vector512.Load(changes + i + 8);
            double* row = a + i;
            for (int r = 0; r < rows; r++, row += _pitch)
            {
                Vector512<double> x = Vector512.Load(row), y = Vector512.Load(row + 8);
                Fma(SumOfFours(x * weight0), change0, x).Store(row);
                Fma(SumOfFours(y * weight1), change1, y).Store(row + 8);
            }
        }
    }

    /// <summary>Each half's sum in all of its places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SumOfFours(Vector512<double> x)
    {
        x += ComplexLoops.Exchange(x);
        // Not by a permutation of single numbers: Note [False dependencies].
        return x + (Avx512F.IsSupported ? Avx512F.Shuffle4x128(x, x, 0b10_11_00_01) : Vector512.Create(Turn(x.GetLower()), Turn(x.GetUpper())));

        static Vector256<double> Turn(Vector256<double> half) => Vector256.Create(half.GetUpper(), half.GetLower());
    }
}
