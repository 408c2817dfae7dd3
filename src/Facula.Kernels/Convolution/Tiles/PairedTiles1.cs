// Written by eng/GenerateConvolutionTiles.cs; change that instead.
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Up to 6 pairs of positions by 1 vector of filters.</summary>
/// <remarks>A pair is two outputs of one row, wherever it lies; the taps are offsets from its first input, the same for all pairs.</remarks>
internal static unsafe class PairedTiles1<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged
{
    /// <summary>Sums over some taps; row i of the result is position i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int pairs, T** inputs, nint step, nint* offsets, nint taps, T* weights, nint weightStep, T* result, nint resultRow, bool accumulate)
    {
        switch (pairs)
        {
            case 1: Pairs1(inputs, step, offsets, taps, weights, weightStep, result, resultRow, accumulate); break;
            case 2: Pairs2(inputs, step, offsets, taps, weights, weightStep, result, resultRow, accumulate); break;
            case 3: Pairs3(inputs, step, offsets, taps, weights, weightStep, result, resultRow, accumulate); break;
            case 4: Pairs4(inputs, step, offsets, taps, weights, weightStep, result, resultRow, accumulate); break;
            case 5: Pairs5(inputs, step, offsets, taps, weights, weightStep, result, resultRow, accumulate); break;
            case 6: Pairs6(inputs, step, offsets, taps, weights, weightStep, result, resultRow, accumulate); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs1(T** inputs, nint step, nint* offsets, nint taps, T* weights, nint weightStep, T* result, nint resultRow, bool accumulate)
    {
        V c0_0 = default;
        V c1_0 = default;
        T* x0 = inputs[0];
        for (; taps > 0; taps--)
        {
            nint even = *offsets, odd = even + step;
            V w0 = L.Load(weights);
            V x = L.Broadcast(x0[even]); c0_0 = L.MultiplyAdd(x, w0, c0_0);
            x = L.Broadcast(x0[odd]); c1_0 = L.MultiplyAdd(x, w0, c1_0);
            offsets++; weights += weightStep;
        }
        if (accumulate)
        {
            L.Store(L.Add(L.Load(result), c0_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c1_0), result);
        }
        else
        {
            L.Store(c0_0, result); result += resultRow;
            L.Store(c1_0, result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs2(T** inputs, nint step, nint* offsets, nint taps, T* weights, nint weightStep, T* result, nint resultRow, bool accumulate)
    {
        V c0_0 = default;
        V c1_0 = default;
        V c2_0 = default;
        V c3_0 = default;
        T* x0 = inputs[0], x1 = inputs[1];
        for (; taps > 0; taps--)
        {
            nint even = *offsets, odd = even + step;
            V w0 = L.Load(weights);
            V x = L.Broadcast(x0[even]); c0_0 = L.MultiplyAdd(x, w0, c0_0);
            x = L.Broadcast(x0[odd]); c1_0 = L.MultiplyAdd(x, w0, c1_0);
            x = L.Broadcast(x1[even]); c2_0 = L.MultiplyAdd(x, w0, c2_0);
            x = L.Broadcast(x1[odd]); c3_0 = L.MultiplyAdd(x, w0, c3_0);
            offsets++; weights += weightStep;
        }
        if (accumulate)
        {
            L.Store(L.Add(L.Load(result), c0_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c1_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c2_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c3_0), result);
        }
        else
        {
            L.Store(c0_0, result); result += resultRow;
            L.Store(c1_0, result); result += resultRow;
            L.Store(c2_0, result); result += resultRow;
            L.Store(c3_0, result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs3(T** inputs, nint step, nint* offsets, nint taps, T* weights, nint weightStep, T* result, nint resultRow, bool accumulate)
    {
        V c0_0 = default;
        V c1_0 = default;
        V c2_0 = default;
        V c3_0 = default;
        V c4_0 = default;
        V c5_0 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2];
        for (; taps > 0; taps--)
        {
            nint even = *offsets, odd = even + step;
            V w0 = L.Load(weights);
            V x = L.Broadcast(x0[even]); c0_0 = L.MultiplyAdd(x, w0, c0_0);
            x = L.Broadcast(x0[odd]); c1_0 = L.MultiplyAdd(x, w0, c1_0);
            x = L.Broadcast(x1[even]); c2_0 = L.MultiplyAdd(x, w0, c2_0);
            x = L.Broadcast(x1[odd]); c3_0 = L.MultiplyAdd(x, w0, c3_0);
            x = L.Broadcast(x2[even]); c4_0 = L.MultiplyAdd(x, w0, c4_0);
            x = L.Broadcast(x2[odd]); c5_0 = L.MultiplyAdd(x, w0, c5_0);
            offsets++; weights += weightStep;
        }
        if (accumulate)
        {
            L.Store(L.Add(L.Load(result), c0_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c1_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c2_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c3_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c4_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c5_0), result);
        }
        else
        {
            L.Store(c0_0, result); result += resultRow;
            L.Store(c1_0, result); result += resultRow;
            L.Store(c2_0, result); result += resultRow;
            L.Store(c3_0, result); result += resultRow;
            L.Store(c4_0, result); result += resultRow;
            L.Store(c5_0, result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs4(T** inputs, nint step, nint* offsets, nint taps, T* weights, nint weightStep, T* result, nint resultRow, bool accumulate)
    {
        V c0_0 = default;
        V c1_0 = default;
        V c2_0 = default;
        V c3_0 = default;
        V c4_0 = default;
        V c5_0 = default;
        V c6_0 = default;
        V c7_0 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3];
        for (; taps > 0; taps--)
        {
            nint even = *offsets, odd = even + step;
            V w0 = L.Load(weights);
            V x = L.Broadcast(x0[even]); c0_0 = L.MultiplyAdd(x, w0, c0_0);
            x = L.Broadcast(x0[odd]); c1_0 = L.MultiplyAdd(x, w0, c1_0);
            x = L.Broadcast(x1[even]); c2_0 = L.MultiplyAdd(x, w0, c2_0);
            x = L.Broadcast(x1[odd]); c3_0 = L.MultiplyAdd(x, w0, c3_0);
            x = L.Broadcast(x2[even]); c4_0 = L.MultiplyAdd(x, w0, c4_0);
            x = L.Broadcast(x2[odd]); c5_0 = L.MultiplyAdd(x, w0, c5_0);
            x = L.Broadcast(x3[even]); c6_0 = L.MultiplyAdd(x, w0, c6_0);
            x = L.Broadcast(x3[odd]); c7_0 = L.MultiplyAdd(x, w0, c7_0);
            offsets++; weights += weightStep;
        }
        if (accumulate)
        {
            L.Store(L.Add(L.Load(result), c0_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c1_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c2_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c3_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c4_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c5_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c6_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c7_0), result);
        }
        else
        {
            L.Store(c0_0, result); result += resultRow;
            L.Store(c1_0, result); result += resultRow;
            L.Store(c2_0, result); result += resultRow;
            L.Store(c3_0, result); result += resultRow;
            L.Store(c4_0, result); result += resultRow;
            L.Store(c5_0, result); result += resultRow;
            L.Store(c6_0, result); result += resultRow;
            L.Store(c7_0, result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs5(T** inputs, nint step, nint* offsets, nint taps, T* weights, nint weightStep, T* result, nint resultRow, bool accumulate)
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
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3], x4 = inputs[4];
        for (; taps > 0; taps--)
        {
            nint even = *offsets, odd = even + step;
            V w0 = L.Load(weights);
            V x = L.Broadcast(x0[even]); c0_0 = L.MultiplyAdd(x, w0, c0_0);
            x = L.Broadcast(x0[odd]); c1_0 = L.MultiplyAdd(x, w0, c1_0);
            x = L.Broadcast(x1[even]); c2_0 = L.MultiplyAdd(x, w0, c2_0);
            x = L.Broadcast(x1[odd]); c3_0 = L.MultiplyAdd(x, w0, c3_0);
            x = L.Broadcast(x2[even]); c4_0 = L.MultiplyAdd(x, w0, c4_0);
            x = L.Broadcast(x2[odd]); c5_0 = L.MultiplyAdd(x, w0, c5_0);
            x = L.Broadcast(x3[even]); c6_0 = L.MultiplyAdd(x, w0, c6_0);
            x = L.Broadcast(x3[odd]); c7_0 = L.MultiplyAdd(x, w0, c7_0);
            x = L.Broadcast(x4[even]); c8_0 = L.MultiplyAdd(x, w0, c8_0);
            x = L.Broadcast(x4[odd]); c9_0 = L.MultiplyAdd(x, w0, c9_0);
            offsets++; weights += weightStep;
        }
        if (accumulate)
        {
            L.Store(L.Add(L.Load(result), c0_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c1_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c2_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c3_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c4_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c5_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c6_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c7_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c8_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c9_0), result);
        }
        else
        {
            L.Store(c0_0, result); result += resultRow;
            L.Store(c1_0, result); result += resultRow;
            L.Store(c2_0, result); result += resultRow;
            L.Store(c3_0, result); result += resultRow;
            L.Store(c4_0, result); result += resultRow;
            L.Store(c5_0, result); result += resultRow;
            L.Store(c6_0, result); result += resultRow;
            L.Store(c7_0, result); result += resultRow;
            L.Store(c8_0, result); result += resultRow;
            L.Store(c9_0, result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs6(T** inputs, nint step, nint* offsets, nint taps, T* weights, nint weightStep, T* result, nint resultRow, bool accumulate)
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
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3], x4 = inputs[4], x5 = inputs[5];
        for (; taps > 0; taps--)
        {
            nint even = *offsets, odd = even + step;
            V w0 = L.Load(weights);
            V x = L.Broadcast(x0[even]); c0_0 = L.MultiplyAdd(x, w0, c0_0);
            x = L.Broadcast(x0[odd]); c1_0 = L.MultiplyAdd(x, w0, c1_0);
            x = L.Broadcast(x1[even]); c2_0 = L.MultiplyAdd(x, w0, c2_0);
            x = L.Broadcast(x1[odd]); c3_0 = L.MultiplyAdd(x, w0, c3_0);
            x = L.Broadcast(x2[even]); c4_0 = L.MultiplyAdd(x, w0, c4_0);
            x = L.Broadcast(x2[odd]); c5_0 = L.MultiplyAdd(x, w0, c5_0);
            x = L.Broadcast(x3[even]); c6_0 = L.MultiplyAdd(x, w0, c6_0);
            x = L.Broadcast(x3[odd]); c7_0 = L.MultiplyAdd(x, w0, c7_0);
            x = L.Broadcast(x4[even]); c8_0 = L.MultiplyAdd(x, w0, c8_0);
            x = L.Broadcast(x4[odd]); c9_0 = L.MultiplyAdd(x, w0, c9_0);
            x = L.Broadcast(x5[even]); c10_0 = L.MultiplyAdd(x, w0, c10_0);
            x = L.Broadcast(x5[odd]); c11_0 = L.MultiplyAdd(x, w0, c11_0);
            offsets++; weights += weightStep;
        }
        if (accumulate)
        {
            L.Store(L.Add(L.Load(result), c0_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c1_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c2_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c3_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c4_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c5_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c6_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c7_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c8_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c9_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c10_0), result); result += resultRow;
            L.Store(L.Add(L.Load(result), c11_0), result);
        }
        else
        {
            L.Store(c0_0, result); result += resultRow;
            L.Store(c1_0, result); result += resultRow;
            L.Store(c2_0, result); result += resultRow;
            L.Store(c3_0, result); result += resultRow;
            L.Store(c4_0, result); result += resultRow;
            L.Store(c5_0, result); result += resultRow;
            L.Store(c6_0, result); result += resultRow;
            L.Store(c7_0, result); result += resultRow;
            L.Store(c8_0, result); result += resultRow;
            L.Store(c9_0, result); result += resultRow;
            L.Store(c10_0, result); result += resultRow;
            L.Store(c11_0, result);
        }
    }
}
