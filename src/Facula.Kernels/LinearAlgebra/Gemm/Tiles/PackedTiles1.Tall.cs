// Written by eng/GenerateGemmTiles.cs; change that instead.
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

internal static unsafe partial class PackedTiles1<L, V, T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows7(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default;
        V c1_0 = default;
        V c2_0 = default;
        V c3_0 = default;
        V c4_0 = default;
        V c5_0 = default;
        V c6_0 = default;
        nint ahead = k < 7 ? k : 7, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a[4]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a[5]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a[6]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                L.Prefetch(next); next += aheadStep;
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
            GemmTile<L, V, T>.Add(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c6_0);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c6_0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows8(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default;
        V c1_0 = default;
        V c2_0 = default;
        V c3_0 = default;
        V c4_0 = default;
        V c5_0 = default;
        V c6_0 = default;
        V c7_0 = default;
        nint ahead = k < 8 ? k : 8, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a[4]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a[5]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a[6]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                x = L.Broadcast(a[7]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
                L.Prefetch(next); next += aheadStep;
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
            GemmTile<L, V, T>.Add(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c6_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c7_0);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c6_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c7_0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows9(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default;
        V c1_0 = default;
        V c2_0 = default;
        V c3_0 = default;
        V c4_0 = default;
        V c5_0 = default;
        V c6_0 = default;
        V c7_0 = default;
        V c8_0 = default;
        nint ahead = k < 9 ? k : 9, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a[4]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a[5]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a[6]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                x = L.Broadcast(a[7]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
                x = L.Broadcast(a[8]); c8_0 = L.MultiplyAdd(x, b0, c8_0);
                L.Prefetch(next); next += aheadStep;
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
            GemmTile<L, V, T>.Add(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c6_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c7_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c8_0);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c6_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c7_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c8_0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows10(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default;
        V c1_0 = default;
        V c2_0 = default;
        V c3_0 = default;
        V c4_0 = default;
        V c5_0 = default;
        V c6_0 = default;
        V c7_0 = default;
        V c8_0 = default;
        V c9_0 = default;
        nint ahead = k < 10 ? k : 10, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a[4]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a[5]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a[6]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                x = L.Broadcast(a[7]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
                x = L.Broadcast(a[8]); c8_0 = L.MultiplyAdd(x, b0, c8_0);
                x = L.Broadcast(a[9]); c9_0 = L.MultiplyAdd(x, b0, c9_0);
                L.Prefetch(next); next += aheadStep;
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
            GemmTile<L, V, T>.Add(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c6_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c7_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c8_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c9_0);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c6_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c7_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c8_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c9_0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows11(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default;
        V c1_0 = default;
        V c2_0 = default;
        V c3_0 = default;
        V c4_0 = default;
        V c5_0 = default;
        V c6_0 = default;
        V c7_0 = default;
        V c8_0 = default;
        V c9_0 = default;
        V c10_0 = default;
        nint ahead = k < 11 ? k : 11, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a[4]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a[5]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a[6]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                x = L.Broadcast(a[7]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
                x = L.Broadcast(a[8]); c8_0 = L.MultiplyAdd(x, b0, c8_0);
                x = L.Broadcast(a[9]); c9_0 = L.MultiplyAdd(x, b0, c9_0);
                x = L.Broadcast(a[10]); c10_0 = L.MultiplyAdd(x, b0, c10_0);
                L.Prefetch(next); next += aheadStep;
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
            GemmTile<L, V, T>.Add(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c6_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c7_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c8_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c9_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c10_0);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c6_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c7_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c8_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c9_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c10_0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows12(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate)
    {
        V c0_0 = default;
        V c1_0 = default;
        V c2_0 = default;
        V c3_0 = default;
        V c4_0 = default;
        V c5_0 = default;
        V c6_0 = default;
        V c7_0 = default;
        V c8_0 = default;
        V c9_0 = default;
        V c10_0 = default;
        V c11_0 = default;
        nint ahead = k < 12 ? k : 12, steps = k - ahead, aheadStep = 0;
        T* next = c;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                V b0 = L.Load(b);
                V x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a[4]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a[5]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a[6]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                x = L.Broadcast(a[7]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
                x = L.Broadcast(a[8]); c8_0 = L.MultiplyAdd(x, b0, c8_0);
                x = L.Broadcast(a[9]); c9_0 = L.MultiplyAdd(x, b0, c9_0);
                x = L.Broadcast(a[10]); c10_0 = L.MultiplyAdd(x, b0, c10_0);
                x = L.Broadcast(a[11]); c11_0 = L.MultiplyAdd(x, b0, c11_0);
                L.Prefetch(next); next += aheadStep;
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
            GemmTile<L, V, T>.Add(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c6_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c7_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c8_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c9_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c10_0); c += cRow;
            GemmTile<L, V, T>.Add(c, scale, c11_0);
        }
        else
        {
            GemmTile<L, V, T>.Set(c, scale, c0_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c1_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c2_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c3_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c4_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c5_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c6_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c7_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c8_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c9_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c10_0); c += cRow;
            GemmTile<L, V, T>.Set(c, scale, c11_0);
        }
    }
}
