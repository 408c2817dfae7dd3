using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

internal static class ChirpConvolution
{
    /// <summary>The cheapest length that a convolution has room in: a power of two, or one times a small odd number.</summary>
    public static int PaddedLength(int length)
    {
        long least = 2L * length - 1, best = 0;
        double lowest = double.PositiveInfinity;
        foreach (int odd in (ReadOnlySpan<int>)[1, 3, 5, 9, 15])
        {
            long padded = odd * (long)BitOperations.RoundUpToPowerOf2((ulong)((least + odd - 1) / odd));
            double cost = padded > int.MaxValue ? double.PositiveInfinity : FftRadices.Cost((int)padded);
            if (cost < lowest)
                (lowest, best) = (cost, padded);
        }
        return best > 0 ? (int)best : throw new OverflowException();
    }
}

/// <summary>
/// Bluestein's transform of any length on lanes: jk = (j² + k² − (k − j)²)/2 makes it a product with a chirp, a convolution with the
/// chirp's conjugate and another product.
/// </summary>
internal sealed unsafe class ChirpConvolution<T> where T : unmanaged, INumberBase<T>
{
    private readonly int _length, _padded;
    private readonly LaneTransform<T> _transform;
    private readonly T[] _tables;
    private readonly T* _chirp, _spectrum;

    public ChirpConvolution(int length)
    {
        _length = length;
        _padded = ChirpConvolution.PaddedLength(length);
        _transform = FftPlans<T>.Lanes(_padded);
        _tables = GC.AllocateUninitializedArray<T>(2 * (length + _padded), pinned: true);
        _chirp = (T*)Unsafe.AsPointer(ref _tables[0]);
        _spectrum = _chirp + 2 * length;
        for (long k = 0; k < length; k++)
            UnitRoots.Write(_chirp + 2 * k, k * k % (2L * length), 2L * length);
        FillSpectrum();
    }

    public long Size => (long)_tables.Length * sizeof(T);
    public long Room => 3L * _padded;

    /// <summary>The spectrum of the conjugate chirp, divided by the padded length; found in double.</summary>
    private void FillSpectrum()
    {
        var transform = FftPlans<double>.Lanes(_padded);
        int lanes = LaneMemory<double>.Lanes;
        using var memory = Scratch.Rent<double>((transform.Room + _padded) * 2 * lanes);
        double* x = (double*)memory.Pointer, work = x + _padded * 2L * lanes;
        for (long i = 0; i < _padded * 2L * lanes; i++)
            x[i] = 0;
        for (long k = 0; k < _length; k++)
        {
            (double sine, double cosine) = UnitRoots.SinCos(k * k % (2L * _length), 2L * _length);
            double* first = x + k * 2 * lanes, second = x + (k == 0 ? 0 : _padded - k) * 2 * lanes;
            first[0] = second[0] = cosine;
            first[lanes] = second[lanes] = sine;
        }

        double* result = transform.Run(x, 2 * lanes, lanes, work);
        for (long k = 0; k < _padded; k++)
        {
            _spectrum[2 * k] = T.CreateTruncating(result[k * 2 * lanes] / _padded);
            _spectrum[2 * k + 1] = T.CreateTruncating(result[k * 2 * lanes + lanes] / _padded);
        }
    }

    /// <summary>As <see cref="LaneTransform{T}.Run"/>.</summary>
    public T* Run(T* x, nint step, nint imaginary, T* work)
    {
        int lanes = LaneMemory<T>.Lanes;
        nint packed = 2 * lanes;
        T* product = work + 2L * _padded * packed;
        Multiply(x, step, 0, imaginary, _chirp, product, 0, lanes, _length);
        for (nint i = _length * packed; i < _padded * packed; i += lanes)
            Vector512<T>.Zero.Store(product + i);
        T* spectrum = _transform.Run(product, packed, lanes, work);
        // The inverse transform is the forward one with real and imaginary parts exchanged.
        Multiply(spectrum, packed, 0, lanes, _spectrum, product, lanes, 0, _padded);
        T* sums = _transform.Run(product, packed, lanes, work);
        Multiply(sums, packed, lanes, 0, _chirp, product, 0, lanes, _length);
        GC.KeepAlive(this);
        return product;
    }

    /// <summary>Vectors of numbers times single numbers, the parts at the given places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(T* x, nint step, nint reIn, nint imIn, T* factors, T* result, nint reOut, nint imOut, int count)
    {
        for (int k = 0; k < count; k++)
        {
            Vector512<T> re = Vector512.Load(x + reIn), im = Vector512.Load(x + imIn), c = Vector512.Create(factors[0]), s = Vector512.Create(factors[1]);
            RealLoops.Fma(c, re, -(s * im)).Store(result + reOut);
            RealLoops.Fma(c, im, s * re).Store(result + imOut);
            x += step;
            factors += 2;
            result += 2 * LaneMemory<T>.Lanes;
        }
    }
}
