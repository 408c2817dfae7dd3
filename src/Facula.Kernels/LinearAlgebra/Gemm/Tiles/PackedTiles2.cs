// Written by eng/GenerateGemmTiles.cs; change that instead.
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Tiles of 1 to 12 rows and 2 vectors of columns.</summary>
/// <remarks>A has unit row stride: a packed panel, or a transposed matrix where it lies.</remarks>
internal static unsafe partial class PackedTiles2<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged
{
    /// <summary>Does a tile of <paramref name="rows"/> rows: C = alpha·A·B, or C += alpha·A·B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int rows, T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        switch (rows)
        {
            case 1: Rows1(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
            case 2: Rows2(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
            case 3: Rows3(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
            case 4: Rows4(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
            case 5: Rows5(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
            case 6: Rows6(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
            case 7: Rows7(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
            case 8: Rows8(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
            case 9: Rows9(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
            case 10: Rows10(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
            case 11: Rows11(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
            case 12: Rows12(a, aStep, b, bStep, k, c, cRow, alpha, accumulate); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows1(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default, c0_1 = default;
        nint ahead = k < 1 ? k : 1, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b), b1 = L.Load(b + L.Count);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                L.Prefetch(next); L.Prefetch(next + L.Count); next += aheadStep;
                a += aStep; b += bStep;
            }
            if (ahead == 0)
                break;
            steps = ahead;
            ahead = 0;
            aheadStep = cRow;
        }

        V scale = L.Broadcast(alpha);
        if (accumulate)
        {
            GemmTile<L, V, T>.Add(c, scale, c0_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c0_1);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c0_1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows2(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        nint ahead = k < 2 ? k : 2, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b), b1 = L.Load(b + L.Count);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                L.Prefetch(next); L.Prefetch(next + L.Count); next += aheadStep;
                a += aStep; b += bStep;
            }
            if (ahead == 0)
                break;
            steps = ahead;
            ahead = 0;
            aheadStep = cRow;
        }

        V scale = L.Broadcast(alpha);
        if (accumulate)
        {
            GemmTile<L, V, T>.Add(c, scale, c0_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c0_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c1_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c1_1);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c0_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c1_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c1_1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows3(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        nint ahead = k < 3 ? k : 3, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b), b1 = L.Load(b + L.Count);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                L.Prefetch(next); L.Prefetch(next + L.Count); next += aheadStep;
                a += aStep; b += bStep;
            }
            if (ahead == 0)
                break;
            steps = ahead;
            ahead = 0;
            aheadStep = cRow;
        }

        V scale = L.Broadcast(alpha);
        if (accumulate)
        {
            GemmTile<L, V, T>.Add(c, scale, c0_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c0_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c1_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c1_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c2_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c2_1);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c0_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c1_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c1_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c2_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c2_1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows4(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        V c3_0 = default, c3_1 = default;
        nint ahead = k < 4 ? k : 4, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b), b1 = L.Load(b + L.Count);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                L.Prefetch(next); L.Prefetch(next + L.Count); next += aheadStep;
                a += aStep; b += bStep;
            }
            if (ahead == 0)
                break;
            steps = ahead;
            ahead = 0;
            aheadStep = cRow;
        }

        V scale = L.Broadcast(alpha);
        if (accumulate)
        {
            GemmTile<L, V, T>.Add(c, scale, c0_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c0_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c1_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c1_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c2_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c2_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c3_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c3_1);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c0_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c1_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c1_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c2_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c2_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c3_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c3_1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows5(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        V c3_0 = default, c3_1 = default;
        V c4_0 = default, c4_1 = default;
        nint ahead = k < 5 ? k : 5, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b), b1 = L.Load(b + L.Count);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                x = L.Broadcast(a[4]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
                L.Prefetch(next); L.Prefetch(next + L.Count); next += aheadStep;
                a += aStep; b += bStep;
            }
            if (ahead == 0)
                break;
            steps = ahead;
            ahead = 0;
            aheadStep = cRow;
        }

        V scale = L.Broadcast(alpha);
        if (accumulate)
        {
            GemmTile<L, V, T>.Add(c, scale, c0_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c0_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c1_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c1_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c2_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c2_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c3_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c3_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c4_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c4_1);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c0_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c1_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c1_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c2_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c2_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c3_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c3_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c4_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c4_1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows6(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        V c3_0 = default, c3_1 = default;
        V c4_0 = default, c4_1 = default;
        V c5_0 = default, c5_1 = default;
        nint ahead = k < 6 ? k : 6, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b), b1 = L.Load(b + L.Count);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                x = L.Broadcast(a[4]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
                x = L.Broadcast(a[5]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
                L.Prefetch(next); L.Prefetch(next + L.Count); next += aheadStep;
                a += aStep; b += bStep;
            }
            if (ahead == 0)
                break;
            steps = ahead;
            ahead = 0;
            aheadStep = cRow;
        }

        V scale = L.Broadcast(alpha);
        if (accumulate)
        {
            GemmTile<L, V, T>.Add(c, scale, c0_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c0_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c1_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c1_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c2_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c2_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c3_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c3_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c4_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c4_1); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c5_0); GemmTile<L, V, T>.Add(c + L.Count, scale, c5_1);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c0_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c1_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c1_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c2_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c2_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c3_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c3_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c4_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c4_1); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c5_0); GemmTile<L, V, T>.Set(c + L.Count, scale, c5_1);
        }
    }
}
