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
    public static void Run(int rows, T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate) =>
        Run(rows, a, aStep, b, bStep, k, c, cRow, alpha, accumulate ? c : null, cRow, b, 0, 8);

    /// <summary>Does a tile, C = alpha·A·B + the addend if there is one, and meanwhile, every <paramref name="pause"/> steps, fetches a line from <paramref name="far"/>, then <paramref name="farStep"/> elements further, into the second-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int rows, T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        switch (rows)
        {
            case 1: Rows1(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
            case 2: Rows2(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
            case 3: Rows3(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
            case 4: Rows4(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
            case 5: Rows5(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
            case 6: Rows6(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
            case 7: Rows7(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
            case 8: Rows8(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
            case 9: Rows9(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
            case 10: Rows10(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
            case 11: Rows11(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
            case 12: Rows12(a, aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows1(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.Group(k, 1, pause), late = (1 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default, c0_1 = default;
        V b0, b1, x;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                a += aStep; b += bStep;
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
            c0_0 = L.MultiplyAdd(c0_0, scale, L.Load(addend)); c0_1 = L.MultiplyAdd(c0_1, scale, L.Load(addend + L.Count));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale); c0_1 = L.Multiply(c0_1, scale);
        }
        L.Store(c0_0, c); L.Store(c0_1, c + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows2(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.Group(k, 2, pause), late = (2 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V b0, b1, x;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                a += aStep; b += bStep;
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
            c1_0 = L.MultiplyAdd(c1_0, scale, L.Load(addend)); c1_1 = L.MultiplyAdd(c1_1, scale, L.Load(addend + L.Count));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale); c0_1 = L.Multiply(c0_1, scale);
            c1_0 = L.Multiply(c1_0, scale); c1_1 = L.Multiply(c1_1, scale);
        }
        L.Store(c0_0, c); L.Store(c0_1, c + L.Count); c += cRow;
        L.Store(c1_0, c); L.Store(c1_1, c + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows3(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.Group(k, 3, pause), late = (3 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        V b0, b1, x;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                a += aStep; b += bStep;
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
            c2_0 = L.MultiplyAdd(c2_0, scale, L.Load(addend)); c2_1 = L.MultiplyAdd(c2_1, scale, L.Load(addend + L.Count));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale); c0_1 = L.Multiply(c0_1, scale);
            c1_0 = L.Multiply(c1_0, scale); c1_1 = L.Multiply(c1_1, scale);
            c2_0 = L.Multiply(c2_0, scale); c2_1 = L.Multiply(c2_1, scale);
        }
        L.Store(c0_0, c); L.Store(c0_1, c + L.Count); c += cRow;
        L.Store(c1_0, c); L.Store(c1_1, c + L.Count); c += cRow;
        L.Store(c2_0, c); L.Store(c2_1, c + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows4(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.Group(k, 4, pause), late = (4 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        V c3_0 = default, c3_1 = default;
        V b0, b1, x;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                a += aStep; b += bStep;
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
            c3_0 = L.MultiplyAdd(c3_0, scale, L.Load(addend)); c3_1 = L.MultiplyAdd(c3_1, scale, L.Load(addend + L.Count));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale); c0_1 = L.Multiply(c0_1, scale);
            c1_0 = L.Multiply(c1_0, scale); c1_1 = L.Multiply(c1_1, scale);
            c2_0 = L.Multiply(c2_0, scale); c2_1 = L.Multiply(c2_1, scale);
            c3_0 = L.Multiply(c3_0, scale); c3_1 = L.Multiply(c3_1, scale);
        }
        L.Store(c0_0, c); L.Store(c0_1, c + L.Count); c += cRow;
        L.Store(c1_0, c); L.Store(c1_1, c + L.Count); c += cRow;
        L.Store(c2_0, c); L.Store(c2_1, c + L.Count); c += cRow;
        L.Store(c3_0, c); L.Store(c3_1, c + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows5(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.Group(k, 5, pause), late = (5 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        V c3_0 = default, c3_1 = default;
        V c4_0 = default, c4_1 = default;
        V b0, b1, x;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                x = L.Broadcast(a[4]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
                a += aStep; b += bStep;
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
            c4_0 = L.MultiplyAdd(c4_0, scale, L.Load(addend)); c4_1 = L.MultiplyAdd(c4_1, scale, L.Load(addend + L.Count));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale); c0_1 = L.Multiply(c0_1, scale);
            c1_0 = L.Multiply(c1_0, scale); c1_1 = L.Multiply(c1_1, scale);
            c2_0 = L.Multiply(c2_0, scale); c2_1 = L.Multiply(c2_1, scale);
            c3_0 = L.Multiply(c3_0, scale); c3_1 = L.Multiply(c3_1, scale);
            c4_0 = L.Multiply(c4_0, scale); c4_1 = L.Multiply(c4_1, scale);
        }
        L.Store(c0_0, c); L.Store(c0_1, c + L.Count); c += cRow;
        L.Store(c1_0, c); L.Store(c1_1, c + L.Count); c += cRow;
        L.Store(c2_0, c); L.Store(c2_1, c + L.Count); c += cRow;
        L.Store(c3_0, c); L.Store(c3_1, c + L.Count); c += cRow;
        L.Store(c4_0, c); L.Store(c4_1, c + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows6(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.Group(k, 6, pause), late = (6 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        V c3_0 = default, c3_1 = default;
        V c4_0 = default, c4_1 = default;
        V c5_0 = default, c5_1 = default;
        V b0, b1, x;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                x = L.Broadcast(a[4]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
                x = L.Broadcast(a[5]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
                a += aStep; b += bStep;
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
            c5_0 = L.MultiplyAdd(c5_0, scale, L.Load(addend)); c5_1 = L.MultiplyAdd(c5_1, scale, L.Load(addend + L.Count));
        }
        else
        {
            c0_0 = L.Multiply(c0_0, scale); c0_1 = L.Multiply(c0_1, scale);
            c1_0 = L.Multiply(c1_0, scale); c1_1 = L.Multiply(c1_1, scale);
            c2_0 = L.Multiply(c2_0, scale); c2_1 = L.Multiply(c2_1, scale);
            c3_0 = L.Multiply(c3_0, scale); c3_1 = L.Multiply(c3_1, scale);
            c4_0 = L.Multiply(c4_0, scale); c4_1 = L.Multiply(c4_1, scale);
            c5_0 = L.Multiply(c5_0, scale); c5_1 = L.Multiply(c5_1, scale);
        }
        L.Store(c0_0, c); L.Store(c0_1, c + L.Count); c += cRow;
        L.Store(c1_0, c); L.Store(c1_1, c + L.Count); c += cRow;
        L.Store(c2_0, c); L.Store(c2_1, c + L.Count); c += cRow;
        L.Store(c3_0, c); L.Store(c3_1, c + L.Count); c += cRow;
        L.Store(c4_0, c); L.Store(c4_1, c + L.Count); c += cRow;
        L.Store(c5_0, c); L.Store(c5_1, c + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows7(T* a, nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
    {
        nint group = GemmTile<L, V, T>.Group(k, 7, pause), late = (7 + GemmTile<L, V, T>.Lead) * group, steps = 0;
        T* next = c;
        V c0_0 = default, c0_1 = default;
        V c1_0 = default, c1_1 = default;
        V c2_0 = default, c2_1 = default;
        V c3_0 = default, c3_1 = default;
        V c4_0 = default, c4_1 = default;
        V c5_0 = default, c5_1 = default;
        V c6_0 = default, c6_1 = default;
        V b0, b1, x;
        while (true)
        {
            for (; steps > 0; steps--)
            {
                b0 = L.Load(b); b1 = L.Load(b + L.Count);
                x = L.Broadcast(a[0]); c0_0 = L.MultiplyAdd(x, b0, c0_0); c0_1 = L.MultiplyAdd(x, b1, c0_1);
                x = L.Broadcast(a[1]); c1_0 = L.MultiplyAdd(x, b0, c1_0); c1_1 = L.MultiplyAdd(x, b1, c1_1);
                x = L.Broadcast(a[2]); c2_0 = L.MultiplyAdd(x, b0, c2_0); c2_1 = L.MultiplyAdd(x, b1, c2_1);
                x = L.Broadcast(a[3]); c3_0 = L.MultiplyAdd(x, b0, c3_0); c3_1 = L.MultiplyAdd(x, b1, c3_1);
                x = L.Broadcast(a[4]); c4_0 = L.MultiplyAdd(x, b0, c4_0); c4_1 = L.MultiplyAdd(x, b1, c4_1);
                x = L.Broadcast(a[5]); c5_0 = L.MultiplyAdd(x, b0, c5_0); c5_1 = L.MultiplyAdd(x, b1, c5_1);
                x = L.Broadcast(a[6]); c6_0 = L.MultiplyAdd(x, b0, c6_0); c6_1 = L.MultiplyAdd(x, b1, c6_1);
                a += aStep; b += bStep;
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
            c6_0 = L.MultiplyAdd(c6_0, scale, L.Load(addend)); c6_1 = L.MultiplyAdd(c6_1, scale, L.Load(addend + L.Count));
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
        }
        L.Store(c0_0, c); L.Store(c0_1, c + L.Count); c += cRow;
        L.Store(c1_0, c); L.Store(c1_1, c + L.Count); c += cRow;
        L.Store(c2_0, c); L.Store(c2_1, c + L.Count); c += cRow;
        L.Store(c3_0, c); L.Store(c3_1, c + L.Count); c += cRow;
        L.Store(c4_0, c); L.Store(c4_1, c + L.Count); c += cRow;
        L.Store(c5_0, c); L.Store(c5_1, c + L.Count); c += cRow;
        L.Store(c6_0, c); L.Store(c6_1, c + L.Count);
    }
}
