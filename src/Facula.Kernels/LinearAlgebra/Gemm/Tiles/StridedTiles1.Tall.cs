// Written by eng/GenerateGemmTiles.cs; change that instead.
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

internal static unsafe partial class StridedTiles1<L, V, T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows8(T* a, nint aRow, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.EvenGroup(k, 8, pause), late = (8 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default;
        V c1_0 = default;
        V c2_0 = default;
        V c3_0 = default;
        V c4_0 = default;
        V c5_0 = default;
        V c6_0 = default;
        V c7_0 = default;
        V b0, x;
        T* a1 = a + 3 * aRow;
        T* a2 = a1 + 3 * aRow;
        if ((k & 1) != 0)
        {
            k--;
            b0 = L.Load(b);
            x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
            x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
            x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
            x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
            x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
            x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
            x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
            x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
            a += aStep; a1 += aStep; a2 += aStep; b += bStep;
        }
        while (true)
        {
            for (; steps > 0; steps -= 2)
            {
                b0 = L.Load(b);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
                a += aStep; a1 += aStep; a2 += aStep; b += bStep;
                b0 = L.Load(b);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
                a += aStep; a1 += aStep; a2 += aStep; b += bStep;
            }
            if (k == 0)
                break;
            if (k <= late)
            {
                L.Prefetch(next);
                next += cRow;
            }
            L.PrefetchFar(far);
            far += farStep;
            steps = k < group ? k : group;
            k -= steps;
        }

        V scale = L.Broadcast(alpha);
        if (addend != null)
        {
            c0_0 = L.MultiplyAdd(c0_0, scale, L.Load(addend)); addend += addendRow;
            c1_0 = L.MultiplyAdd(c1_0, scale, L.Load(addend)); addend += addendRow;
            c2_0 = L.MultiplyAdd(c2_0, scale, L.Load(addend)); addend += addendRow;
            c3_0 = L.MultiplyAdd(c3_0, scale, L.Load(addend)); addend += addendRow;
            c4_0 = L.MultiplyAdd(c4_0, scale, L.Load(addend)); addend += addendRow;
            c5_0 = L.MultiplyAdd(c5_0, scale, L.Load(addend)); addend += addendRow;
            c6_0 = L.MultiplyAdd(c6_0, scale, L.Load(addend)); addend += addendRow;
            c7_0 = L.MultiplyAdd(c7_0, scale, L.Load(addend));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale);
            c1_0 = L.Multiply(c1_0, scale);
            c2_0 = L.Multiply(c2_0, scale);
            c3_0 = L.Multiply(c3_0, scale);
            c4_0 = L.Multiply(c4_0, scale);
            c5_0 = L.Multiply(c5_0, scale);
            c6_0 = L.Multiply(c6_0, scale);
            c7_0 = L.Multiply(c7_0, scale);
        }
        L.Store(c0_0, c); c += cRow;
        L.Store(c1_0, c); c += cRow;
        L.Store(c2_0, c); c += cRow;
        L.Store(c3_0, c); c += cRow;
        L.Store(c4_0, c); c += cRow;
        L.Store(c5_0, c); c += cRow;
        L.Store(c6_0, c); c += cRow;
        L.Store(c7_0, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows9(T* a, nint aRow, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.EvenGroup(k, 9, pause), late = (9 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default;
        V c1_0 = default;
        V c2_0 = default;
        V c3_0 = default;
        V c4_0 = default;
        V c5_0 = default;
        V c6_0 = default;
        V c7_0 = default;
        V c8_0 = default;
        V b0, x;
        T* a1 = a + 3 * aRow;
        T* a2 = a1 + 3 * aRow;
        if ((k & 1) != 0)
        {
            k--;
            b0 = L.Load(b);
            x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
            x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
            x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
            x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
            x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
            x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
            x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
            x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
            x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0);
            a += aStep; a1 += aStep; a2 += aStep; b += bStep;
        }
        while (true)
        {
            for (; steps > 0; steps -= 2)
            {
                b0 = L.Load(b);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
                x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0);
                a += aStep; a1 += aStep; a2 += aStep; b += bStep;
                b0 = L.Load(b);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
                x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0);
                a += aStep; a1 += aStep; a2 += aStep; b += bStep;
            }
            if (k == 0)
                break;
            if (k <= late)
            {
                L.Prefetch(next);
                next += cRow;
            }
            L.PrefetchFar(far);
            far += farStep;
            steps = k < group ? k : group;
            k -= steps;
        }

        V scale = L.Broadcast(alpha);
        if (addend != null)
        {
            c0_0 = L.MultiplyAdd(c0_0, scale, L.Load(addend)); addend += addendRow;
            c1_0 = L.MultiplyAdd(c1_0, scale, L.Load(addend)); addend += addendRow;
            c2_0 = L.MultiplyAdd(c2_0, scale, L.Load(addend)); addend += addendRow;
            c3_0 = L.MultiplyAdd(c3_0, scale, L.Load(addend)); addend += addendRow;
            c4_0 = L.MultiplyAdd(c4_0, scale, L.Load(addend)); addend += addendRow;
            c5_0 = L.MultiplyAdd(c5_0, scale, L.Load(addend)); addend += addendRow;
            c6_0 = L.MultiplyAdd(c6_0, scale, L.Load(addend)); addend += addendRow;
            c7_0 = L.MultiplyAdd(c7_0, scale, L.Load(addend)); addend += addendRow;
            c8_0 = L.MultiplyAdd(c8_0, scale, L.Load(addend));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale);
            c1_0 = L.Multiply(c1_0, scale);
            c2_0 = L.Multiply(c2_0, scale);
            c3_0 = L.Multiply(c3_0, scale);
            c4_0 = L.Multiply(c4_0, scale);
            c5_0 = L.Multiply(c5_0, scale);
            c6_0 = L.Multiply(c6_0, scale);
            c7_0 = L.Multiply(c7_0, scale);
            c8_0 = L.Multiply(c8_0, scale);
        }
        L.Store(c0_0, c); c += cRow;
        L.Store(c1_0, c); c += cRow;
        L.Store(c2_0, c); c += cRow;
        L.Store(c3_0, c); c += cRow;
        L.Store(c4_0, c); c += cRow;
        L.Store(c5_0, c); c += cRow;
        L.Store(c6_0, c); c += cRow;
        L.Store(c7_0, c); c += cRow;
        L.Store(c8_0, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows10(T* a, nint aRow, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.EvenGroup(k, 10, pause), late = (10 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
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
        V b0, x;
        T* a1 = a + 3 * aRow;
        T* a2 = a1 + 3 * aRow;
        T* a3 = a2 + 3 * aRow;
        if ((k & 1) != 0)
        {
            k--;
            b0 = L.Load(b);
            x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
            x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
            x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
            x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
            x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
            x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
            x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
            x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
            x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0);
            x = L.Broadcast(a3[0]); c9_0 = L.MultiplyAdd(x, b0, c9_0);
            a += aStep; a1 += aStep; a2 += aStep; a3 += aStep; b += bStep;
        }
        while (true)
        {
            for (; steps > 0; steps -= 2)
            {
                b0 = L.Load(b);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
                x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0);
                x = L.Broadcast(a3[0]); c9_0 = L.MultiplyAdd(x, b0, c9_0);
                a += aStep; a1 += aStep; a2 += aStep; a3 += aStep; b += bStep;
                b0 = L.Load(b);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0);
                x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0);
                x = L.Broadcast(a3[0]); c9_0 = L.MultiplyAdd(x, b0, c9_0);
                a += aStep; a1 += aStep; a2 += aStep; a3 += aStep; b += bStep;
            }
            if (k == 0)
                break;
            if (k <= late)
            {
                L.Prefetch(next);
                next += cRow;
            }
            L.PrefetchFar(far);
            far += farStep;
            steps = k < group ? k : group;
            k -= steps;
        }

        V scale = L.Broadcast(alpha);
        if (addend != null)
        {
            c0_0 = L.MultiplyAdd(c0_0, scale, L.Load(addend)); addend += addendRow;
            c1_0 = L.MultiplyAdd(c1_0, scale, L.Load(addend)); addend += addendRow;
            c2_0 = L.MultiplyAdd(c2_0, scale, L.Load(addend)); addend += addendRow;
            c3_0 = L.MultiplyAdd(c3_0, scale, L.Load(addend)); addend += addendRow;
            c4_0 = L.MultiplyAdd(c4_0, scale, L.Load(addend)); addend += addendRow;
            c5_0 = L.MultiplyAdd(c5_0, scale, L.Load(addend)); addend += addendRow;
            c6_0 = L.MultiplyAdd(c6_0, scale, L.Load(addend)); addend += addendRow;
            c7_0 = L.MultiplyAdd(c7_0, scale, L.Load(addend)); addend += addendRow;
            c8_0 = L.MultiplyAdd(c8_0, scale, L.Load(addend)); addend += addendRow;
            c9_0 = L.MultiplyAdd(c9_0, scale, L.Load(addend));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale);
            c1_0 = L.Multiply(c1_0, scale);
            c2_0 = L.Multiply(c2_0, scale);
            c3_0 = L.Multiply(c3_0, scale);
            c4_0 = L.Multiply(c4_0, scale);
            c5_0 = L.Multiply(c5_0, scale);
            c6_0 = L.Multiply(c6_0, scale);
            c7_0 = L.Multiply(c7_0, scale);
            c8_0 = L.Multiply(c8_0, scale);
            c9_0 = L.Multiply(c9_0, scale);
        }
        L.Store(c0_0, c); c += cRow;
        L.Store(c1_0, c); c += cRow;
        L.Store(c2_0, c); c += cRow;
        L.Store(c3_0, c); c += cRow;
        L.Store(c4_0, c); c += cRow;
        L.Store(c5_0, c); c += cRow;
        L.Store(c6_0, c); c += cRow;
        L.Store(c7_0, c); c += cRow;
        L.Store(c8_0, c); c += cRow;
        L.Store(c9_0, c);
    }
}
