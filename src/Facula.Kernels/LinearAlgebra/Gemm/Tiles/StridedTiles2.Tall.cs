// Written by eng/GenerateGemmTiles.cs; change that instead.
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

internal static unsafe partial class StridedTiles2<L, V, T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows8(T* a, nint aRow, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.EvenGroup(k, 8, pause), late = (8 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        V c3_0 = default, c3_1 = default;
        V c4_0 = default, c4_1 = default;
        V c5_0 = default, c5_1 = default;
        V c6_0 = default, c6_1 = default;
        V c7_0 = default, c7_1 = default;
        V b0, b1, x;
        T* a1 = a + 3 * aRow;
        T* a2 = a1 + 3 * aRow;
        if ((k & 1) != 0)
        {
            k--;
            b0 = L.Load(b); b1 = L.Load(b + L.Count);
            x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
            x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
            x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
            x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
            x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
            x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
            x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0); c6_1 = L.MultiplyAdd(x, b1, c6_1);
            x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0); c7_1 = L.MultiplyAdd(x, b1, c7_1);
            a += aStep; a1 += aStep; a2 += aStep; b += bStep;
        }
        while (true)
        {
            for (; steps > 0; steps -= 2)
            {
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0); c6_1 = L.MultiplyAdd(x, b1, c6_1);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0); c7_1 = L.MultiplyAdd(x, b1, c7_1);
                a += aStep; a1 += aStep; a2 += aStep; b += bStep;
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0); c6_1 = L.MultiplyAdd(x, b1, c6_1);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0); c7_1 = L.MultiplyAdd(x, b1, c7_1);
                a += aStep; a1 += aStep; a2 += aStep; b += bStep;
            }
            if (k == 0)
                break;
            if (k <= late)
            {
                L.Prefetch(next); L.Prefetch(next + L.Count);
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
            c0_0 = L.MultiplyAdd(c0_0, scale, L.Load(addend)); c0_1 = L.MultiplyAdd(c0_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c1_0 = L.MultiplyAdd(c1_0, scale, L.Load(addend)); c1_1 = L.MultiplyAdd(c1_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c2_0 = L.MultiplyAdd(c2_0, scale, L.Load(addend)); c2_1 = L.MultiplyAdd(c2_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c3_0 = L.MultiplyAdd(c3_0, scale, L.Load(addend)); c3_1 = L.MultiplyAdd(c3_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c4_0 = L.MultiplyAdd(c4_0, scale, L.Load(addend)); c4_1 = L.MultiplyAdd(c4_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c5_0 = L.MultiplyAdd(c5_0, scale, L.Load(addend)); c5_1 = L.MultiplyAdd(c5_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c6_0 = L.MultiplyAdd(c6_0, scale, L.Load(addend)); c6_1 = L.MultiplyAdd(c6_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c7_0 = L.MultiplyAdd(c7_0, scale, L.Load(addend)); c7_1 = L.MultiplyAdd(c7_1, scale, L.Load(addend + L.Count));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale); c0_1 = L.Multiply(c0_1, scale);
            c1_0 = L.Multiply(c1_0, scale); c1_1 = L.Multiply(c1_1, scale);
            c2_0 = L.Multiply(c2_0, scale); c2_1 = L.Multiply(c2_1, scale);
            c3_0 = L.Multiply(c3_0, scale); c3_1 = L.Multiply(c3_1, scale);
            c4_0 = L.Multiply(c4_0, scale); c4_1 = L.Multiply(c4_1, scale);
            c5_0 = L.Multiply(c5_0, scale); c5_1 = L.Multiply(c5_1, scale);
            c6_0 = L.Multiply(c6_0, scale); c6_1 = L.Multiply(c6_1, scale);
            c7_0 = L.Multiply(c7_0, scale); c7_1 = L.Multiply(c7_1, scale);
        }
        L.Store(c0_0, c); L.Store(c0_1, c + L.Count); c += cRow;
        L.Store(c1_0, c); L.Store(c1_1, c + L.Count); c += cRow;
        L.Store(c2_0, c); L.Store(c2_1, c + L.Count); c += cRow;
        L.Store(c3_0, c); L.Store(c3_1, c + L.Count); c += cRow;
        L.Store(c4_0, c); L.Store(c4_1, c + L.Count); c += cRow;
        L.Store(c5_0, c); L.Store(c5_1, c + L.Count); c += cRow;
        L.Store(c6_0, c); L.Store(c6_1, c + L.Count); c += cRow;
        L.Store(c7_0, c); L.Store(c7_1, c + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows9(T* a, nint aRow, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.EvenGroup(k, 9, pause), late = (9 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        V c3_0 = default, c3_1 = default;
        V c4_0 = default, c4_1 = default;
        V c5_0 = default, c5_1 = default;
        V c6_0 = default, c6_1 = default;
        V c7_0 = default, c7_1 = default;
        V c8_0 = default, c8_1 = default;
        V b0, b1, x;
        T* a1 = a + 3 * aRow;
        T* a2 = a1 + 3 * aRow;
        if ((k & 1) != 0)
        {
            k--;
            b0 = L.Load(b); b1 = L.Load(b + L.Count);
            x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
            x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
            x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
            x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
            x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
            x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
            x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0); c6_1 = L.MultiplyAdd(x, b1, c6_1);
            x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0); c7_1 = L.MultiplyAdd(x, b1, c7_1);
            x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0); c8_1 = L.MultiplyAdd(x, b1, c8_1);
            a += aStep; a1 += aStep; a2 += aStep; b += bStep;
        }
        while (true)
        {
            for (; steps > 0; steps -= 2)
            {
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0); c6_1 = L.MultiplyAdd(x, b1, c6_1);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0); c7_1 = L.MultiplyAdd(x, b1, c7_1);
                x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0); c8_1 = L.MultiplyAdd(x, b1, c8_1);
                a += aStep; a1 += aStep; a2 += aStep; b += bStep;
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0); c6_1 = L.MultiplyAdd(x, b1, c6_1);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0); c7_1 = L.MultiplyAdd(x, b1, c7_1);
                x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0); c8_1 = L.MultiplyAdd(x, b1, c8_1);
                a += aStep; a1 += aStep; a2 += aStep; b += bStep;
            }
            if (k == 0)
                break;
            if (k <= late)
            {
                L.Prefetch(next); L.Prefetch(next + L.Count);
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
            c0_0 = L.MultiplyAdd(c0_0, scale, L.Load(addend)); c0_1 = L.MultiplyAdd(c0_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c1_0 = L.MultiplyAdd(c1_0, scale, L.Load(addend)); c1_1 = L.MultiplyAdd(c1_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c2_0 = L.MultiplyAdd(c2_0, scale, L.Load(addend)); c2_1 = L.MultiplyAdd(c2_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c3_0 = L.MultiplyAdd(c3_0, scale, L.Load(addend)); c3_1 = L.MultiplyAdd(c3_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c4_0 = L.MultiplyAdd(c4_0, scale, L.Load(addend)); c4_1 = L.MultiplyAdd(c4_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c5_0 = L.MultiplyAdd(c5_0, scale, L.Load(addend)); c5_1 = L.MultiplyAdd(c5_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c6_0 = L.MultiplyAdd(c6_0, scale, L.Load(addend)); c6_1 = L.MultiplyAdd(c6_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c7_0 = L.MultiplyAdd(c7_0, scale, L.Load(addend)); c7_1 = L.MultiplyAdd(c7_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c8_0 = L.MultiplyAdd(c8_0, scale, L.Load(addend)); c8_1 = L.MultiplyAdd(c8_1, scale, L.Load(addend + L.Count));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale); c0_1 = L.Multiply(c0_1, scale);
            c1_0 = L.Multiply(c1_0, scale); c1_1 = L.Multiply(c1_1, scale);
            c2_0 = L.Multiply(c2_0, scale); c2_1 = L.Multiply(c2_1, scale);
            c3_0 = L.Multiply(c3_0, scale); c3_1 = L.Multiply(c3_1, scale);
            c4_0 = L.Multiply(c4_0, scale); c4_1 = L.Multiply(c4_1, scale);
            c5_0 = L.Multiply(c5_0, scale); c5_1 = L.Multiply(c5_1, scale);
            c6_0 = L.Multiply(c6_0, scale); c6_1 = L.Multiply(c6_1, scale);
            c7_0 = L.Multiply(c7_0, scale); c7_1 = L.Multiply(c7_1, scale);
            c8_0 = L.Multiply(c8_0, scale); c8_1 = L.Multiply(c8_1, scale);
        }
        L.Store(c0_0, c); L.Store(c0_1, c + L.Count); c += cRow;
        L.Store(c1_0, c); L.Store(c1_1, c + L.Count); c += cRow;
        L.Store(c2_0, c); L.Store(c2_1, c + L.Count); c += cRow;
        L.Store(c3_0, c); L.Store(c3_1, c + L.Count); c += cRow;
        L.Store(c4_0, c); L.Store(c4_1, c + L.Count); c += cRow;
        L.Store(c5_0, c); L.Store(c5_1, c + L.Count); c += cRow;
        L.Store(c6_0, c); L.Store(c6_1, c + L.Count); c += cRow;
        L.Store(c7_0, c); L.Store(c7_1, c + L.Count); c += cRow;
        L.Store(c8_0, c); L.Store(c8_1, c + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows10(T* a, nint aRow, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.EvenGroup(k, 10, pause), late = (10 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        V c3_0 = default, c3_1 = default;
        V c4_0 = default, c4_1 = default;
        V c5_0 = default, c5_1 = default;
        V c6_0 = default, c6_1 = default;
        V c7_0 = default, c7_1 = default;
        V c8_0 = default, c8_1 = default;
        V c9_0 = default, c9_1 = default;
        V b0, b1, x;
        T* a1 = a + 3 * aRow;
        T* a2 = a1 + 3 * aRow;
        T* a3 = a2 + 3 * aRow;
        if ((k & 1) != 0)
        {
            k--;
            b0 = L.Load(b); b1 = L.Load(b + L.Count);
            x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
            x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
            x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
            x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
            x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
            x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
            x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0); c6_1 = L.MultiplyAdd(x, b1, c6_1);
            x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0); c7_1 = L.MultiplyAdd(x, b1, c7_1);
            x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0); c8_1 = L.MultiplyAdd(x, b1, c8_1);
            x = L.Broadcast(a3[0]); c9_0 = L.MultiplyAdd(x, b0, c9_0); c9_1 = L.MultiplyAdd(x, b1, c9_1);
            a += aStep; a1 += aStep; a2 += aStep; a3 += aStep; b += bStep;
        }
        while (true)
        {
            for (; steps > 0; steps -= 2)
            {
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0); c6_1 = L.MultiplyAdd(x, b1, c6_1);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0); c7_1 = L.MultiplyAdd(x, b1, c7_1);
                x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0); c8_1 = L.MultiplyAdd(x, b1, c8_1);
                x = L.Broadcast(a3[0]); c9_0 = L.MultiplyAdd(x, b0, c9_0); c9_1 = L.MultiplyAdd(x, b1, c9_1);
                a += aStep; a1 += aStep; a2 += aStep; a3 += aStep; b += bStep;
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[aRow]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2 * aRow]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a1[0]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                x = L.Broadcast(a1[aRow]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
                x = L.Broadcast(a1[2 * aRow]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
                x = L.Broadcast(a2[0]); c6_0 = L.MultiplyAdd(x, b0, c6_0); c6_1 = L.MultiplyAdd(x, b1, c6_1);
                x = L.Broadcast(a2[aRow]); c7_0 = L.MultiplyAdd(x, b0, c7_0); c7_1 = L.MultiplyAdd(x, b1, c7_1);
                x = L.Broadcast(a2[2 * aRow]); c8_0 = L.MultiplyAdd(x, b0, c8_0); c8_1 = L.MultiplyAdd(x, b1, c8_1);
                x = L.Broadcast(a3[0]); c9_0 = L.MultiplyAdd(x, b0, c9_0); c9_1 = L.MultiplyAdd(x, b1, c9_1);
                a += aStep; a1 += aStep; a2 += aStep; a3 += aStep; b += bStep;
            }
            if (k == 0)
                break;
            if (k <= late)
            {
                L.Prefetch(next); L.Prefetch(next + L.Count);
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
            c0_0 = L.MultiplyAdd(c0_0, scale, L.Load(addend)); c0_1 = L.MultiplyAdd(c0_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c1_0 = L.MultiplyAdd(c1_0, scale, L.Load(addend)); c1_1 = L.MultiplyAdd(c1_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c2_0 = L.MultiplyAdd(c2_0, scale, L.Load(addend)); c2_1 = L.MultiplyAdd(c2_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c3_0 = L.MultiplyAdd(c3_0, scale, L.Load(addend)); c3_1 = L.MultiplyAdd(c3_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c4_0 = L.MultiplyAdd(c4_0, scale, L.Load(addend)); c4_1 = L.MultiplyAdd(c4_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c5_0 = L.MultiplyAdd(c5_0, scale, L.Load(addend)); c5_1 = L.MultiplyAdd(c5_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c6_0 = L.MultiplyAdd(c6_0, scale, L.Load(addend)); c6_1 = L.MultiplyAdd(c6_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c7_0 = L.MultiplyAdd(c7_0, scale, L.Load(addend)); c7_1 = L.MultiplyAdd(c7_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c8_0 = L.MultiplyAdd(c8_0, scale, L.Load(addend)); c8_1 = L.MultiplyAdd(c8_1, scale, L.Load(addend + L.Count)); addend += addendRow;
            c9_0 = L.MultiplyAdd(c9_0, scale, L.Load(addend)); c9_1 = L.MultiplyAdd(c9_1, scale, L.Load(addend + L.Count));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale); c0_1 = L.Multiply(c0_1, scale);
            c1_0 = L.Multiply(c1_0, scale); c1_1 = L.Multiply(c1_1, scale);
            c2_0 = L.Multiply(c2_0, scale); c2_1 = L.Multiply(c2_1, scale);
            c3_0 = L.Multiply(c3_0, scale); c3_1 = L.Multiply(c3_1, scale);
            c4_0 = L.Multiply(c4_0, scale); c4_1 = L.Multiply(c4_1, scale);
            c5_0 = L.Multiply(c5_0, scale); c5_1 = L.Multiply(c5_1, scale);
            c6_0 = L.Multiply(c6_0, scale); c6_1 = L.Multiply(c6_1, scale);
            c7_0 = L.Multiply(c7_0, scale); c7_1 = L.Multiply(c7_1, scale);
            c8_0 = L.Multiply(c8_0, scale); c8_1 = L.Multiply(c8_1, scale);
            c9_0 = L.Multiply(c9_0, scale); c9_1 = L.Multiply(c9_1, scale);
        }
        L.Store(c0_0, c); L.Store(c0_1, c + L.Count); c += cRow;
        L.Store(c1_0, c); L.Store(c1_1, c + L.Count); c += cRow;
        L.Store(c2_0, c); L.Store(c2_1, c + L.Count); c += cRow;
        L.Store(c3_0, c); L.Store(c3_1, c + L.Count); c += cRow;
        L.Store(c4_0, c); L.Store(c4_1, c + L.Count); c += cRow;
        L.Store(c5_0, c); L.Store(c5_1, c + L.Count); c += cRow;
        L.Store(c6_0, c); L.Store(c6_1, c + L.Count); c += cRow;
        L.Store(c7_0, c); L.Store(c7_1, c + L.Count); c += cRow;
        L.Store(c8_0, c); L.Store(c8_1, c + L.Count); c += cRow;
        L.Store(c9_0, c); L.Store(c9_1, c + L.Count);
    }
}
