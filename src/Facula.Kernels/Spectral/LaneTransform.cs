using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// A complex Fourier transform of one length on the lanes of vectors: the passes and their twiddles, or for lengths with large prime
/// factors a convolution.
/// </summary>
internal sealed unsafe class LaneTransform<T> where T : unmanaged, INumberBase<T>
{
    private readonly FftStage<T>[] _stages = [];
    private readonly T[] _tables = [];
    private readonly ChirpConvolution<T>? _convolution;

    public LaneTransform(int length)
    {
        Length = length;
        if (FftRadices.Of(length) is not { } radices)
        {
            _convolution = new ChirpConvolution<T>(length);
            return;
        }

        nint size = 1, left = length;
        foreach (int radix in radices)
        {
            left /= radix;
            size += 2 * (radix - 1) * left + (FftRadices.IsGeneral(radix) ? 2 * (radix / 2) * (radix / 2) : 0);
        }

        _stages = new FftStage<T>[radices.Count];
        _tables = GC.AllocateUninitializedArray<T>((int)size, pinned: true);
        FillStages(radices);
    }

    public int Length { get; }

    /// <summary>Bytes of tables.</summary>
    public long Size => _convolution?.Size ?? (long)_tables.Length * sizeof(T);

    /// <summary>The numbers, of two vectors each, that the working memory must hold.</summary>
    public long Room => _convolution?.Room ?? 2L * Length;

    private void FillStages(List<int> radices)
    {
        T* next = (T*)Unsafe.AsPointer(ref _tables[0]);
        nint run = 1, left = Length;
        for (int index = 0; index < radices.Count; index++)
        {
            int radix = radices[index];
            nint whole = left;
            left /= radix;
            ref FftStage<T> stage = ref _stages[index];
            stage.Radix = radix;
            stage.Run = run;
            stage.Blocks = left;
            stage.Twiddles = next;
            for (nint p = 0; p < left; p++)
                for (int k = 1; k < radix; k++)
                    next = UnitRoots.Write(next, p * k, whole);
            if (FftRadices.IsGeneral(radix))
            {
                stage.Roots = next;
                for (int k = 1; k <= radix / 2; k++)
                    for (int j = 1; j <= radix / 2; j++)
                        next = UnitRoots.Write(next, radix - j * k % radix, radix);
            }

            run *= radix;
        }
    }

    /// <summary>
    /// Transforms; number i lies at x + i·step, its imaginary part <paramref name="imaginary"/> further on. The result lies in the working
    /// memory, packed: real parts, imaginary parts, next number. x may be the start of the working memory; elsewhere it is not changed.
    /// </summary>
    public T* Run(T* x, nint step, nint imaginary, T* work)
    {
        if (_convolution is not null)
            return _convolution.Run(x, step, imaginary, work);
        nint packed = 2 * LaneMemory<T>.Lanes;
        T* other = work + Length * packed;
        if (_stages.Length == 0)
        {
            Vector512.Load(x).Store(work);
            Vector512.Load(x + imaginary).Store(work + LaneMemory<T>.Lanes);
            return work;
        }

        T* target = x == work ? other : work;
        foreach (ref readonly FftStage<T> stage in _stages.AsSpan())
        {
            Butterflies<T>.Pass(stage, x, step, imaginary, target);
            x = target;
            step = packed;
            imaginary = LaneMemory<T>.Lanes;
            target = target == work ? other : work;
        }

        // The tables go with this object, which a full cache may have let go.
        GC.KeepAlive(this);
        return x;
    }
}

/// <summary>How lengths are taken apart.</summary>
internal static class FftRadices
{
    // An odd radix costs the square of its size; from here on the convolution is cheaper.
    private const int Largest = 127;

    /// <summary>Whether the butterfly is the one for any odd radix.</summary>
    public static bool IsGeneral(int radix) => radix > 5 && radix != 8;

    /// <summary>The passes for a length, or null when it needs a convolution.</summary>
    public static List<int>? Of(int length)
    {
        var radices = new List<int>();
        int twos = BitOperations.TrailingZeroCount(length), rest = length >> twos;
        for (int prime = 3; rest > 1; prime += 2)
        {
            if (prime > Largest)
                return null;
            for (; rest % prime == 0; rest /= prime)
                radices.Add(prime);
        }

        radices.Reverse();
        if (twos == 1)
            radices.Add(2);
        else
            for (; twos % 3 != 0; twos -= 2)
                radices.Add(4);
        for (; twos >= 3; twos -= 3)
            radices.Add(8);
        return radices;
    }

    /// <summary>Roughly the vector operations of a transform of this length.</summary>
    public static double Cost(int length)
    {
        if (Of(length) is not { } radices)
        {
            int padded = ChirpConvolution.PaddedLength(length);
            return 2 * Cost(padded) + 8.0 * padded;
        }

        double cost = 0;
        foreach (int radix in radices)
            cost += length * (radix switch { 2 => 6, 3 => 8, 4 => 8, 5 => 11, 8 => 11, _ => 6 + 0.7 * radix });
        return cost;
    }
}

/// <summary>Roots of unity from an angle reduced in integers.</summary>
internal static unsafe class UnitRoots
{
    /// <summary>Writes e^(−2πi·index/count) and returns what comes after it.</summary>
    public static T* Write<T>(T* target, long index, long count) where T : unmanaged, INumberBase<T>
    {
        (double sine, double cosine) = SinCos(index, count);
        target[0] = T.CreateTruncating(cosine);
        target[1] = T.CreateTruncating(-sine);
        return target + 2;
    }

    /// <summary>Sine and cosine of 2π·index/count, taken in the first eighth of the circle.</summary>
    public static (double Sine, double Cosine) SinCos(long index, long count)
    {
        index %= count;
        bool mirrored = 2 * index > count;
        if (mirrored)
            index = count - index;
        bool second = 4 * index > count;
        // The angle is π·part/count ≤ π/2.
        long part = second ? count - 2 * index : 2 * index;
        bool steep = 4 * part > count;
        (double sine, double cosine) = Math.SinCos(Math.PI * (steep ? 0.5 * (count - 2 * part) : part) / count);
        if (steep)
            (sine, cosine) = (cosine, sine);
        return (mirrored ? -sine : sine, second ? -cosine : cosine);
    }
}
