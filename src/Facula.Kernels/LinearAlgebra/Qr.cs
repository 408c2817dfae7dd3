using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>QR factorisation by reflectors, with LAPACK's signs, and the orthogonal factor in its three forms.</summary>
public static unsafe class Qr
{
    /// <summary>Factors in place: R on and above the diagonal, the reflectors' vectors below it, their factors in <paramref name="tau"/>.</summary>
    /// <param name="tau">min(rows, columns) numbers.</param>
    public static void Factor<T>(T* a, long rows, long columns, long stride, T* tau) where T : unmanaged, INumberBase<T>
    {
        nint m = (nint)rows, n = (nint)columns, pitch = (nint)stride, least = Math.Min(m, n);
        if (least == 0)
            return;
        nint width = Math.Min(BlockReflector<T>.WidthFor(least), least);
        var block = new BlockReflector<T>(m, width);
        for (nint j = 0; j < least; j += width)
        {
            T* corner = a + j * pitch + j;
            block.Rows = m - j;
            block.Count = Math.Min(width, least - j);
            FactorPanel(ref block, corner, pitch, tau + j);
            block.ApplyLeft(corner + block.Count, pitch, n - j - block.Count, adjoint: true);
        }

        block.Dispose();
    }

    /// <summary>Each column receives all earlier reflectors of the panel at once, then yields the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FactorPanel<T>(ref BlockReflector<T> block, T* a, nint stride, T* tau) where T : unmanaged, INumberBase<T>
    {
        nint m = block.Rows, count = block.Count, height = block.Height;
        T* v = block.V;
        T* products = stackalloc T[2 * (int)count], turned = products + count;
        VectorLoops.Transpose(a, stride, v, height, m, count);
        for (nint j = 0; j < count; j++)
        {
            T* column = v + j * height;
            if (j > 0)
            {
                VectorLoops.RowDots(products, 1, v, height, column, j, m, conjugate: true);
                for (nint i = 0; i < j; i++)
                {
                    T sum = T.Zero;
                    for (nint k = 0; k <= i; k++)
                        sum += Scalars.Conjugate(block.Factor[k * block.Capacity + i]) * products[k];
                    turned[i] = sum;
                }

                VectorLoops.CombineRows(column, v, height, turned, 1, j, m, -1);
            }

            for (nint i = 0; i < j; i++)
            {
                a[i * stride + j] = column[i];
                column[i] = T.Zero;
            }

            T alpha = column[j];
            tau[j] = Householder.Generate(ref alpha, column + j + 1, m - j - 1);
            a[j * stride + j] = alpha;
            column[j] = T.One;
            VectorLoops.RowDots(products, 1, v, height, column, j, m, conjugate: true);
            block.ExtendFactor(j, tau[j], products, 1);
        }

        for (nint i = 1; i < m; i++)
            for (nint j = 0; j < Math.Min(i, count); j++)
                a[i * stride + j] = v[j * height + i];
    }

    /// <summary>Replaces reflectors, as <see cref="Factor"/> leaves them, by the first columns of their product Q.</summary>
    /// <param name="columns">The columns wanted, at most <paramref name="rows"/>.</param>
    /// <param name="reflectors">The number of reflectors, at most <paramref name="columns"/>.</param>
    public static void FormQ<T>(T* a, long rows, long columns, long reflectors, long stride, T* tau) where T : unmanaged, INumberBase<T>
    {
        nint m = (nint)rows, n = (nint)columns, k = (nint)reflectors, pitch = (nint)stride;
        for (nint i = 0; i < m; i++)
            for (nint j = k; j < n; j++)
                a[i * pitch + j] = i == j ? T.One : T.Zero;
        if (k == 0)
            return;
        nint width = Math.Min(BlockReflector<T>.WidthFor(k), k);
        var block = new BlockReflector<T>(m, width);
        for (nint j = (k - 1) / width * width; j >= 0; j -= width)
        {
            nint count = Math.Min(width, k - j);
            T* corner = a + j * pitch + j;
            block.Load(corner, pitch, m - j, count, tau + j);
            for (nint i = 0; i < m - j; i++)
                new Span<T>(corner + i * pitch, (int)(i < count ? n - j : count)).Clear();
            for (nint i = 0; i < count; i++)
                corner[i * pitch + i] = T.One;
            block.ApplyLeft(corner, pitch, n - j, adjoint: false);
        }

        block.Dispose();
    }

    /// <summary>Multiplies C by the product Q of reflectors, from the left or the right, or by its adjoint.</summary>
    /// <param name="a">The reflectors, one below the other's diagonal, of length <paramref name="order"/>.</param>
    /// <param name="order">The order of Q: the rows of C for the left side, its columns for the right.</param>
    /// <param name="other">The other dimension of C.</param>
    public static void ApplyQ<T>(T* a, long order, long reflectors, long stride, T* tau, T* c, long cStride, long other, bool left, bool adjoint)
        where T : unmanaged, INumberBase<T>
    {
        nint m = (nint)order, k = (nint)reflectors, pitch = (nint)stride, rest = (nint)other;
        if (k == 0 || m == 0 || rest == 0)
            return;
        nint width = Math.Min(BlockReflector<T>.WidthFor(k), k);
        var block = new BlockReflector<T>(m, width);
        // Q = H₀·H₁·…: its adjoint from the left, or itself from the right, starts with the first block.
        bool forward = left == adjoint;
        nint blocks = (k + width - 1) / width;
        for (nint step = 0; step < blocks; step++)
        {
            nint j = (forward ? step : blocks - 1 - step) * width;
            block.Load(a + j * pitch + j, pitch, m - j, Math.Min(width, k - j), tau + j);
            if (left)
                block.ApplyLeft(c + j * (nint)cStride, (nint)cStride, rest, adjoint);
            else
                block.ApplyRight(c + j, (nint)cStride, rest, adjoint);
        }

        block.Dispose();
    }
}
