// Written by eng/GenerateConvolutionTiles.cs; change that instead.
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Up to six filters by 1, 2 or 4 vectors of neighbouring positions.</summary>
/// <remarks>A tap is an offset from each vector's first input, the same for all; its weights lie side by side.</remarks>
internal static unsafe class PlaneTiles<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged
{
    /// <summary>Sums over the taps, beginning with the biases (which may be null), and stores a vector per filter, <paramref name="plane"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int filters, int vectors, T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        switch (filters * 8 + vectors)
        {
            case 9: Tile1x1(inputs, offsets, taps, weights, bias, results, plane); break;
            case 10: Tile1x2(inputs, offsets, taps, weights, bias, results, plane); break;
            case 12: Tile1x4(inputs, offsets, taps, weights, bias, results, plane); break;
            case 17: Tile2x1(inputs, offsets, taps, weights, bias, results, plane); break;
            case 18: Tile2x2(inputs, offsets, taps, weights, bias, results, plane); break;
            case 20: Tile2x4(inputs, offsets, taps, weights, bias, results, plane); break;
            case 25: Tile3x1(inputs, offsets, taps, weights, bias, results, plane); break;
            case 26: Tile3x2(inputs, offsets, taps, weights, bias, results, plane); break;
            case 28: Tile3x4(inputs, offsets, taps, weights, bias, results, plane); break;
            case 33: Tile4x1(inputs, offsets, taps, weights, bias, results, plane); break;
            case 34: Tile4x2(inputs, offsets, taps, weights, bias, results, plane); break;
            case 36: Tile4x4(inputs, offsets, taps, weights, bias, results, plane); break;
            case 49: Tile6x1(inputs, offsets, taps, weights, bias, results, plane); break;
            case 50: Tile6x2(inputs, offsets, taps, weights, bias, results, plane); break;
            case 52: Tile6x4(inputs, offsets, taps, weights, bias, results, plane); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]);
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0);
            weights += 1;
        }
        T* to = results[0];
        L.Store(c0_0, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x2(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0], x1 = inputs[1];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]), c0_1 = c0_0;
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap), v1 = L.Load(x1 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0); c0_1 = L.MultiplyAdd(v1, w, c0_1);
            weights += 1;
        }
        T* to = results[0];
        L.Store(c0_0, to);
        to = results[1];
        L.Store(c0_1, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x4(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]), c0_1 = c0_0, c0_2 = c0_0, c0_3 = c0_0;
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap), v1 = L.Load(x1 + tap), v2 = L.Load(x2 + tap), v3 = L.Load(x3 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0); c0_1 = L.MultiplyAdd(v1, w, c0_1); c0_2 = L.MultiplyAdd(v2, w, c0_2); c0_3 = L.MultiplyAdd(v3, w, c0_3);
            weights += 1;
        }
        T* to = results[0];
        L.Store(c0_0, to);
        to = results[1];
        L.Store(c0_1, to);
        to = results[2];
        L.Store(c0_2, to);
        to = results[3];
        L.Store(c0_3, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x1(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]);
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]);
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0);
            weights += 2;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x2(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0], x1 = inputs[1];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]), c0_1 = c0_0;
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]), c1_1 = c1_0;
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap), v1 = L.Load(x1 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0); c0_1 = L.MultiplyAdd(v1, w, c0_1);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0); c1_1 = L.MultiplyAdd(v1, w, c1_1);
            weights += 2;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to);
        to = results[1];
        L.Store(c0_1, to); to += plane; L.Store(c1_1, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x4(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]), c0_1 = c0_0, c0_2 = c0_0, c0_3 = c0_0;
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]), c1_1 = c1_0, c1_2 = c1_0, c1_3 = c1_0;
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap), v1 = L.Load(x1 + tap), v2 = L.Load(x2 + tap), v3 = L.Load(x3 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0); c0_1 = L.MultiplyAdd(v1, w, c0_1); c0_2 = L.MultiplyAdd(v2, w, c0_2); c0_3 = L.MultiplyAdd(v3, w, c0_3);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0); c1_1 = L.MultiplyAdd(v1, w, c1_1); c1_2 = L.MultiplyAdd(v2, w, c1_2); c1_3 = L.MultiplyAdd(v3, w, c1_3);
            weights += 2;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to);
        to = results[1];
        L.Store(c0_1, to); to += plane; L.Store(c1_1, to);
        to = results[2];
        L.Store(c0_2, to); to += plane; L.Store(c1_2, to);
        to = results[3];
        L.Store(c0_3, to); to += plane; L.Store(c1_3, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile3x1(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]);
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]);
        V c2_0 = bias == null ? default : L.Broadcast(bias[2]);
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(v0, w, c2_0);
            weights += 3;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to); to += plane; L.Store(c2_0, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile3x2(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0], x1 = inputs[1];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]), c0_1 = c0_0;
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]), c1_1 = c1_0;
        V c2_0 = bias == null ? default : L.Broadcast(bias[2]), c2_1 = c2_0;
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap), v1 = L.Load(x1 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0); c0_1 = L.MultiplyAdd(v1, w, c0_1);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0); c1_1 = L.MultiplyAdd(v1, w, c1_1);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(v0, w, c2_0); c2_1 = L.MultiplyAdd(v1, w, c2_1);
            weights += 3;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to); to += plane; L.Store(c2_0, to);
        to = results[1];
        L.Store(c0_1, to); to += plane; L.Store(c1_1, to); to += plane; L.Store(c2_1, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile3x4(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]), c0_1 = c0_0, c0_2 = c0_0, c0_3 = c0_0;
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]), c1_1 = c1_0, c1_2 = c1_0, c1_3 = c1_0;
        V c2_0 = bias == null ? default : L.Broadcast(bias[2]), c2_1 = c2_0, c2_2 = c2_0, c2_3 = c2_0;
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap), v1 = L.Load(x1 + tap), v2 = L.Load(x2 + tap), v3 = L.Load(x3 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0); c0_1 = L.MultiplyAdd(v1, w, c0_1); c0_2 = L.MultiplyAdd(v2, w, c0_2); c0_3 = L.MultiplyAdd(v3, w, c0_3);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0); c1_1 = L.MultiplyAdd(v1, w, c1_1); c1_2 = L.MultiplyAdd(v2, w, c1_2); c1_3 = L.MultiplyAdd(v3, w, c1_3);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(v0, w, c2_0); c2_1 = L.MultiplyAdd(v1, w, c2_1); c2_2 = L.MultiplyAdd(v2, w, c2_2); c2_3 = L.MultiplyAdd(v3, w, c2_3);
            weights += 3;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to); to += plane; L.Store(c2_0, to);
        to = results[1];
        L.Store(c0_1, to); to += plane; L.Store(c1_1, to); to += plane; L.Store(c2_1, to);
        to = results[2];
        L.Store(c0_2, to); to += plane; L.Store(c1_2, to); to += plane; L.Store(c2_2, to);
        to = results[3];
        L.Store(c0_3, to); to += plane; L.Store(c1_3, to); to += plane; L.Store(c2_3, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]);
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]);
        V c2_0 = bias == null ? default : L.Broadcast(bias[2]);
        V c3_0 = bias == null ? default : L.Broadcast(bias[3]);
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(v0, w, c2_0);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(v0, w, c3_0);
            weights += 4;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to); to += plane; L.Store(c2_0, to); to += plane; L.Store(c3_0, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0], x1 = inputs[1];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]), c0_1 = c0_0;
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]), c1_1 = c1_0;
        V c2_0 = bias == null ? default : L.Broadcast(bias[2]), c2_1 = c2_0;
        V c3_0 = bias == null ? default : L.Broadcast(bias[3]), c3_1 = c3_0;
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap), v1 = L.Load(x1 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0); c0_1 = L.MultiplyAdd(v1, w, c0_1);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0); c1_1 = L.MultiplyAdd(v1, w, c1_1);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(v0, w, c2_0); c2_1 = L.MultiplyAdd(v1, w, c2_1);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(v0, w, c3_0); c3_1 = L.MultiplyAdd(v1, w, c3_1);
            weights += 4;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to); to += plane; L.Store(c2_0, to); to += plane; L.Store(c3_0, to);
        to = results[1];
        L.Store(c0_1, to); to += plane; L.Store(c1_1, to); to += plane; L.Store(c2_1, to); to += plane; L.Store(c3_1, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x4(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]), c0_1 = c0_0, c0_2 = c0_0, c0_3 = c0_0;
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]), c1_1 = c1_0, c1_2 = c1_0, c1_3 = c1_0;
        V c2_0 = bias == null ? default : L.Broadcast(bias[2]), c2_1 = c2_0, c2_2 = c2_0, c2_3 = c2_0;
        V c3_0 = bias == null ? default : L.Broadcast(bias[3]), c3_1 = c3_0, c3_2 = c3_0, c3_3 = c3_0;
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap), v1 = L.Load(x1 + tap), v2 = L.Load(x2 + tap), v3 = L.Load(x3 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0); c0_1 = L.MultiplyAdd(v1, w, c0_1); c0_2 = L.MultiplyAdd(v2, w, c0_2); c0_3 = L.MultiplyAdd(v3, w, c0_3);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0); c1_1 = L.MultiplyAdd(v1, w, c1_1); c1_2 = L.MultiplyAdd(v2, w, c1_2); c1_3 = L.MultiplyAdd(v3, w, c1_3);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(v0, w, c2_0); c2_1 = L.MultiplyAdd(v1, w, c2_1); c2_2 = L.MultiplyAdd(v2, w, c2_2); c2_3 = L.MultiplyAdd(v3, w, c2_3);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(v0, w, c3_0); c3_1 = L.MultiplyAdd(v1, w, c3_1); c3_2 = L.MultiplyAdd(v2, w, c3_2); c3_3 = L.MultiplyAdd(v3, w, c3_3);
            weights += 4;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to); to += plane; L.Store(c2_0, to); to += plane; L.Store(c3_0, to);
        to = results[1];
        L.Store(c0_1, to); to += plane; L.Store(c1_1, to); to += plane; L.Store(c2_1, to); to += plane; L.Store(c3_1, to);
        to = results[2];
        L.Store(c0_2, to); to += plane; L.Store(c1_2, to); to += plane; L.Store(c2_2, to); to += plane; L.Store(c3_2, to);
        to = results[3];
        L.Store(c0_3, to); to += plane; L.Store(c1_3, to); to += plane; L.Store(c2_3, to); to += plane; L.Store(c3_3, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x1(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]);
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]);
        V c2_0 = bias == null ? default : L.Broadcast(bias[2]);
        V c3_0 = bias == null ? default : L.Broadcast(bias[3]);
        V c4_0 = bias == null ? default : L.Broadcast(bias[4]);
        V c5_0 = bias == null ? default : L.Broadcast(bias[5]);
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(v0, w, c2_0);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(v0, w, c3_0);
            w = L.Broadcast(weights[4]); c4_0 = L.MultiplyAdd(v0, w, c4_0);
            w = L.Broadcast(weights[5]); c5_0 = L.MultiplyAdd(v0, w, c5_0);
            weights += 6;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to); to += plane; L.Store(c2_0, to); to += plane; L.Store(c3_0, to); to += plane; L.Store(c4_0, to); to += plane; L.Store(c5_0, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x2(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0], x1 = inputs[1];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]), c0_1 = c0_0;
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]), c1_1 = c1_0;
        V c2_0 = bias == null ? default : L.Broadcast(bias[2]), c2_1 = c2_0;
        V c3_0 = bias == null ? default : L.Broadcast(bias[3]), c3_1 = c3_0;
        V c4_0 = bias == null ? default : L.Broadcast(bias[4]), c4_1 = c4_0;
        V c5_0 = bias == null ? default : L.Broadcast(bias[5]), c5_1 = c5_0;
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap), v1 = L.Load(x1 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0); c0_1 = L.MultiplyAdd(v1, w, c0_1);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0); c1_1 = L.MultiplyAdd(v1, w, c1_1);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(v0, w, c2_0); c2_1 = L.MultiplyAdd(v1, w, c2_1);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(v0, w, c3_0); c3_1 = L.MultiplyAdd(v1, w, c3_1);
            w = L.Broadcast(weights[4]); c4_0 = L.MultiplyAdd(v0, w, c4_0); c4_1 = L.MultiplyAdd(v1, w, c4_1);
            w = L.Broadcast(weights[5]); c5_0 = L.MultiplyAdd(v0, w, c5_0); c5_1 = L.MultiplyAdd(v1, w, c5_1);
            weights += 6;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to); to += plane; L.Store(c2_0, to); to += plane; L.Store(c3_0, to); to += plane; L.Store(c4_0, to); to += plane; L.Store(c5_0, to);
        to = results[1];
        L.Store(c0_1, to); to += plane; L.Store(c1_1, to); to += plane; L.Store(c2_1, to); to += plane; L.Store(c3_1, to); to += plane; L.Store(c4_1, to); to += plane; L.Store(c5_1, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x4(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
    {
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3];
        V c0_0 = bias == null ? default : L.Broadcast(bias[0]), c0_1 = c0_0, c0_2 = c0_0, c0_3 = c0_0;
        V c1_0 = bias == null ? default : L.Broadcast(bias[1]), c1_1 = c1_0, c1_2 = c1_0, c1_3 = c1_0;
        V c2_0 = bias == null ? default : L.Broadcast(bias[2]), c2_1 = c2_0, c2_2 = c2_0, c2_3 = c2_0;
        V c3_0 = bias == null ? default : L.Broadcast(bias[3]), c3_1 = c3_0, c3_2 = c3_0, c3_3 = c3_0;
        V c4_0 = bias == null ? default : L.Broadcast(bias[4]), c4_1 = c4_0, c4_2 = c4_0, c4_3 = c4_0;
        V c5_0 = bias == null ? default : L.Broadcast(bias[5]), c5_1 = c5_0, c5_2 = c5_0, c5_3 = c5_0;
        for (; taps > 0; taps--)
        {
            nint tap = *offsets++;
            V v0 = L.Load(x0 + tap), v1 = L.Load(x1 + tap), v2 = L.Load(x2 + tap), v3 = L.Load(x3 + tap);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(v0, w, c0_0); c0_1 = L.MultiplyAdd(v1, w, c0_1); c0_2 = L.MultiplyAdd(v2, w, c0_2); c0_3 = L.MultiplyAdd(v3, w, c0_3);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(v0, w, c1_0); c1_1 = L.MultiplyAdd(v1, w, c1_1); c1_2 = L.MultiplyAdd(v2, w, c1_2); c1_3 = L.MultiplyAdd(v3, w, c1_3);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(v0, w, c2_0); c2_1 = L.MultiplyAdd(v1, w, c2_1); c2_2 = L.MultiplyAdd(v2, w, c2_2); c2_3 = L.MultiplyAdd(v3, w, c2_3);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(v0, w, c3_0); c3_1 = L.MultiplyAdd(v1, w, c3_1); c3_2 = L.MultiplyAdd(v2, w, c3_2); c3_3 = L.MultiplyAdd(v3, w, c3_3);
            w = L.Broadcast(weights[4]); c4_0 = L.MultiplyAdd(v0, w, c4_0); c4_1 = L.MultiplyAdd(v1, w, c4_1); c4_2 = L.MultiplyAdd(v2, w, c4_2); c4_3 = L.MultiplyAdd(v3, w, c4_3);
            w = L.Broadcast(weights[5]); c5_0 = L.MultiplyAdd(v0, w, c5_0); c5_1 = L.MultiplyAdd(v1, w, c5_1); c5_2 = L.MultiplyAdd(v2, w, c5_2); c5_3 = L.MultiplyAdd(v3, w, c5_3);
            weights += 6;
        }
        T* to = results[0];
        L.Store(c0_0, to); to += plane; L.Store(c1_0, to); to += plane; L.Store(c2_0, to); to += plane; L.Store(c3_0, to); to += plane; L.Store(c4_0, to); to += plane; L.Store(c5_0, to);
        to = results[1];
        L.Store(c0_1, to); to += plane; L.Store(c1_1, to); to += plane; L.Store(c2_1, to); to += plane; L.Store(c3_1, to); to += plane; L.Store(c4_1, to); to += plane; L.Store(c5_1, to);
        to = results[2];
        L.Store(c0_2, to); to += plane; L.Store(c1_2, to); to += plane; L.Store(c2_2, to); to += plane; L.Store(c3_2, to); to += plane; L.Store(c4_2, to); to += plane; L.Store(c5_2, to);
        to = results[3];
        L.Store(c0_3, to); to += plane; L.Store(c1_3, to); to += plane; L.Store(c2_3, to); to += plane; L.Store(c3_3, to); to += plane; L.Store(c4_3, to); to += plane; L.Store(c5_3, to);
    }
}
