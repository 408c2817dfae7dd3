using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The maps of F(2×2, 5×5), which has the points and therefore Bᵀ of F(4×4, 3×3): fewer rows of Aᵀ, more columns of G.</summary>
internal static unsafe partial class WinogradTransforms<L, V>
{
    private const float A3GA = (float)(0.421875 * -128 / 243), A4GA = (float)(0.31640625 * -128 / 243);
    private const float B3GB = (float)(3.375 * 32 / 243), B4GB = (float)(5.0625 * 32 / 243);

    /// <summary>Aᵀ·m·A plus a bias: 2 × 2 outputs, the second row <paramref name="row"/> after the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputOfFive(float* source, nint point, V bias, float* destination, nint row)
    {
        float* room = stackalloc float[12 * 16 + 16], temporary = Align(room);
        for (int j = 0; j < 6; j++, source += point)
        {
            nint line = 6 * point;
            OutputLineOfFive(
                L.Load(source), L.Load(source + line), L.Load(source + 2 * line), L.Load(source + 3 * line), L.Load(source + 4 * line), L.Load(source + 5 * line),
                out V y0, out V y1);
            L.Store(y0, temporary + j * L.Count);
            L.Store(y1, temporary + (6 + j) * L.Count);
        }
        for (int i = 0; i < 2; i++, temporary += 6 * L.Count, destination += row)
        {
            OutputLineOfFive(
                L.Load(temporary), L.Load(temporary + L.Count), L.Load(temporary + 2 * L.Count), L.Load(temporary + 3 * L.Count),
                L.Load(temporary + 4 * L.Count), L.Load(temporary + 5 * L.Count), out V y0, out V y1);
            L.Store(L.Add(y0, bias), destination);
            L.Store(L.Add(y1, bias), destination + L.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLineOfFive(V m0, V m1, V m2, V m3, V m4, V m5, out V y0, out V y1)
    {
        y0 = L.Add(m0, L.Add(L.Add(m1, m2), L.Add(m3, m4)));
        y1 = L.MultiplyAdd(L.Subtract(m1, m2), L.Broadcast(A), L.MultiplyAdd(L.Subtract(m3, m4), L.Broadcast(B), m5));
    }

    /// <summary>G·g·Gᵀ of 5 × 5 taps, <paramref name="tap"/> apart (negative, from the last, to turn the filter round).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightOfFive(float* source, nint tap, float* destination, nint point)
    {
        float* room = stackalloc float[30 * 16 + 16], temporary = Align(room);
        for (int j = 0; j < 5; j++, source += tap)
            WeightLineOfFive(L.Load(source), L.Load(source + 5 * tap), L.Load(source + 10 * tap), L.Load(source + 15 * tap), L.Load(source + 20 * tap), temporary + j * L.Count, 5 * L.Count);
        for (int i = 0; i < 6; i++, temporary += 5 * L.Count, destination += 6 * point)
        {
            WeightLineOfFive(
                L.Load(temporary), L.Load(temporary + L.Count), L.Load(temporary + 2 * L.Count), L.Load(temporary + 3 * L.Count), L.Load(temporary + 4 * L.Count),
                destination, point);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightLineOfFive(V g0, V g1, V g2, V g3, V g4, float* destination, nint step)
    {
        L.Store(L.Multiply(g0, L.Broadcast(G0)), destination);
        V even = L.MultiplyAdd(g4, L.Broadcast(A4GA), L.MultiplyAdd(g2, L.Broadcast(A2GA), L.Multiply(g0, L.Broadcast(GA))));
        V odd = L.MultiplyAdd(g3, L.Broadcast(A3GA), L.Multiply(g1, L.Broadcast(AGA)));
        L.Store(L.Add(even, odd), destination + step);
        L.Store(L.Subtract(even, odd), destination + 2 * step);
        even = L.MultiplyAdd(g4, L.Broadcast(B4GB), L.MultiplyAdd(g2, L.Broadcast(B2GB), L.Multiply(g0, L.Broadcast(GB))));
        odd = L.MultiplyAdd(g3, L.Broadcast(B3GB), L.Multiply(g1, L.Broadcast(BGB)));
        L.Store(L.Add(even, odd), destination + 3 * step);
        L.Store(L.Subtract(even, odd), destination + 4 * step);
        L.Store(g4, destination + 5 * step);
    }

    /// <summary>A·g·Aᵀ of 2 × 2 output gradients, <paramref name="patch"/> apart: the adjoint of <see cref="OutputOfFive"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputAdjointOfFive(float* source, nint row, nint column, nint patch, float* destination, nint point, nint step, nint count)
    {
        float* room = stackalloc float[12 * 16 + 16];
        for (; count > 0; count--, source += patch, destination += step)
        {
            float* temporary = Align(room), to = destination;
            OutputAdjointLineOfFive(L.Load(source), L.Load(source + row), temporary, 2 * L.Count);
            OutputAdjointLineOfFive(L.Load(source + column), L.Load(source + column + row), temporary + L.Count, 2 * L.Count);
            for (int i = 0; i < 6; i++, temporary += 2 * L.Count, to += 6 * point)
                OutputAdjointLineOfFive(L.Load(temporary), L.Load(temporary + L.Count), to, point);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputAdjointLineOfFive(V g0, V g1, float* destination, nint step)
    {
        V a = L.Broadcast(A), b = L.Broadcast(B);
        L.Store(g0, destination);
        L.Store(L.MultiplyAdd(g1, a, g0), destination + step);
        L.Store(L.Subtract(g0, L.Multiply(g1, a)), destination + 2 * step);
        L.Store(L.MultiplyAdd(g1, b, g0), destination + 3 * step);
        L.Store(L.Subtract(g0, L.Multiply(g1, b)), destination + 4 * step);
        L.Store(g1, destination + 5 * step);
    }

    /// <summary>Gᵀ·u·G: the adjoint of <see cref="WeightOfFive"/>, 5 × 5 taps stored as 25 vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightAdjointOfFive(float* source, nint point, float* destination)
    {
        float* room = stackalloc float[30 * 16 + 16], temporary = Align(room);
        for (int j = 0; j < 6; j++, source += point)
        {
            nint row = 6 * point;
            WeightAdjointLineOfFive(
                L.Load(source), L.Load(source + row), L.Load(source + 2 * row), L.Load(source + 3 * row), L.Load(source + 4 * row), L.Load(source + 5 * row),
                temporary + j * L.Count, 6 * L.Count);
        }
        for (int i = 0; i < 5; i++, temporary += 6 * L.Count, destination += 5 * L.Count)
        {
            WeightAdjointLineOfFive(
                L.Load(temporary), L.Load(temporary + L.Count), L.Load(temporary + 2 * L.Count), L.Load(temporary + 3 * L.Count),
                L.Load(temporary + 4 * L.Count), L.Load(temporary + 5 * L.Count), destination, L.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightAdjointLineOfFive(V u0, V u1, V u2, V u3, V u4, V u5, float* destination, nint step)
    {
        V sumA = L.Add(u1, u2), differenceA = L.Subtract(u1, u2), sumB = L.Add(u3, u4), differenceB = L.Subtract(u3, u4);
        L.Store(L.MultiplyAdd(u0, L.Broadcast(G0), L.MultiplyAdd(sumA, L.Broadcast(GA), L.Multiply(sumB, L.Broadcast(GB)))), destination);
        L.Store(L.MultiplyAdd(differenceA, L.Broadcast(AGA), L.Multiply(differenceB, L.Broadcast(BGB))), destination + step);
        L.Store(L.MultiplyAdd(sumA, L.Broadcast(A2GA), L.Multiply(sumB, L.Broadcast(B2GB))), destination + 2 * step);
        L.Store(L.MultiplyAdd(differenceA, L.Broadcast(A3GA), L.Multiply(differenceB, L.Broadcast(B3GB))), destination + 3 * step);
        L.Store(L.MultiplyAdd(sumA, L.Broadcast(A4GA), L.MultiplyAdd(sumB, L.Broadcast(B4GB), u5)), destination + 4 * step);
    }
}
