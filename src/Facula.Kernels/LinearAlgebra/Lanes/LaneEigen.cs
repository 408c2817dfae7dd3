using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Eigenvalues and eigenvectors of one small symmetric matrix per lane, by Jacobi's rotations in cyclic order.</summary>
public static unsafe class LaneEigen<T> where T : unmanaged, INumberBase<T>
{
    private const int Sweeps = 40;

    private static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    /// <summary>Leaves the eigenvalues, in no order, on the diagonal of A, of which the upper triangle is read and overwritten.</summary>
    /// <param name="vectors">n × n: row i becomes the vector of eigenvalue i; or null.</param>
    /// <param name="info">One vector: 0; −1 where an element is not finite; 1 where the rotations did not come to an end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(T* a, int n, T* vectors, T* info)
    {
        nint w = Width, row = n * w;
        Vector512<T> largest = Vector512<T>.Zero;
        for (int i = 0; i < n; i++)
        {
            Vector512<T> size = MatrixLanes<T>.Largest(a + i * row + i * w, n - i);
            largest = Vector512.ConditionalSelect(Vector512.GreaterThan(size, largest), size, largest);
        }

        Vector512<T> finite = Vector512.LessThan(largest, Vector512.Create(T.CreateTruncating(double.PositiveInfinity)));
        // Leaving out elements this small is a backward error below the rounding of the matrix.
        Vector512<T> limit = largest * MatrixLanes<T>.Number(MatrixLanes<T>.Epsilon / 4);
        if (vectors != null)
            MatrixLanes<T>.SetIdentity(vectors, n, n);
        Vector512<T> turning = finite;
        for (int sweep = 0; sweep < Sweeps && !MatrixLanes<T>.None(turning); sweep++)
        {
            turning = Vector512<T>.Zero;
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    Vector512<T> beside = Vector512.Load(a + p * row + q * w);
                    Vector512<T> turn = Vector512.GreaterThan(Vector512.Abs(beside), limit) & finite;
                    if (MatrixLanes<T>.None(turn))
                        continue;
                    turning |= turn;
                    Turn(a, n, p, q, beside, turn, vectors);
                }
            }
        }

        Vector512<T> state = Vector512.ConditionalSelect(turning, Vector512<T>.One, Vector512<T>.Zero);
        Vector512.ConditionalSelect(finite, state, -Vector512<T>.One).Store(info);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(T* a, int n, int p, int q, Vector512<T> beside, Vector512<T> turn, T* vectors)
    {
        nint w = Width, row = n * w;
        Vector512<T> first = Vector512.Load(a + p * row + p * w), second = Vector512.Load(a + q * row + q * w);
        Vector512<T> one = Vector512<T>.One, divisor = Vector512.ConditionalSelect(turn, beside + beside, one);
        Vector512<T> theta = (second - first) / divisor, size = Vector512.Abs(theta);
        Vector512<T> tangent = one / (size + Vector512.Sqrt(RealLoops.Fma(theta, theta, one)));
        tangent = Vector512.ConditionalSelect(Vector512.LessThan(theta, Vector512<T>.Zero), -tangent, tangent);
        tangent = Vector512.ConditionalSelect(turn, tangent, Vector512<T>.Zero);
        Vector512<T> cosine = one / Vector512.Sqrt(RealLoops.Fma(tangent, tangent, one)), sine = tangent * cosine, tau = sine / (one + cosine);
        RealLoops.Fma(-tangent, beside, first).Store(a + p * row + p * w);
        RealLoops.Fma(tangent, beside, second).Store(a + q * row + q * w);
        Vector512.ConditionalSelect(turn, Vector512<T>.Zero, beside).Store(a + p * row + q * w);
        for (int r = 0; r < p; r++)
            MatrixLanes<T>.Rotate(a + r * row + p * w, a + r * row + q * w, sine, tau);
        for (int r = p + 1; r < q; r++)
            MatrixLanes<T>.Rotate(a + p * row + r * w, a + r * row + q * w, sine, tau);
        for (int r = q + 1; r < n; r++)
            MatrixLanes<T>.Rotate(a + p * row + r * w, a + q * row + r * w, sine, tau);
        if (vectors == null)
            return;
        for (nint j = 0; j < row; j += w)
            MatrixLanes<T>.Rotate(vectors + p * row + j, vectors + q * row + j, sine, tau);
    }
}
