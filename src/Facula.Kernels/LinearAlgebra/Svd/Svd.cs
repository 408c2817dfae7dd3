using System.Numerics;

namespace Facula.Kernels;

/// <summary>Singular value decomposition, A = U·diag(S)·Vᴴ.</summary>
public static unsafe class Svd
{
    /// <summary>Finds the singular values, descending, and on demand the vectors; A stays as it is.</summary>
    /// <typeparam name="T">float, double, Complex64 or Complex.</typeparam>
    /// <typeparam name="R">The real type of the values, float or double.</typeparam>
    /// <param name="values">min(rows, columns) numbers.</param>
    /// <param name="u">rows × <paramref name="uColumns"/>, which is min(rows, columns) or rows; null for the values alone.</param>
    /// <param name="vh"><paramref name="vhRows"/> × columns, <paramref name="vhRows"/> being min(rows, columns) or columns; null with <paramref name="u"/>.</param>
    /// <returns>0; −1 for input that is not finite (nothing is written then); else the iteration failed.</returns>
    public static int Compute<T, R>(T* a, long rows, long columns, long stride, R* values, T* u, long uStride, long uColumns, T* vh, long vhStride, long vhRows)
        where T : unmanaged, INumberBase<T>
        where R : unmanaged, INumberBase<R>
    {
        bool wide = rows < columns;
        nint m = (nint)Math.Max(rows, columns), n = (nint)Math.Min(rows, columns);
        if (n == 0)
        {
            SetIdentity(u, (nint)rows, (nint)uColumns, (nint)uStride);
            SetIdentity(vh, (nint)vhRows, (nint)columns, (nint)vhStride);
            return 0;
        }

        nint pitch = Triangular.Pitch<T>(n);
        using var memory = Scratch.Rent<T>(m * pitch);
        T* tall = (T*)memory.Pointer;
        if (wide)
            VectorLoops.Transpose(a, (nint)stride, tall, pitch, n, m, conjugate: true);
        else
            VectorLoops.Copy(a, (nint)stride, tall, pitch, m, n);
        double scale = Scale(tall, pitch, m, n);
        if (scale == 0)
            return -1;

        nint longCount = (nint)(wide ? vhRows : uColumns);
        var problem = new SvdProblem<T>(m, n, u == null ? 0 : longCount);
        int info = problem.Solve(tall, pitch);
        if (u != null)
        {
            if (wide)
            {
                // A = (U′S V′ᴴ)ᴴ = V′·S·U′ᴴ.
                problem.WriteShort(u, (nint)uStride, asColumns: true);
                problem.WriteLong(vh, (nint)vhStride, asColumns: false);
            }
            else
            {
                problem.WriteLong(u, (nint)uStride, asColumns: true);
                problem.WriteShort(vh, (nint)vhStride, asColumns: false);
            }
        }

        for (nint i = 0; i < n; i++)
            values[i] = R.CreateTruncating(problem.Values[i] / scale);
        problem.Dispose();
        return info;
    }

    private static void SetIdentity<T>(T* matrix, nint rows, nint columns, nint stride) where T : unmanaged, INumberBase<T>
    {
        if (matrix == null)
            return;
        for (nint i = 0; i < rows; i++)
            for (nint j = 0; j < columns; j++)
                matrix[i * stride + j] = i == j ? T.One : T.Zero;
    }

    /// <summary>Brings the matrix into a safe range by a power of two, which is returned; 0 when an element is not finite.</summary>
    private static double Scale<T>(T* a, nint pitch, nint rows, nint columns) where T : unmanaged, INumberBase<T>
    {
        if (!VectorLoops.AllFinite(a, pitch, rows, columns))
            return 0;
        double largest = 0;
        for (nint i = 0; i < rows; i++)
            largest = Math.Max(largest, VectorLoops.LargestPart(a + i * pitch, columns));
        double low = Scalars.IsSingle<T>() ? 1e-15 : 1e-130, high = Scalars.IsSingle<T>() ? 1e15 : 1e130;
        if (largest == 0 || (largest > low && largest < high))
            return 1;
        double scale = Math.ScaleB(1, -Math.ILogB(largest));
        for (nint i = 0; i < rows; i++)
            VectorLoops.ScaleReal(a + i * pitch, scale, columns);
        return scale;
    }
}
