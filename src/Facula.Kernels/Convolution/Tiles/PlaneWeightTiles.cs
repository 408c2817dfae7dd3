// Written by eng/GenerateConvolutionTiles.cs; change that instead.
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Weights of up to six filters by four taps, summed over the positions of a plane in as many lanes as there are.</summary>
internal static unsafe class PlaneWeightTiles<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged
{
    /// <summary>Adds gradient · input to the sums: filters lie <paramref name="filterSums"/> apart, taps a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int filters, int taps, T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        switch (filters * 8 + taps)
        {
            case 9: Tile1x1(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 10: Tile1x2(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 11: Tile1x3(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 12: Tile1x4(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 17: Tile2x1(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 18: Tile2x2(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 19: Tile2x3(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 20: Tile2x4(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 25: Tile3x1(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 26: Tile3x2(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 27: Tile3x3(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 28: Tile3x4(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 33: Tile4x1(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 34: Tile4x2(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 35: Tile4x3(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 36: Tile4x4(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 49: Tile6x1(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 50: Tile6x2(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 51: Tile6x3(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
            case 52: Tile6x4(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default;
        T* x0 = inputs[0];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0);
            }
            gradient += width; x0 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x2(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default;
        T* x0 = inputs[0], x1 = inputs[1];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1);
            }
            gradient += width; x0 += inputRow; x1 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x3(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c0_2 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i), v2 = L.Load(x2 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); c0_2 = L.MultiplyAdd(v2, g, c0_2);
            }
            gradient += width; x0 += inputRow; x1 += inputRow; x2 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c0_2), sums + 2 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x4(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c0_2 = default, c0_3 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i), v2 = L.Load(x2 + i), v3 = L.Load(x3 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); c0_2 = L.MultiplyAdd(v2, g, c0_2); c0_3 = L.MultiplyAdd(v3, g, c0_3);
            }
            gradient += width; x0 += inputRow; x1 += inputRow; x2 += inputRow; x3 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c0_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c0_3), sums + 3 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x1(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c1_0 = default;
        T* x0 = inputs[0];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0);
            }
            gradient += width; x0 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x2(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c1_0 = default, c1_1 = default;
        T* x0 = inputs[0], x1 = inputs[1];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1);
            }
            gradient += width; x0 += inputRow; x1 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x3(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c0_2 = default, c1_0 = default, c1_1 = default, c1_2 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i), v2 = L.Load(x2 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); c0_2 = L.MultiplyAdd(v2, g, c0_2); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1); c1_2 = L.MultiplyAdd(v2, g, c1_2);
            }
            gradient += width; x0 += inputRow; x1 += inputRow; x2 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c0_2), sums + 2 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c1_2), sums + 2 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x4(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c0_2 = default, c0_3 = default, c1_0 = default, c1_1 = default, c1_2 = default, c1_3 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i), v2 = L.Load(x2 + i), v3 = L.Load(x3 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); c0_2 = L.MultiplyAdd(v2, g, c0_2); c0_3 = L.MultiplyAdd(v3, g, c0_3); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1); c1_2 = L.MultiplyAdd(v2, g, c1_2); c1_3 = L.MultiplyAdd(v3, g, c1_3);
            }
            gradient += width; x0 += inputRow; x1 += inputRow; x2 += inputRow; x3 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c0_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c0_3), sums + 3 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c1_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c1_3), sums + 3 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile3x1(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c1_0 = default, c2_0 = default;
        T* x0 = inputs[0];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0);
            }
            gradient += width; x0 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile3x2(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c1_0 = default, c1_1 = default, c2_0 = default, c2_1 = default;
        T* x0 = inputs[0], x1 = inputs[1];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0); c2_1 = L.MultiplyAdd(v1, g, c2_1);
            }
            gradient += width; x0 += inputRow; x1 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c2_1), sums + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile3x3(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c0_2 = default, c1_0 = default, c1_1 = default, c1_2 = default, c2_0 = default, c2_1 = default, c2_2 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i), v2 = L.Load(x2 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); c0_2 = L.MultiplyAdd(v2, g, c0_2); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1); c1_2 = L.MultiplyAdd(v2, g, c1_2); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0); c2_1 = L.MultiplyAdd(v1, g, c2_1); c2_2 = L.MultiplyAdd(v2, g, c2_2);
            }
            gradient += width; x0 += inputRow; x1 += inputRow; x2 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c0_2), sums + 2 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c1_2), sums + 2 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c2_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c2_2), sums + 2 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile3x4(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c0_2 = default, c0_3 = default, c1_0 = default, c1_1 = default, c1_2 = default, c1_3 = default, c2_0 = default, c2_1 = default, c2_2 = default, c2_3 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i), v2 = L.Load(x2 + i), v3 = L.Load(x3 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); c0_2 = L.MultiplyAdd(v2, g, c0_2); c0_3 = L.MultiplyAdd(v3, g, c0_3); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1); c1_2 = L.MultiplyAdd(v2, g, c1_2); c1_3 = L.MultiplyAdd(v3, g, c1_3); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0); c2_1 = L.MultiplyAdd(v1, g, c2_1); c2_2 = L.MultiplyAdd(v2, g, c2_2); c2_3 = L.MultiplyAdd(v3, g, c2_3);
            }
            gradient += width; x0 += inputRow; x1 += inputRow; x2 += inputRow; x3 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c0_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c0_3), sums + 3 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c1_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c1_3), sums + 3 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c2_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c2_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c2_3), sums + 3 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c1_0 = default, c2_0 = default, c3_0 = default;
        T* x0 = inputs[0];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0); from += plane;
                g = L.Load(from); c3_0 = L.MultiplyAdd(v0, g, c3_0);
            }
            gradient += width; x0 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums); sums += filterSums; L.Store(L.Add(L.Load(sums), c3_0), sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c1_0 = default, c1_1 = default, c2_0 = default, c2_1 = default, c3_0 = default, c3_1 = default;
        T* x0 = inputs[0], x1 = inputs[1];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0); c2_1 = L.MultiplyAdd(v1, g, c2_1); from += plane;
                g = L.Load(from); c3_0 = L.MultiplyAdd(v0, g, c3_0); c3_1 = L.MultiplyAdd(v1, g, c3_1);
            }
            gradient += width; x0 += inputRow; x1 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c2_1), sums + L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c3_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c3_1), sums + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x3(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c0_2 = default, c1_0 = default, c1_1 = default, c1_2 = default, c2_0 = default, c2_1 = default, c2_2 = default, c3_0 = default, c3_1 = default, c3_2 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i), v2 = L.Load(x2 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); c0_2 = L.MultiplyAdd(v2, g, c0_2); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1); c1_2 = L.MultiplyAdd(v2, g, c1_2); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0); c2_1 = L.MultiplyAdd(v1, g, c2_1); c2_2 = L.MultiplyAdd(v2, g, c2_2); from += plane;
                g = L.Load(from); c3_0 = L.MultiplyAdd(v0, g, c3_0); c3_1 = L.MultiplyAdd(v1, g, c3_1); c3_2 = L.MultiplyAdd(v2, g, c3_2);
            }
            gradient += width; x0 += inputRow; x1 += inputRow; x2 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c0_2), sums + 2 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c1_2), sums + 2 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c2_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c2_2), sums + 2 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c3_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c3_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c3_2), sums + 2 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x4(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c0_2 = default, c0_3 = default, c1_0 = default, c1_1 = default, c1_2 = default, c1_3 = default, c2_0 = default, c2_1 = default, c2_2 = default, c2_3 = default, c3_0 = default, c3_1 = default, c3_2 = default, c3_3 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i), v2 = L.Load(x2 + i), v3 = L.Load(x3 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); c0_2 = L.MultiplyAdd(v2, g, c0_2); c0_3 = L.MultiplyAdd(v3, g, c0_3); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1); c1_2 = L.MultiplyAdd(v2, g, c1_2); c1_3 = L.MultiplyAdd(v3, g, c1_3); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0); c2_1 = L.MultiplyAdd(v1, g, c2_1); c2_2 = L.MultiplyAdd(v2, g, c2_2); c2_3 = L.MultiplyAdd(v3, g, c2_3); from += plane;
                g = L.Load(from); c3_0 = L.MultiplyAdd(v0, g, c3_0); c3_1 = L.MultiplyAdd(v1, g, c3_1); c3_2 = L.MultiplyAdd(v2, g, c3_2); c3_3 = L.MultiplyAdd(v3, g, c3_3);
            }
            gradient += width; x0 += inputRow; x1 += inputRow; x2 += inputRow; x3 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c0_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c0_3), sums + 3 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c1_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c1_3), sums + 3 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c2_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c2_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c2_3), sums + 3 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c3_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c3_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c3_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c3_3), sums + 3 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x1(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c1_0 = default, c2_0 = default, c3_0 = default, c4_0 = default, c5_0 = default;
        T* x0 = inputs[0];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0); from += plane;
                g = L.Load(from); c3_0 = L.MultiplyAdd(v0, g, c3_0); from += plane;
                g = L.Load(from); c4_0 = L.MultiplyAdd(v0, g, c4_0); from += plane;
                g = L.Load(from); c5_0 = L.MultiplyAdd(v0, g, c5_0);
            }
            gradient += width; x0 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums); sums += filterSums; L.Store(L.Add(L.Load(sums), c3_0), sums); sums += filterSums; L.Store(L.Add(L.Load(sums), c4_0), sums); sums += filterSums; L.Store(L.Add(L.Load(sums), c5_0), sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x2(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c1_0 = default, c1_1 = default, c2_0 = default, c2_1 = default, c3_0 = default, c3_1 = default, c4_0 = default, c4_1 = default, c5_0 = default, c5_1 = default;
        T* x0 = inputs[0], x1 = inputs[1];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0); c2_1 = L.MultiplyAdd(v1, g, c2_1); from += plane;
                g = L.Load(from); c3_0 = L.MultiplyAdd(v0, g, c3_0); c3_1 = L.MultiplyAdd(v1, g, c3_1); from += plane;
                g = L.Load(from); c4_0 = L.MultiplyAdd(v0, g, c4_0); c4_1 = L.MultiplyAdd(v1, g, c4_1); from += plane;
                g = L.Load(from); c5_0 = L.MultiplyAdd(v0, g, c5_0); c5_1 = L.MultiplyAdd(v1, g, c5_1);
            }
            gradient += width; x0 += inputRow; x1 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c2_1), sums + L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c3_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c3_1), sums + L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c4_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c4_1), sums + L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c5_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c5_1), sums + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x3(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c0_2 = default, c1_0 = default, c1_1 = default, c1_2 = default, c2_0 = default, c2_1 = default, c2_2 = default, c3_0 = default, c3_1 = default, c3_2 = default, c4_0 = default, c4_1 = default, c4_2 = default, c5_0 = default, c5_1 = default, c5_2 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i), v2 = L.Load(x2 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); c0_2 = L.MultiplyAdd(v2, g, c0_2); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1); c1_2 = L.MultiplyAdd(v2, g, c1_2); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0); c2_1 = L.MultiplyAdd(v1, g, c2_1); c2_2 = L.MultiplyAdd(v2, g, c2_2); from += plane;
                g = L.Load(from); c3_0 = L.MultiplyAdd(v0, g, c3_0); c3_1 = L.MultiplyAdd(v1, g, c3_1); c3_2 = L.MultiplyAdd(v2, g, c3_2); from += plane;
                g = L.Load(from); c4_0 = L.MultiplyAdd(v0, g, c4_0); c4_1 = L.MultiplyAdd(v1, g, c4_1); c4_2 = L.MultiplyAdd(v2, g, c4_2); from += plane;
                g = L.Load(from); c5_0 = L.MultiplyAdd(v0, g, c5_0); c5_1 = L.MultiplyAdd(v1, g, c5_1); c5_2 = L.MultiplyAdd(v2, g, c5_2);
            }
            gradient += width; x0 += inputRow; x1 += inputRow; x2 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c0_2), sums + 2 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c1_2), sums + 2 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c2_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c2_2), sums + 2 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c3_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c3_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c3_2), sums + 2 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c4_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c4_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c4_2), sums + 2 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c5_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c5_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c5_2), sums + 2 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x4(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
    {
        V c0_0 = default, c0_1 = default, c0_2 = default, c0_3 = default, c1_0 = default, c1_1 = default, c1_2 = default, c1_3 = default, c2_0 = default, c2_1 = default, c2_2 = default, c2_3 = default, c3_0 = default, c3_1 = default, c3_2 = default, c3_3 = default, c4_0 = default, c4_1 = default, c4_2 = default, c4_3 = default, c5_0 = default, c5_1 = default, c5_2 = default, c5_3 = default;
        T* x0 = inputs[0], x1 = inputs[1], x2 = inputs[2], x3 = inputs[3];
        for (; rows > 0; rows--)
        {
            for (nint i = 0; i < width; i += L.Count)
            {
                T* from = gradient + i;
                V v0 = L.Load(x0 + i), v1 = L.Load(x1 + i), v2 = L.Load(x2 + i), v3 = L.Load(x3 + i);
                V g = L.Load(from); c0_0 = L.MultiplyAdd(v0, g, c0_0); c0_1 = L.MultiplyAdd(v1, g, c0_1); c0_2 = L.MultiplyAdd(v2, g, c0_2); c0_3 = L.MultiplyAdd(v3, g, c0_3); from += plane;
                g = L.Load(from); c1_0 = L.MultiplyAdd(v0, g, c1_0); c1_1 = L.MultiplyAdd(v1, g, c1_1); c1_2 = L.MultiplyAdd(v2, g, c1_2); c1_3 = L.MultiplyAdd(v3, g, c1_3); from += plane;
                g = L.Load(from); c2_0 = L.MultiplyAdd(v0, g, c2_0); c2_1 = L.MultiplyAdd(v1, g, c2_1); c2_2 = L.MultiplyAdd(v2, g, c2_2); c2_3 = L.MultiplyAdd(v3, g, c2_3); from += plane;
                g = L.Load(from); c3_0 = L.MultiplyAdd(v0, g, c3_0); c3_1 = L.MultiplyAdd(v1, g, c3_1); c3_2 = L.MultiplyAdd(v2, g, c3_2); c3_3 = L.MultiplyAdd(v3, g, c3_3); from += plane;
                g = L.Load(from); c4_0 = L.MultiplyAdd(v0, g, c4_0); c4_1 = L.MultiplyAdd(v1, g, c4_1); c4_2 = L.MultiplyAdd(v2, g, c4_2); c4_3 = L.MultiplyAdd(v3, g, c4_3); from += plane;
                g = L.Load(from); c5_0 = L.MultiplyAdd(v0, g, c5_0); c5_1 = L.MultiplyAdd(v1, g, c5_1); c5_2 = L.MultiplyAdd(v2, g, c5_2); c5_3 = L.MultiplyAdd(v3, g, c5_3);
            }
            gradient += width; x0 += inputRow; x1 += inputRow; x2 += inputRow; x3 += inputRow;
        }
        L.Store(L.Add(L.Load(sums), c0_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c0_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c0_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c0_3), sums + 3 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c1_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c1_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c1_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c1_3), sums + 3 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c2_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c2_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c2_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c2_3), sums + 3 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c3_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c3_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c3_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c3_3), sums + 3 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c4_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c4_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c4_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c4_3), sums + 3 * L.Count); sums += filterSums; L.Store(L.Add(L.Load(sums), c5_0), sums); L.Store(L.Add(L.Load(sums + L.Count), c5_1), sums + L.Count); L.Store(L.Add(L.Load(sums + 2 * L.Count), c5_2), sums + 2 * L.Count); L.Store(L.Add(L.Load(sums + 3 * L.Count), c5_3), sums + 3 * L.Count);
    }
}
