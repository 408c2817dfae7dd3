using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>
/// Makes a general matrix easier for the eigenvalue iteration: exchanges isolate eigenvalues at the ends, powers of two bring rows and
/// columns to similar norms.
/// </summary>
internal readonly unsafe struct Balancing<T> where T : unmanaged, INumberBase<T>
{
    /// <summary>The rows and columns that are not isolated: First ≤ i ≤ Last, none when Last &lt; First.</summary>
    public int First { get; }
    public int Last { get; }
    private readonly double[] _scale;
    // With which row an isolated one changed places.
    private readonly int[] _partner;

    public Balancing(T* a, int n, nint pitch)
    {
        _scale = new double[n];
        _partner = new int[n];
        Array.Fill(_scale, 1);
        int low = 0, high = n - 1;
        while (FindIsolatedRow(a, pitch, low, high, out int row))
        {
            Exchange(a, n, pitch, row, high, high);
            _partner[high--] = row;
        }

        while (FindIsolatedColumn(a, pitch, low, high, out int column))
        {
            Exchange(a, n, pitch, column, low, high);
            _partner[low++] = column;
        }

        First = low;
        Last = high;
        Equalise(a, n, pitch);
    }

    private static bool FindIsolatedRow(T* a, nint pitch, int low, int high, out int row)
    {
        for (row = high; row >= low; row--)
        {
            int j = low;
            while (j <= high && (j == row || Scalars.IsZero(a[row * pitch + j])))
                j++;
            if (j > high)
                return true;
        }

        return false;
    }

    private static bool FindIsolatedColumn(T* a, nint pitch, int low, int high, out int column)
    {
        for (column = low; column <= high; column++)
        {
            int i = low;
            while (i <= high && (i == column || Scalars.IsZero(a[i * pitch + column])))
                i++;
            if (i > high)
                return true;
        }

        return false;
    }

    private static void Exchange(T* a, int n, nint pitch, int j, int m, int high)
    {
        if (j == m)
            return;
        for (int i = 0; i <= high; i++)
            (a[i * pitch + j], a[i * pitch + m]) = (a[i * pitch + m], a[i * pitch + j]);
        VectorLoops.Swap(a + j * pitch, a + m * pitch, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Equalise(T* a, int n, nint pitch)
    {
        bool changed = true;
        for (int round = 0; changed && round < 40; round++)
        {
            changed = false;
            for (int i = First; i <= Last; i++)
            {
                double column = 0, row = 0;
                for (int j = First; j <= Last; j++)
                {
                    column += Scalars.MagnitudeSquared(a[j * pitch + i]);
                    row += Scalars.MagnitudeSquared(a[i * pitch + j]);
                }

                column = Math.Sqrt(column);
                row = Math.Sqrt(row);
                if (column == 0 || row == 0 || !double.IsFinite(column + row))
                    continue;
                double factor = 1, sum = column + row, c = column, r = row;
                while (c < r / 2 && factor < 1e100)
                {
                    factor *= 2;
                    c *= 2;
                    r /= 2;
                }

                while (c >= r * 2 && factor > 1e-100)
                {
                    factor /= 2;
                    c /= 2;
                    r *= 2;
                }

                if (factor == 1 || c + r >= 0.95 * sum || !(_scale[i] * factor is > 1e-150 and < 1e150))
                    continue;
                changed = true;
                _scale[i] *= factor;
                VectorLoops.ScaleReal(a + i * pitch, 1 / factor, n);
                T multiplier = Scalars.Create<T>(factor);
                for (int j = 0; j <= Last; j++)
                    a[j * pitch + i] *= multiplier;
            }
        }
    }

    /// <summary>Turns eigenvectors of the balanced matrix, the columns of v, into those of the original.</summary>
    public void Undo(T* v, int n, nint pitch)
    {
        for (int i = First; i <= Last; i++)
            if (_scale[i] != 1)
                VectorLoops.ScaleReal(v + i * pitch, _scale[i], n);
        for (int i = First - 1; i >= 0; i--)
            Swap(v, n, pitch, i);
        for (int i = Last + 1; i < n; i++)
            Swap(v, n, pitch, i);
    }

    private void Swap(T* v, int n, nint pitch, int i)
    {
        if (_partner[i] != i)
            VectorLoops.Swap(v + i * pitch, v + _partner[i] * pitch, n);
    }
}
