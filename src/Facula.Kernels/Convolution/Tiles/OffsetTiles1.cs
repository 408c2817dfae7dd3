// Written by eng/GenerateConvolutionTiles.cs; change that instead.
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Up to 12 filters by 1 vector of neighbouring positions.</summary>
/// <remarks>The vectors may lie anywhere; the taps are offsets from their first input, and the results go straight to the planes.</remarks>
internal static unsafe class OffsetTiles1<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged
{
    /// <summary>Sums over all taps, beginning with the biases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int filters, T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        switch (filters)
        {
            case 1: Filters1(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
            case 2: Filters2(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
            case 3: Filters3(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
            case 4: Filters4(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
            case 5: Filters5(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
            case 6: Filters6(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
            case 7: Filters7(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
            case 8: Filters8(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
            case 9: Filters9(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
            case 10: Filters10(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
            case 11: Filters11(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
            case 12: Filters12(x0, offsets, taps, weights, weightStep, bias, y0, plane); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters1(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters2(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        V c1_0 = L.Broadcast(bias[1]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(w, b0, c1_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0); y0 += plane;
        L.Store(c1_0, y0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters3(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        V c1_0 = L.Broadcast(bias[1]);
        V c2_0 = L.Broadcast(bias[2]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(w, b0, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(w, b0, c2_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0); y0 += plane;
        L.Store(c1_0, y0); y0 += plane;
        L.Store(c2_0, y0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters4(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        V c1_0 = L.Broadcast(bias[1]);
        V c2_0 = L.Broadcast(bias[2]);
        V c3_0 = L.Broadcast(bias[3]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(w, b0, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(w, b0, c2_0);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(w, b0, c3_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0); y0 += plane;
        L.Store(c1_0, y0); y0 += plane;
        L.Store(c2_0, y0); y0 += plane;
        L.Store(c3_0, y0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters5(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        V c1_0 = L.Broadcast(bias[1]);
        V c2_0 = L.Broadcast(bias[2]);
        V c3_0 = L.Broadcast(bias[3]);
        V c4_0 = L.Broadcast(bias[4]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(w, b0, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(w, b0, c2_0);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(w, b0, c3_0);
            w = L.Broadcast(weights[4]); c4_0 = L.MultiplyAdd(w, b0, c4_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0); y0 += plane;
        L.Store(c1_0, y0); y0 += plane;
        L.Store(c2_0, y0); y0 += plane;
        L.Store(c3_0, y0); y0 += plane;
        L.Store(c4_0, y0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters6(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        V c1_0 = L.Broadcast(bias[1]);
        V c2_0 = L.Broadcast(bias[2]);
        V c3_0 = L.Broadcast(bias[3]);
        V c4_0 = L.Broadcast(bias[4]);
        V c5_0 = L.Broadcast(bias[5]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(w, b0, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(w, b0, c2_0);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(w, b0, c3_0);
            w = L.Broadcast(weights[4]); c4_0 = L.MultiplyAdd(w, b0, c4_0);
            w = L.Broadcast(weights[5]); c5_0 = L.MultiplyAdd(w, b0, c5_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0); y0 += plane;
        L.Store(c1_0, y0); y0 += plane;
        L.Store(c2_0, y0); y0 += plane;
        L.Store(c3_0, y0); y0 += plane;
        L.Store(c4_0, y0); y0 += plane;
        L.Store(c5_0, y0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters7(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        V c1_0 = L.Broadcast(bias[1]);
        V c2_0 = L.Broadcast(bias[2]);
        V c3_0 = L.Broadcast(bias[3]);
        V c4_0 = L.Broadcast(bias[4]);
        V c5_0 = L.Broadcast(bias[5]);
        V c6_0 = L.Broadcast(bias[6]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(w, b0, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(w, b0, c2_0);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(w, b0, c3_0);
            w = L.Broadcast(weights[4]); c4_0 = L.MultiplyAdd(w, b0, c4_0);
            w = L.Broadcast(weights[5]); c5_0 = L.MultiplyAdd(w, b0, c5_0);
            w = L.Broadcast(weights[6]); c6_0 = L.MultiplyAdd(w, b0, c6_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0); y0 += plane;
        L.Store(c1_0, y0); y0 += plane;
        L.Store(c2_0, y0); y0 += plane;
        L.Store(c3_0, y0); y0 += plane;
        L.Store(c4_0, y0); y0 += plane;
        L.Store(c5_0, y0); y0 += plane;
        L.Store(c6_0, y0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters8(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        V c1_0 = L.Broadcast(bias[1]);
        V c2_0 = L.Broadcast(bias[2]);
        V c3_0 = L.Broadcast(bias[3]);
        V c4_0 = L.Broadcast(bias[4]);
        V c5_0 = L.Broadcast(bias[5]);
        V c6_0 = L.Broadcast(bias[6]);
        V c7_0 = L.Broadcast(bias[7]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(w, b0, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(w, b0, c2_0);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(w, b0, c3_0);
            w = L.Broadcast(weights[4]); c4_0 = L.MultiplyAdd(w, b0, c4_0);
            w = L.Broadcast(weights[5]); c5_0 = L.MultiplyAdd(w, b0, c5_0);
            w = L.Broadcast(weights[6]); c6_0 = L.MultiplyAdd(w, b0, c6_0);
            w = L.Broadcast(weights[7]); c7_0 = L.MultiplyAdd(w, b0, c7_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0); y0 += plane;
        L.Store(c1_0, y0); y0 += plane;
        L.Store(c2_0, y0); y0 += plane;
        L.Store(c3_0, y0); y0 += plane;
        L.Store(c4_0, y0); y0 += plane;
        L.Store(c5_0, y0); y0 += plane;
        L.Store(c6_0, y0); y0 += plane;
        L.Store(c7_0, y0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters9(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        V c1_0 = L.Broadcast(bias[1]);
        V c2_0 = L.Broadcast(bias[2]);
        V c3_0 = L.Broadcast(bias[3]);
        V c4_0 = L.Broadcast(bias[4]);
        V c5_0 = L.Broadcast(bias[5]);
        V c6_0 = L.Broadcast(bias[6]);
        V c7_0 = L.Broadcast(bias[7]);
        V c8_0 = L.Broadcast(bias[8]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(w, b0, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(w, b0, c2_0);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(w, b0, c3_0);
            w = L.Broadcast(weights[4]); c4_0 = L.MultiplyAdd(w, b0, c4_0);
            w = L.Broadcast(weights[5]); c5_0 = L.MultiplyAdd(w, b0, c5_0);
            w = L.Broadcast(weights[6]); c6_0 = L.MultiplyAdd(w, b0, c6_0);
            w = L.Broadcast(weights[7]); c7_0 = L.MultiplyAdd(w, b0, c7_0);
            w = L.Broadcast(weights[8]); c8_0 = L.MultiplyAdd(w, b0, c8_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0); y0 += plane;
        L.Store(c1_0, y0); y0 += plane;
        L.Store(c2_0, y0); y0 += plane;
        L.Store(c3_0, y0); y0 += plane;
        L.Store(c4_0, y0); y0 += plane;
        L.Store(c5_0, y0); y0 += plane;
        L.Store(c6_0, y0); y0 += plane;
        L.Store(c7_0, y0); y0 += plane;
        L.Store(c8_0, y0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters10(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        V c1_0 = L.Broadcast(bias[1]);
        V c2_0 = L.Broadcast(bias[2]);
        V c3_0 = L.Broadcast(bias[3]);
        V c4_0 = L.Broadcast(bias[4]);
        V c5_0 = L.Broadcast(bias[5]);
        V c6_0 = L.Broadcast(bias[6]);
        V c7_0 = L.Broadcast(bias[7]);
        V c8_0 = L.Broadcast(bias[8]);
        V c9_0 = L.Broadcast(bias[9]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(w, b0, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(w, b0, c2_0);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(w, b0, c3_0);
            w = L.Broadcast(weights[4]); c4_0 = L.MultiplyAdd(w, b0, c4_0);
            w = L.Broadcast(weights[5]); c5_0 = L.MultiplyAdd(w, b0, c5_0);
            w = L.Broadcast(weights[6]); c6_0 = L.MultiplyAdd(w, b0, c6_0);
            w = L.Broadcast(weights[7]); c7_0 = L.MultiplyAdd(w, b0, c7_0);
            w = L.Broadcast(weights[8]); c8_0 = L.MultiplyAdd(w, b0, c8_0);
            w = L.Broadcast(weights[9]); c9_0 = L.MultiplyAdd(w, b0, c9_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0); y0 += plane;
        L.Store(c1_0, y0); y0 += plane;
        L.Store(c2_0, y0); y0 += plane;
        L.Store(c3_0, y0); y0 += plane;
        L.Store(c4_0, y0); y0 += plane;
        L.Store(c5_0, y0); y0 += plane;
        L.Store(c6_0, y0); y0 += plane;
        L.Store(c7_0, y0); y0 += plane;
        L.Store(c8_0, y0); y0 += plane;
        L.Store(c9_0, y0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters11(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        V c1_0 = L.Broadcast(bias[1]);
        V c2_0 = L.Broadcast(bias[2]);
        V c3_0 = L.Broadcast(bias[3]);
        V c4_0 = L.Broadcast(bias[4]);
        V c5_0 = L.Broadcast(bias[5]);
        V c6_0 = L.Broadcast(bias[6]);
        V c7_0 = L.Broadcast(bias[7]);
        V c8_0 = L.Broadcast(bias[8]);
        V c9_0 = L.Broadcast(bias[9]);
        V c10_0 = L.Broadcast(bias[10]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(w, b0, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(w, b0, c2_0);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(w, b0, c3_0);
            w = L.Broadcast(weights[4]); c4_0 = L.MultiplyAdd(w, b0, c4_0);
            w = L.Broadcast(weights[5]); c5_0 = L.MultiplyAdd(w, b0, c5_0);
            w = L.Broadcast(weights[6]); c6_0 = L.MultiplyAdd(w, b0, c6_0);
            w = L.Broadcast(weights[7]); c7_0 = L.MultiplyAdd(w, b0, c7_0);
            w = L.Broadcast(weights[8]); c8_0 = L.MultiplyAdd(w, b0, c8_0);
            w = L.Broadcast(weights[9]); c9_0 = L.MultiplyAdd(w, b0, c9_0);
            w = L.Broadcast(weights[10]); c10_0 = L.MultiplyAdd(w, b0, c10_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0); y0 += plane;
        L.Store(c1_0, y0); y0 += plane;
        L.Store(c2_0, y0); y0 += plane;
        L.Store(c3_0, y0); y0 += plane;
        L.Store(c4_0, y0); y0 += plane;
        L.Store(c5_0, y0); y0 += plane;
        L.Store(c6_0, y0); y0 += plane;
        L.Store(c7_0, y0); y0 += plane;
        L.Store(c8_0, y0); y0 += plane;
        L.Store(c9_0, y0); y0 += plane;
        L.Store(c10_0, y0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filters12(T* x0, nint* offsets, nint taps, T* weights, nint weightStep, T* bias, T* y0, nint plane)
    {
        V c0_0 = L.Broadcast(bias[0]);
        V c1_0 = L.Broadcast(bias[1]);
        V c2_0 = L.Broadcast(bias[2]);
        V c3_0 = L.Broadcast(bias[3]);
        V c4_0 = L.Broadcast(bias[4]);
        V c5_0 = L.Broadcast(bias[5]);
        V c6_0 = L.Broadcast(bias[6]);
        V c7_0 = L.Broadcast(bias[7]);
        V c8_0 = L.Broadcast(bias[8]);
        V c9_0 = L.Broadcast(bias[9]);
        V c10_0 = L.Broadcast(bias[10]);
        V c11_0 = L.Broadcast(bias[11]);
        for (; taps > 0; taps--)
        {
            nint offset = *offsets;
            V b0 = L.Load(x0 + offset);
            V w = L.Broadcast(weights[0]); c0_0 = L.MultiplyAdd(w, b0, c0_0);
            w = L.Broadcast(weights[1]); c1_0 = L.MultiplyAdd(w, b0, c1_0);
            w = L.Broadcast(weights[2]); c2_0 = L.MultiplyAdd(w, b0, c2_0);
            w = L.Broadcast(weights[3]); c3_0 = L.MultiplyAdd(w, b0, c3_0);
            w = L.Broadcast(weights[4]); c4_0 = L.MultiplyAdd(w, b0, c4_0);
            w = L.Broadcast(weights[5]); c5_0 = L.MultiplyAdd(w, b0, c5_0);
            w = L.Broadcast(weights[6]); c6_0 = L.MultiplyAdd(w, b0, c6_0);
            w = L.Broadcast(weights[7]); c7_0 = L.MultiplyAdd(w, b0, c7_0);
            w = L.Broadcast(weights[8]); c8_0 = L.MultiplyAdd(w, b0, c8_0);
            w = L.Broadcast(weights[9]); c9_0 = L.MultiplyAdd(w, b0, c9_0);
            w = L.Broadcast(weights[10]); c10_0 = L.MultiplyAdd(w, b0, c10_0);
            w = L.Broadcast(weights[11]); c11_0 = L.MultiplyAdd(w, b0, c11_0);
            offsets++; weights += weightStep;
        }
        L.Store(c0_0, y0); y0 += plane;
        L.Store(c1_0, y0); y0 += plane;
        L.Store(c2_0, y0); y0 += plane;
        L.Store(c3_0, y0); y0 += plane;
        L.Store(c4_0, y0); y0 += plane;
        L.Store(c5_0, y0); y0 += plane;
        L.Store(c6_0, y0); y0 += plane;
        L.Store(c7_0, y0); y0 += plane;
        L.Store(c8_0, y0); y0 += plane;
        L.Store(c9_0, y0); y0 += plane;
        L.Store(c10_0, y0); y0 += plane;
        L.Store(c11_0, y0);
    }
}
