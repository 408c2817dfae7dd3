using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>
/// The taps along a row as permutations: sixteen neighbours of the output take their elements from 32 neighbours of the input, which two loads bring into registers,
/// so that nothing is read one by one.
/// </summary>
internal sealed unsafe class ColumnWindows
{
    /// <summary>How many elements of the input are loaded for a group.</summary>
    public const int Window = 32;

    private const int Lanes = 16;

    private readonly int _taps, _output;
    private readonly nint _input;
    private bool _ragged;
    // Where a group begins in the output and its window in the input; per group and tap sixteen places in the window, weights, and which of them count.
    // The arrays stay where they are, so that a row costs no pinning.
    private readonly int[] _groups, _windows, _places, _masks;
    private readonly float[] _weights;

    private ColumnWindows(nint input, int output, int taps, int groups)
    {
        (_input, _output, _taps) = (input, output, taps);
        (_groups, _windows) = (GC.AllocateArray<int>(groups, pinned: true), GC.AllocateArray<int>(groups, pinned: true));
        int length = groups * taps * Lanes;
        (_places, _masks, _weights) = (GC.AllocateArray<int>(length, pinned: true), GC.AllocateArray<int>(length, pinned: true), GC.AllocateArray<float>(length, pinned: true));
    }

    /// <summary>The windows of an axis, if its neighbours lie near each other; taps of element x are starts[x] … starts[x + 1] − 1.</summary>
    public static ColumnWindows? Of(nint input, int[] starts, int[] indices, float[] weights)
    {
        int output = starts.Length - 1, taps = 0, groups = (output + Lanes - 1) / Lanes;
        if (!Avx512F.IsSupported || output == 0) return null;
        for (int x = 0; x < output; x++) taps = Math.Max(taps, starts[x + 1] - starts[x]);
        if (taps is 0 or > 8 || weights.Length < indices.Length) return null;
        var made = new ColumnWindows(input, output, taps, groups);
        for (int g = 0; g < groups; g++)
        {
            // The last group overlaps the one before, so that it is whole, too.
            int first = Math.Max(0, Math.Min(g * Lanes, output - Lanes)), end = Math.Min(output, first + Lanes), least = int.MaxValue, most = 0;
            for (int k = starts[first]; k < starts[end]; k++) (least, most) = (Math.Min(least, indices[k]), Math.Max(most, indices[k]));
            if (least > most) least = most = 0;
            if (most - least >= Window) return null;
            (made._groups[g], made._windows[g]) = (first, least);
            for (int x = first; x < end; x++)
                for (int k = 0; k < taps; k++)
                {
                    int at = (g * taps + k) * Lanes + x - first;
                    if (k >= starts[x + 1] - starts[x])
                    {
                        made._ragged = true;
                        continue;
                    }
                    (made._places[at], made._masks[at], made._weights[at]) = (indices[starts[x] + k] - least, -1, weights[starts[x] + k]);
                }
        }
        return made;
    }

    /// <summary>Resizes rows that lie one behind the other. Up to <paramref name="limit"/> memory may be read.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(float* from, float* to, nint rows, float* limit)
    {
        float* last = stackalloc float[Lanes];
        using Scratch room = Scratch.Rent<float>(_input + Window);
        float* padded = (float*)room.Pointer;
        fixed (int* groups = _groups, windows = _windows, places = _places, masks = _masks)
        fixed (float* weights = _weights)
        {
            for (nint row = 0; row < rows; row++, from += _input, to += _output)
            {
                float* source = from;
                if (from + _input + Window > limit)
                {
                    for (nint i = 0; i < _input; i++) padded[i] = from[i];
                    source = padded;
                }
                for (int g = 0; g < _groups.Length; g++)
                {
                    Vector512<float> low = Vector512.Load(source + windows[g]), high = Vector512.Load(source + windows[g] + Lanes), sum = default;
                    int at = g * _taps * Lanes;
                    if (_ragged)
                    {
                        for (int k = 0; k < _taps; k++, at += Lanes)
                            sum += (Avx512F.PermuteVar16x32x2(low, Vector512.Load(places + at), high).AsInt32() & Vector512.Load(masks + at)).AsSingle() * Vector512.Load(weights + at);
                    }
                    else
                    {
                        sum = Avx512F.PermuteVar16x32x2(low, Vector512.Load(places + at), high) * Vector512.Load(weights + at);
                        for (int k = 1; k < _taps; k++)
                        {
                            at += Lanes;
                            sum += Avx512F.PermuteVar16x32x2(low, Vector512.Load(places + at), high) * Vector512.Load(weights + at);
                        }
                    }
                    // What a short row has too much is written over by the next one.
                    if (_output >= Lanes || row * _output + Lanes <= rows * _output) sum.Store(to + groups[g]);
                    else
                    {
                        sum.Store(last);
                        for (int x = 0; x < _output; x++) to[x] = last[x];
                    }
                }
            }
        }
    }

    /// <summary>Picks the one element of each tap of a row, without a weight. Memory up to <paramref name="limit"/> may be read, and up to <paramref name="end"/> written.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pick(int* from, int* to, int* limit, int* end)
    {
        int* groups = (int*)Unsafe.AsPointer(ref _groups[0]), windows = (int*)Unsafe.AsPointer(ref _windows[0]), places = (int*)Unsafe.AsPointer(ref _places[0]);
        int* last = stackalloc int[Lanes], padded = stackalloc int[Window];
        for (int g = 0; g < _groups.Length; g++, places += Lanes)
        {
            int* source = from + windows[g];
            if (source + Window > limit)
            {
                for (nint i = 0; i < Window && source + i < limit; i++) padded[i] = source[i];
                source = padded;
            }
            Vector512<int> picked = Avx512F.PermuteVar16x32x2(Vector512.Load(source), Vector512.Load(places), Vector512.Load(source + Lanes));
            // What a short row has too much is written over by the next one.
            if (_output >= Lanes || to + Lanes <= end)
            {
                picked.Store(to + groups[g]);
                continue;
            }
            picked.Store(last);
            for (int x = 0; x < _output; x++) to[x] = last[x];
        }
    }
}
