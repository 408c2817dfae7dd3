using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Bluestein's transform of numbers that lie one after another; see <see cref="ChirpConvolution{T}"/>.</summary>
internal sealed unsafe class RowChirp<T> where T : unmanaged, INumberBase<T>
{
    private readonly RowTransform<T> _transform;
    private readonly T[] _tables;
    private readonly T* _chirp, _spectrum;
    private readonly int _padded;

    public RowChirp(int length)
    {
        Length = length;
        _padded = ChirpConvolution.PaddedLength(length);
        _transform = new RowTransform<T>(_padded);
        _tables = GC.AllocateUninitializedArray<T>(2 * (length + _padded), pinned: true);
        _chirp = (T*)Unsafe.AsPointer(ref _tables[0]);
        _spectrum = _chirp + 2L * length;
        for (long k = 0; k < length; k++)
            UnitRoots.Write(_chirp + 2 * k, k * k % (2L * length), 2L * length);
        FillSpectrum();
    }

    public int Length { get; }
    public long Size => (long)_tables.Length * sizeof(T) + _transform.Size;
    public long Room => 2L * _padded + _transform.Room;

    private void FillSpectrum()
    {
        var transform = new RowTransform<double>(_padded);
        using var memory = Scratch.Rent<double>(2L * _padded + transform.Room);
        double* x = (double*)memory.Pointer;
        for (long i = 0; i < 2L * _padded; i++)
            x[i] = 0;
        for (long k = 0; k < Length; k++)
        {
            (double sine, double cosine) = UnitRoots.SinCos(k * k % (2L * Length), 2L * Length);
            double* first = x + 2 * k, second = x + (k == 0 ? 0 : 2 * (_padded - k));
            first[0] = second[0] = cosine;
            first[1] = second[1] = sine;
        }

        transform.Run(x, x, false, 1.0 / _padded, x + 2L * _padded);
        for (long i = 0; i < 2L * _padded; i++)
            _spectrum[i] = T.CreateTruncating(x[i]);
    }

    /// <summary>As <see cref="RowTransform{T}.Run"/>.</summary>
    public void Run(T* source, T* destination, bool inverse, double scale, T* work)
    {
        T* x = work, rest = work + 2L * _padded;
        T factor = T.CreateTruncating(scale);
        // The inverse transform by conjugation: of the input here, of the output below.
        Multiply(source, _chirp, x, Length, T.One, inverse, false);
        new Span<T>(x + 2L * Length, 2 * (_padded - Length)).Clear();
        _transform.Run(x, x, false, 1, rest);
        Multiply(x, _spectrum, x, _padded, T.One, false, false);
        _transform.Run(x, x, true, 1, rest);
        Multiply(x, _chirp, destination, Length, factor, false, inverse);
        GC.KeepAlive(this);
    }

    /// <summary>result = factor·x·y, x conjugated before or the product after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(T* x, T* y, T* result, long count, T factor, bool before, bool after)
    {
        int lanes = LaneMemory<T>.Lanes;
        Vector512<T> scale = Vector512.Create(factor), signIn = Vector512.Create(before ? -T.One : T.One), signOut = after ? -scale : scale;
        long i = 0;
        for (; i <= count - lanes; i += lanes)
        {
            LaneMemory<T>.Split(x + 2 * i, out Vector512<T> a, out Vector512<T> b);
            LaneMemory<T>.Split(y + 2 * i, out Vector512<T> c, out Vector512<T> d);
            b *= signIn;
            LaneMemory<T>.Join(result + 2 * i, scale * RealLoops.Fma(a, c, -(b * d)), signOut * RealLoops.Fma(a, d, b * c));
        }

        for (; i < count; i++)
        {
            T a = x[2 * i], b = before ? -x[2 * i + 1] : x[2 * i + 1], c = y[2 * i], d = y[2 * i + 1];
            result[2 * i] = factor * (a * c - b * d);
            result[2 * i + 1] = (after ? -factor : factor) * (a * d + b * c);
        }
    }
}
