using System.Numerics;

namespace Facula.Kernels;

/// <summary>Minimisers of ‖A·X − B‖, of least norm where there are several; A and B stay as they are.</summary>
/// <remarks>A is rows × columns, B rows × sides, X columns × sides.</remarks>
public static unsafe class LeastSquares
{
    /// <summary>By QR (LAPACK's gels): A must have full rank.</summary>
    /// <returns>0, or the order of the first zero on the diagonal of R, when X is not written.</returns>
    public static int SolveQr<T>(T* a, long rows, long columns, long stride, T* b, long bStride, long sides, T* x, long xStride) where T : unmanaged, INumberBase<T>
    {
        nint m = (nint)rows, n = (nint)columns, width = (nint)sides, least = Math.Min(m, n), most = Math.Max(m, n);
        nint pitch = Triangular.Pitch<T>(least), side = Triangular.Pitch<T>(width);
        using var memory = Scratch.Rent<T>(most * (pitch + side) + least);
        T* factors = (T*)memory.Pointer, work = factors + most * pitch, tau = work + most * side;
        // A wide matrix is factored as its adjoint.
        if (m >= n)
            VectorLoops.Copy(a, (nint)stride, factors, pitch, m, n);
        else
            VectorLoops.Transpose(a, (nint)stride, factors, pitch, m, n, conjugate: true);
        Qr.Factor(factors, most, least, pitch, tau);
        for (nint i = 0; i < least; i++)
            if (Scalars.IsZero(factors[i * pitch + i]))
                return (int)i + 1;

        VectorLoops.Copy(b, (nint)bStride, work, side, m, width);
        if (m >= n)
        {
            Qr.ApplyQ(factors, m, n, pitch, tau, work, side, width, left: true, adjoint: true);
            Triangular.SolveLeft(factors, pitch, 1, upper: true, unit: false, conjugate: false, work, side, n, width);
        }
        else
        {
            Triangular.SolveLeft(factors, 1, pitch, upper: false, unit: false, conjugate: true, work, side, m, width);
            for (nint i = m; i < n; i++)
                new Span<T>(work + i * side, (int)width).Clear();
            Qr.ApplyQ(factors, n, m, pitch, tau, work, side, width, left: true, adjoint: false);
        }

        VectorLoops.Copy(work, side, x, (nint)xStride, n, width);
        return 0;
    }

    /// <summary>By QR with column exchanges (LAPACK's gelsy): diagonal elements of R below <paramref name="rcond"/> of the first count as zero.</summary>
    public static void SolvePivotedQr<T>(T* a, long rows, long columns, long stride, T* b, long bStride, long sides, T* x, long xStride, double rcond, out int rank)
        where T : unmanaged, INumberBase<T>
    {
        nint m = (nint)rows, n = (nint)columns, width = (nint)sides, least = Math.Min(m, n);
        nint pitch = Triangular.Pitch<T>(n), side = Triangular.Pitch<T>(width), tall = Triangular.Pitch<T>(least);
        using var memory = Scratch.Rent<T>(m * pitch + m * side + n * side + n * tall + 2 * least);
        T* factors = (T*)memory.Pointer, work = factors + m * pitch, solution = work + m * side, turned = solution + n * side, tau = turned + n * tall, tau2 = tau + least;
        using var orderMemory = Scratch.Rent<int>(n);
        int* order = (int*)orderMemory.Pointer;
        VectorLoops.Copy(a, (nint)stride, factors, pitch, m, n);
        VectorLoops.Copy(b, (nint)bStride, work, side, m, width);
        PivotedQr<T>.Factor(factors, m, n, pitch, tau, order);

        nint r = 0;
        double first = least > 0 ? Scalars.Magnitude(factors[0]) : 0;
        while (r < least && Scalars.Magnitude(factors[r * pitch + r]) > rcond * first)
            r++;
        rank = (int)r;
        Qr.ApplyQ(factors, m, least, pitch, tau, work, side, width, left: true, adjoint: true);
        for (nint i = 0; i < n; i++)
            new Span<T>(solution + i * side, (int)width).Clear();
        VectorLoops.Copy(work, side, solution, side, r, width);
        if (r == n)
        {
            Triangular.SolveLeft(factors, pitch, 1, upper: true, unit: false, conjugate: false, solution, side, n, width);
        }
        else if (r > 0)
        {
            // The first r rows of R as (L 0)·Z: their adjoint is factored once more, and the rest of the coordinates stay zero.
            for (nint i = 0; i < r; i++)
                for (nint j = 0; j < n; j++)
                    turned[j * tall + i] = j < i ? T.Zero : Scalars.Conjugate(factors[i * pitch + j]);
            Qr.Factor(turned, n, r, tall, tau2);
            Triangular.SolveLeft(turned, 1, tall, upper: false, unit: false, conjugate: true, solution, side, r, width);
            Qr.ApplyQ(turned, n, r, tall, tau2, solution, side, width, left: true, adjoint: false);
        }

        for (nint i = 0; i < n; i++)
            VectorLoops.Copy(solution + i * side, side, x + order[i] * (nint)xStride, side, 1, width);
    }

    /// <summary>By singular values (LAPACK's gelsd and gelss): those up to <paramref name="rcond"/> of the largest count as zero.</summary>
    /// <param name="values">The singular values, min(rows, columns) of them.</param>
    /// <returns>0; −1 for input that is not finite; else the iteration failed.</returns>
    public static int SolveSvd<T, R>(T* a, long rows, long columns, long stride, T* b, long bStride, long sides, T* x, long xStride, R* values, double rcond, out int rank)
        where T : unmanaged, INumberBase<T>
        where R : unmanaged, INumberBase<R>
    {
        nint m = (nint)rows, n = (nint)columns, width = (nint)sides, least = Math.Min(m, n);
        nint pitch = Triangular.Pitch<T>(n), tall = Triangular.Pitch<T>(least), side = Triangular.Pitch<T>(width);
        using var memory = Scratch.Rent<T>(m * tall + least * pitch + least * side);
        T* u = (T*)memory.Pointer, vh = u + m * tall, work = vh + least * pitch;
        rank = 0;
        int info = Svd.Compute(a, m, n, stride, values, u, tall, least, vh, pitch, least);
        if (info != 0)
            return info;
        double limit = least > 0 ? rcond * double.CreateTruncating(values[0]) : 0;
        while (rank < least && double.CreateTruncating(values[rank]) > limit)
            rank++;
        MatrixProduct.Multiply(u, 1, tall, true, b, bStride, 1, false, work, side, rank, width, m, 1, 0);
        for (nint i = 0; i < rank; i++)
            VectorLoops.ScaleReal(work + i * side, 1 / double.CreateTruncating(values[i]), width);
        MatrixProduct.Multiply(vh, 1, pitch, true, work, side, 1, false, x, xStride, n, width, rank, 1, 0);
        return 0;
    }
}
