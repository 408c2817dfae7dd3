using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Singular values and vectors of one small matrix per lane, by one-sided rotations (Hestenes).</summary>
public static unsafe class LaneSvd<T> where T : unmanaged, INumberBase<T>
{
    private const int Sweeps = 40;

    private static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    /// <summary>Rotates the rows of W (n × m, n ≤ m, the columns of the matrix) until they are orthogonal, then divides them by their lengths.</summary>
    /// <param name="vectors">n × n: its rows become the right singular vectors; or null, when W is not divided either.</param>
    /// <param name="values">n vectors: the singular values, in no order.</param>
    /// <param name="info">One vector: 0; −1 where an element is not finite; 1 where a value is zero (its vector is undefined) or the rotations did not come to an end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(T* rows, int n, int m, T* vectors, T* values, T* info)
    {
        nint w = Width, length = m * w;
        Vector512<T> largest = MatrixLanes<T>.Largest(rows, (nint)n * m);
        Vector512<T> finite = Vector512.LessThan(largest, Vector512.Create(T.CreateTruncating(double.PositiveInfinity)));
        // Squares of the scaled elements stay in range.
        Vector512<T> scale = MatrixLanes<T>.PowerBelow(largest);
        MatrixLanes<T>.Scale(rows, (nint)n * m, Vector512<T>.One / scale);
        if (vectors != null)
            MatrixLanes<T>.SetIdentity(vectors, n, n);
        Vector512<T> limit = MatrixLanes<T>.Number(MatrixLanes<T>.Epsilon * Math.Sqrt(m)), turning = finite;
        for (int sweep = 0; sweep < Sweeps && !MatrixLanes<T>.None(turning); sweep++)
        {
            turning = Vector512<T>.Zero;
            for (int i = 0; i < n; i++)
                Dot(rows + i * length, rows + i * length, length).Store(values + i * w);
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    T* x = rows + p * length, y = rows + q * length;
                    Vector512<T> first = Vector512.Load(values + p * w), second = Vector512.Load(values + q * w), product = Dot(x, y, length);
                    Vector512<T> turn = Vector512.GreaterThan(Vector512.Abs(product), limit * Vector512.Sqrt(first) * Vector512.Sqrt(second)) & finite;
                    if (MatrixLanes<T>.None(turn))
                        continue;
                    turning |= turn;
                    Angle(first, second, product, turn, out Vector512<T> tangent, out Vector512<T> sine, out Vector512<T> tau);
                    Vector512.Max(RealLoops.Fma(-tangent, product, first), Vector512<T>.Zero).Store(values + p * w);
                    RealLoops.Fma(tangent, product, second).Store(values + q * w);
                    for (nint j = 0; j < length; j += w)
                        MatrixLanes<T>.Rotate(x + j, y + j, sine, tau);
                    if (vectors == null)
                        continue;
                    for (nint j = 0; j < n * w; j += w)
                        MatrixLanes<T>.Rotate(vectors + p * n * w + j, vectors + q * n * w + j, sine, tau);
                }
            }
        }

        Vector512<T> state = Vector512.ConditionalSelect(turning, Vector512<T>.One, Vector512<T>.Zero);
        for (int i = 0; i < n; i++)
        {
            Vector512<T> size = Vector512.Sqrt(Dot(rows + i * length, rows + i * length, length)), zero = Vector512.Equals(size, Vector512<T>.Zero);
            (size * scale).Store(values + i * w);
            if (vectors == null)
                continue;
            state = Vector512.ConditionalSelect(zero, Vector512<T>.One, state);
            MatrixLanes<T>.Scale(rows + i * length, m, Vector512<T>.One / Vector512.ConditionalSelect(zero, Vector512<T>.One, size));
        }

        Vector512.ConditionalSelect(finite, state, -Vector512<T>.One).Store(info);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Angle(Vector512<T> first, Vector512<T> second, Vector512<T> product, Vector512<T> turn, out Vector512<T> tangent, out Vector512<T> sine, out Vector512<T> tau)
    {
        Vector512<T> one = Vector512<T>.One, divisor = Vector512.ConditionalSelect(turn, product + product, one);
        Vector512<T> zeta = (second - first) / divisor, size = Vector512.Abs(zeta);
        // Rows of very different lengths: the square would overflow.
        Vector512<T> root = Vector512.ConditionalSelect(Vector512.GreaterThan(size, MatrixLanes<T>.Number(1e18)), size, Vector512.Sqrt(RealLoops.Fma(zeta, zeta, one)));
        tangent = one / (size + root);
        tangent = Vector512.ConditionalSelect(Vector512.LessThan(zeta, Vector512<T>.Zero), -tangent, tangent);
        tangent = Vector512.ConditionalSelect(turn, tangent, Vector512<T>.Zero);
        Vector512<T> cosine = one / Vector512.Sqrt(RealLoops.Fma(tangent, tangent, one));
        sine = tangent * cosine;
        tau = sine / (one + cosine);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Dot(T* x, T* y, nint length)
    {
        nint w = Width, j = 0;
        Vector512<T> even = Vector512<T>.Zero, odd = Vector512<T>.Zero;
        for (; j + w < length; j += 2 * w)
        {
            even = RealLoops.Fma(Vector512.Load(x + j), Vector512.Load(y + j), even);
            odd = RealLoops.Fma(Vector512.Load(x + j + w), Vector512.Load(y + j + w), odd);
        }

        if (j < length)
            even = RealLoops.Fma(Vector512.Load(x + j), Vector512.Load(y + j), even);
        return even + odd;
    }
}
