using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>LU factorisation with row pivoting, and what follows from it, of one small matrix per lane (<see cref="MatrixLanes{T}"/>).</summary>
public static unsafe class LaneLu<T> where T : unmanaged, INumberBase<T>
{
    private static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    /// <summary>Factors A (n × n) in place and takes B (n × sides) along: B becomes L⁻¹·P·B.</summary>
    /// <param name="places">n vectors: the row, from 0, that row k changed places with.</param>
    /// <param name="info">One vector: 0, or the order of the first zero pivot.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Factor(T* a, int n, T* b, int sides, T* places, T* info)
    {
        nint w = Width, row = n * w, side = sides * w;
        Vector512<T> failed = Vector512<T>.Zero;
        for (int k = 0; k < n; k++)
        {
            T* top = a + k * row;
            Vector512<T> best = Vector512.Abs(Vector512.Load(top + k * w)), place = MatrixLanes<T>.Number(k);
            for (int i = k + 1; i < n; i++)
            {
                Vector512<T> size = Vector512.Abs(Vector512.Load(a + i * row + k * w)), larger = Vector512.GreaterThan(size, best);
                best = Vector512.ConditionalSelect(larger, size, best);
                place = Vector512.ConditionalSelect(larger, MatrixLanes<T>.Number(i), place);
            }

            place.Store(places + k * w);
            for (int i = k + 1; i < n; i++)
            {
                Vector512<T> here = Vector512.Equals(place, MatrixLanes<T>.Number(i));
                if (MatrixLanes<T>.None(here))
                    continue;
                Exchange(top, a + i * row, n, here);
                if (sides > 0)
                    Exchange(b + k * side, b + i * side, sides, here);
            }

            Vector512<T> pivot = Vector512.Load(top + k * w), zero = Vector512.Equals(pivot, Vector512<T>.Zero);
            failed = Vector512.ConditionalSelect(zero & Vector512.Equals(failed, Vector512<T>.Zero), MatrixLanes<T>.Number(k + 1), failed);
            // Below a zero pivot everything is zero as well.
            pivot = Vector512.ConditionalSelect(zero, Vector512<T>.One, pivot);
            for (int i = k + 1; i < n; i++)
            {
                T* line = a + i * row;
                Vector512<T> factor = Vector512.Load(line + k * w) / pivot;
                factor.Store(line + k * w);
                Subtract(line + (k + 1) * w, top + (k + 1) * w, factor, n - k - 1);
                if (sides > 0)
                    Subtract(b + i * side, b + k * side, factor, sides);
            }
        }

        failed.Store(info);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(T* first, T* second, int count, Vector512<T> where)
    {
        for (nint j = 0; j < count * Width; j += Width)
        {
            Vector512<T> x = Vector512.Load(first + j), y = Vector512.Load(second + j);
            Vector512.ConditionalSelect(where, y, x).Store(first + j);
            Vector512.ConditionalSelect(where, x, y).Store(second + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(T* line, T* other, Vector512<T> factor, int count)
    {
        for (nint j = 0; j < count * Width; j += Width)
            RealLoops.Fma(-factor, Vector512.Load(other + j), Vector512.Load(line + j)).Store(line + j);
    }

    /// <summary>The determinants, from the factors and the exchanges.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Determinant(T* a, int n, T* places, T* result)
    {
        nint w = Width;
        Vector512<T> product = Vector512<T>.One;
        for (int k = 0; k < n; k++)
        {
            product *= Vector512.Load(a + k * (n + 1) * w);
            Vector512<T> stayed = Vector512.Equals(Vector512.Load(places + k * w), MatrixLanes<T>.Number(k));
            product = Vector512.ConditionalSelect(stayed, product, -product);
        }

        product.Store(result);
    }
}
