using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The linear maps of Winograd's F(4×4, 3×3) for the points 0, ±3/4, ±3/2 and ∞, on vectors of channels.</summary>
/// <remarks>
/// By Cook–Toom, y = Aᵀ[(G·g·Gᵀ) ⊙ (Bᵀ·d·B)]A, and every adjoint is a transpose. See Note [Winograd points]:
/// all constants but those of G are exact in float, and the error is a quarter of that of the usual 0, ±1, ±2.
/// </remarks>
[SkipLocalsInit]
internal static unsafe partial class WinogradTransforms<L, V>
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    /// <summary>Products per tile.</summary>
    public const int Points = 36;

    private const float A = 0.75f, B = 1.5f, A2 = A * A, B2 = B * B, A3 = A2 * A, B3 = B2 * B;
    private const float A2B2 = A2 * B2, A2PlusB2 = A2 + B2;
    private const float G0 = (float)(64.0 / 81), GA = (float)(-128.0 / 243), GB = (float)(32.0 / 243);
    private const float AGA = (float)(0.75 * -128 / 243), A2GA = (float)(0.5625 * -128 / 243);
    private const float BGB = (float)(1.5 * 32 / 243), B2GB = (float)(2.25 * 32 / 243);

    // A vector of temporaries that crosses cache lines costs twice and is not forwarded to the load that follows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float* Align(float* room) => (float*)(((nint)room + 63) & ~63);

    /// <summary>Bᵀ·d·B of 6 × 6 patches, <paramref name="patch"/> apart; point p of the result goes to destination + p · point, that of the next patch <paramref name="step"/> further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float* source, nint row, nint column, nint patch, float* destination, nint point, nint step, nint count)
    {
        float* room = stackalloc float[Points * 16 + 16];
        for (; count > 0; count--, source += patch, destination += step)
        {
            float* temporary = Align(room), from = source, to = destination;
            for (int j = 0; j < 6; j++, from += column, temporary += L.Count)
            {
                InputLine(
                    L.Load(from), L.Load(from + row), L.Load(from + 2 * row), L.Load(from + 3 * row), L.Load(from + 4 * row), L.Load(from + 5 * row),
                    temporary, 6 * L.Count);
            }
            temporary = Align(room);
            for (int i = 0; i < 6; i++, temporary += 6 * L.Count, to += 6 * point)
            {
                InputLine(
                    L.Load(temporary), L.Load(temporary + L.Count), L.Load(temporary + 2 * L.Count), L.Load(temporary + 3 * L.Count),
                    L.Load(temporary + 4 * L.Count), L.Load(temporary + 5 * L.Count), to, point);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputLine(V d0, V d1, V d2, V d3, V d4, V d5, float* destination, nint step)
    {
        V minusA2 = L.Broadcast(-A2), minusB2 = L.Broadcast(-B2), minusSum = L.Broadcast(-A2PlusB2), product = L.Broadcast(A2B2);
        L.Store(L.MultiplyAdd(d0, product, L.MultiplyAdd(d2, minusSum, d4)), destination);
        V even = L.MultiplyAdd(d2, minusB2, d4), odd = L.Multiply(L.Broadcast(A), L.MultiplyAdd(d1, minusB2, d3));
        L.Store(L.Add(even, odd), destination + step);
        L.Store(L.Subtract(even, odd), destination + 2 * step);
        even = L.MultiplyAdd(d2, minusA2, d4);
        odd = L.Multiply(L.Broadcast(B), L.MultiplyAdd(d1, minusA2, d3));
        L.Store(L.Add(even, odd), destination + 3 * step);
        L.Store(L.Subtract(even, odd), destination + 4 * step);
        L.Store(L.MultiplyAdd(d1, product, L.MultiplyAdd(d3, minusSum, d5)), destination + 5 * step);
    }

    /// <summary>Aᵀ·m·A plus a bias: 4 × 4 outputs, stored row by row as 16 vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(float* source, nint point, V bias, float* destination)
    {
        float* room = stackalloc float[24 * 16 + 16], temporary = Align(room);
        for (int j = 0; j < 6; j++, source += point)
        {
            nint row = 6 * point;
            OutputLine(
                L.Load(source), L.Load(source + row), L.Load(source + 2 * row), L.Load(source + 3 * row), L.Load(source + 4 * row), L.Load(source + 5 * row),
                out V y0, out V y1, out V y2, out V y3);
            L.Store(y0, temporary + j * L.Count);
            L.Store(y1, temporary + (6 + j) * L.Count);
            L.Store(y2, temporary + (12 + j) * L.Count);
            L.Store(y3, temporary + (18 + j) * L.Count);
        }
        for (int i = 0; i < 4; i++, temporary += 6 * L.Count, destination += 4 * L.Count)
        {
            OutputLine(
                L.Load(temporary), L.Load(temporary + L.Count), L.Load(temporary + 2 * L.Count), L.Load(temporary + 3 * L.Count),
                L.Load(temporary + 4 * L.Count), L.Load(temporary + 5 * L.Count), out V y0, out V y1, out V y2, out V y3);
            L.Store(L.Add(y0, bias), destination);
            L.Store(L.Add(y1, bias), destination + L.Count);
            L.Store(L.Add(y2, bias), destination + 2 * L.Count);
            L.Store(L.Add(y3, bias), destination + 3 * L.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLine(V m0, V m1, V m2, V m3, V m4, V m5, out V y0, out V y1, out V y2, out V y3)
    {
        V sumA = L.Add(m1, m2), differenceA = L.Subtract(m1, m2), sumB = L.Add(m3, m4), differenceB = L.Subtract(m3, m4);
        y0 = L.Add(m0, L.Add(sumA, sumB));
        y1 = L.MultiplyAdd(differenceA, L.Broadcast(A), L.Multiply(differenceB, L.Broadcast(B)));
        y2 = L.MultiplyAdd(sumA, L.Broadcast(A2), L.Multiply(sumB, L.Broadcast(B2)));
        y3 = L.MultiplyAdd(differenceA, L.Broadcast(A3), L.MultiplyAdd(differenceB, L.Broadcast(B3), m5));
    }

    /// <summary>G·g·Gᵀ of 3 × 3 taps, <paramref name="tap"/> apart (negative, from the last, to turn the filter round).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weight(float* source, nint tap, float* destination, nint point)
    {
        float* room = stackalloc float[18 * 16 + 16], temporary = Align(room);
        for (int j = 0; j < 3; j++, source += tap)
            WeightLine(L.Load(source), L.Load(source + 3 * tap), L.Load(source + 6 * tap), temporary + j * L.Count, 3 * L.Count);
        for (int i = 0; i < 6; i++, temporary += 3 * L.Count, destination += 6 * point)
            WeightLine(L.Load(temporary), L.Load(temporary + L.Count), L.Load(temporary + 2 * L.Count), destination, point);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightLine(V g0, V g1, V g2, float* destination, nint step)
    {
        L.Store(L.Multiply(g0, L.Broadcast(G0)), destination);
        V even = L.MultiplyAdd(g2, L.Broadcast(A2GA), L.Multiply(g0, L.Broadcast(GA))), odd = L.Multiply(g1, L.Broadcast(AGA));
        L.Store(L.Add(even, odd), destination + step);
        L.Store(L.Subtract(even, odd), destination + 2 * step);
        even = L.MultiplyAdd(g2, L.Broadcast(B2GB), L.Multiply(g0, L.Broadcast(GB)));
        odd = L.Multiply(g1, L.Broadcast(BGB));
        L.Store(L.Add(even, odd), destination + 3 * step);
        L.Store(L.Subtract(even, odd), destination + 4 * step);
        L.Store(g2, destination + 5 * step);
    }

    /// <summary>A·g·Aᵀ of 4 × 4 output gradients, <paramref name="patch"/> apart: the adjoint of <see cref="Output"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputAdjoint(float* source, nint row, nint column, nint patch, float* destination, nint point, nint step, nint count)
    {
        float* room = stackalloc float[24 * 16 + 16];
        for (; count > 0; count--, source += patch, destination += step)
        {
            float* temporary = Align(room), from = source, to = destination;
            for (int j = 0; j < 4; j++, from += column, temporary += L.Count)
                OutputAdjointLine(L.Load(from), L.Load(from + row), L.Load(from + 2 * row), L.Load(from + 3 * row), temporary, 4 * L.Count);
            temporary = Align(room);
            for (int i = 0; i < 6; i++, temporary += 4 * L.Count, to += 6 * point)
                OutputAdjointLine(L.Load(temporary), L.Load(temporary + L.Count), L.Load(temporary + 2 * L.Count), L.Load(temporary + 3 * L.Count), to, point);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputAdjointLine(V g0, V g1, V g2, V g3, float* destination, nint step)
    {
        L.Store(g0, destination);
        V even = L.MultiplyAdd(g2, L.Broadcast(A2), g0), odd = L.MultiplyAdd(g3, L.Broadcast(A3), L.Multiply(g1, L.Broadcast(A)));
        L.Store(L.Add(even, odd), destination + step);
        L.Store(L.Subtract(even, odd), destination + 2 * step);
        even = L.MultiplyAdd(g2, L.Broadcast(B2), g0);
        odd = L.MultiplyAdd(g3, L.Broadcast(B3), L.Multiply(g1, L.Broadcast(B)));
        L.Store(L.Add(even, odd), destination + 3 * step);
        L.Store(L.Subtract(even, odd), destination + 4 * step);
        L.Store(g3, destination + 5 * step);
    }

    /// <summary>Gᵀ·u·G: the adjoint of <see cref="Weight"/>, 3 × 3 taps stored as nine vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightAdjoint(float* source, nint point, float* destination)
    {
        float* room = stackalloc float[18 * 16 + 16], temporary = Align(room);
        for (int j = 0; j < 6; j++, source += point)
        {
            nint row = 6 * point;
            WeightAdjointLine(
                L.Load(source), L.Load(source + row), L.Load(source + 2 * row), L.Load(source + 3 * row), L.Load(source + 4 * row), L.Load(source + 5 * row),
                temporary + j * L.Count, 6 * L.Count);
        }
        for (int i = 0; i < 3; i++, temporary += 6 * L.Count, destination += 3 * L.Count)
        {
            WeightAdjointLine(
                L.Load(temporary), L.Load(temporary + L.Count), L.Load(temporary + 2 * L.Count), L.Load(temporary + 3 * L.Count),
                L.Load(temporary + 4 * L.Count), L.Load(temporary + 5 * L.Count), destination, L.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightAdjointLine(V u0, V u1, V u2, V u3, V u4, V u5, float* destination, nint step)
    {
        V sumA = L.Add(u1, u2), differenceA = L.Subtract(u1, u2), sumB = L.Add(u3, u4), differenceB = L.Subtract(u3, u4);
        L.Store(L.MultiplyAdd(u0, L.Broadcast(G0), L.MultiplyAdd(sumA, L.Broadcast(GA), L.Multiply(sumB, L.Broadcast(GB)))), destination);
        L.Store(L.MultiplyAdd(differenceA, L.Broadcast(AGA), L.Multiply(differenceB, L.Broadcast(BGB))), destination + step);
        L.Store(L.MultiplyAdd(sumA, L.Broadcast(A2GA), L.MultiplyAdd(sumB, L.Broadcast(B2GB), u5)), destination + 2 * step);
    }
}
