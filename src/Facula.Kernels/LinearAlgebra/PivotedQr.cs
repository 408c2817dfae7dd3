using System.Numerics;

namespace Facula.Kernels;

/// <summary>QR factorisation with column exchanges, so that the diagonal of R falls in size.</summary>
internal static unsafe class PivotedQr
{
    /// <summary>Factors A·P = Q·R in place, in the form of <see cref="Qr.Factor"/>; column j of A·P is column order[j] of A.</summary>
    public static void Factor<T>(T* a, nint m, nint n, nint stride, T* tau, int* order) where T : unmanaged, INumberBase<T>
    {
        using var memory = Scratch.Rent(2 * n * sizeof(double) + (m + n) * sizeof(T) + 128);
        double* norms = (double*)memory.Pointer, exact = norms + n;
        T* v = (T*)(exact + n), w = v + m;
        for (nint j = 0; j < n; j++)
        {
            order[j] = (int)j;
            norms[j] = exact[j] = VectorLoops.Norm(a + j, m, stride);
        }

        for (nint k = 0; k < Math.Min(m, n); k++)
        {
            nint pivot = k;
            for (nint j = k + 1; j < n; j++)
                if (norms[j] > norms[pivot])
                    pivot = j;
            if (pivot != k)
            {
                for (nint i = 0; i < m; i++)
                    (a[i * stride + k], a[i * stride + pivot]) = (a[i * stride + pivot], a[i * stride + k]);
                (order[k], order[pivot]) = (order[pivot], order[k]);
                norms[pivot] = norms[k];
                exact[pivot] = exact[k];
            }

            Reflect(a + k * stride + k, m - k, n - k, stride, ref tau[k], v, w);
            for (nint j = k + 1; j < n; j++)
                Downdate(a, m, stride, k, j, ref norms[j], ref exact[j], Scalars.IsSingle<T>());
        }
    }

    /// <summary>Annihilates the first column below its head and applies the reflector to the others.</summary>
    private static void Reflect<T>(T* a, nint m, nint n, nint stride, ref T tau, T* v, T* w) where T : unmanaged, INumberBase<T>
    {
        for (nint i = 0; i < m; i++)
            v[i] = a[i * stride];
        T alpha = v[0];
        tau = Householder.Generate(ref alpha, v + 1, m - 1);
        v[0] = T.One;
        a[0] = alpha;
        for (nint i = 1; i < m; i++)
            a[i * stride] = v[i];
        nint rest = n - 1;
        if (rest == 0 || Scalars.IsZero(tau))
            return;

        // w = τ̄·vᴴ·A, then A −= v·w.
        new Span<T>(w, (int)rest).Clear();
        if (Scalars.IsComplex<T>())
            for (nint i = 0; i < m; i++)
                v[i] = Scalars.Conjugate(v[i]);
        VectorLoops.CombineRows(w, a + 1, stride, v, 1, m, rest);
        VectorLoops.Scale(w, Scalars.Conjugate(tau), rest);
        for (nint i = 0; i < m; i++)
            VectorLoops.AddScaled(a + i * stride + 1, w, -Scalars.Conjugate(v[i]), rest);
    }

    /// <summary>Removes a row from the norm of a column, or computes it again when too many digits would be lost.</summary>
    private static void Downdate<T>(T* a, nint m, nint stride, nint k, nint j, ref double norm, ref double exact, bool single) where T : unmanaged
    {
        if (norm == 0)
            return;
        double ratio = Scalars.Magnitude(a[k * stride + j]) / norm;
        double left = Math.Max(0, (1 + ratio) * (1 - ratio));
        double sinceExact = norm / exact;
        if (left * sinceExact * sinceExact <= (single ? 3e-4 : 1.5e-8))
            norm = exact = k + 1 < m ? VectorLoops.Norm(a + (k + 1) * stride + j, m - k - 1, stride) : 0;
        else
            norm *= Math.Sqrt(left);
    }
}
