using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Reduction of a Hermitian matrix to real tridiagonal form, A = Q·T·Qᴴ.</summary>
/// <remarks>
/// By blocks: within one, a row is brought up to date when its turn comes, and the matrix itself is only multiplied by reflectors, reading
/// one triangle; at the block's end all its changes are subtracted as one product. Only the upper triangle counts.
/// </remarks>
internal unsafe struct TridiagonalReduction<T> : IDisposable where T : unmanaged, INumberBase<T>
{
    // Rows of the trailing matrix changed by one product, so that little below the diagonal is computed.
    private const nint Strip = 96;

    private readonly Scratch _memory;
    private readonly nint _n, _width;
    private readonly T* _changes, _swapped, _product, _coefficients;

    /// <summary>Room for a matrix of order n: fill the upper triangle of <see cref="Matrix"/>.</summary>
    public TridiagonalReduction(nint n)
    {
        _n = n;
        _width = Math.Min(n, n <= 96 ? 8 : n <= 384 ? 16 : 32);
        Pitch = Triangular.Pitch<T>(n);
        // Products take rows by fours: a vector is read a little beyond its end.
        nint spare = 64 / sizeof(T);
        _memory = Scratch.Rent<T>((n + 4 * _width + 4) * Pitch + 2 * _width + 2 * spare);
        Matrix = (T*)_memory.Pointer;
        Tau = Matrix + n * Pitch;
        _product = Tau + Pitch;
        _changes = _product + Pitch;
        _swapped = _changes + 2 * _width * Pitch;
        _coefficients = _swapped + 2 * _width * Pitch + spare;
        for (nint i = 0; i < n; i++)
            new Span<T>(Matrix + i * Pitch + n, (int)(Pitch - n)).Clear();
        new Span<T>(Tau, checked((int)((4 * _width + 2) * Pitch + spare))).Clear();
    }

    /// <summary>Before: the matrix. After: reflector k in row k from column k + 1 on, zeros before it.</summary>
    public T* Matrix { get; }
    public nint Pitch { get; }
    public T* Tau { get; }

    /// <summary>Reduces; d receives the diagonal and e the n − 1 elements beside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(double* d, double* e)
    {
        for (nint k = 0; k < _n - 1; k += _width)
        {
            nint count = Math.Min(_width, _n - 1 - k);
            for (nint j = 0; j < count; j++)
                Step(k + j, j, d, e);
            Subtract(k + count, 2 * count);
        }

        if (_n > 0)
            d[_n - 1] = Scalars.RealPart(Matrix[(_n - 1) * (Pitch + 1)]);
    }

    /// <summary>Finds reflector k, the block's number <paramref name="index"/>, and its change v·wᴴ + w·vᴴ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Step(nint k, nint index, double* d, double* e)
    {
        T* row = Matrix + k * Pitch;
        // Whole vectors: what lies before the active columns is zero in v and of no account elsewhere.
        nint known = 2 * index, count = _n - k - 1, lanes = 64 / sizeof(T), from = k / lanes * lanes, length = (_n + lanes - 1) / lanes * lanes - from;
        // Column k is the conjugate of the row; it still lacks the block's changes.
        if (Scalars.IsComplex<T>())
            for (nint j = k; j < _n; j++)
                row[j] = Scalars.Conjugate(row[j]);
        if (known > 0)
        {
            for (nint j = 0; j < known; j++)
                _coefficients[j] = Scalars.Conjugate(_swapped[j * Pitch + k]);
            VectorLoops.CombineRows(row + from, _changes + from, Pitch, _coefficients, 1, known, length, -1);
        }

        d[k] = Scalars.RealPart(row[k]);
        T alpha = row[k + 1];
        T tau = Householder.Generate(ref alpha, row + k + 2, count - 1);
        Tau[k] = tau;
        e[k] = Scalars.RealPart(alpha);
        row[k + 1] = T.One;
        new Span<T>(row, (int)k + 1).Clear();

        // w = τ·A·v − ½·τ·(wᴴv)·v, A with the block's changes.
        T* v = _changes + known * Pitch, w = v + Pitch;
        Buffer.MemoryCopy(row, v, Pitch * sizeof(T), Pitch * sizeof(T));
        SymmetricProduct.Multiply(Matrix, Pitch, k + 1, _n, v, _product);
        T* product = _product + from;
        if (known > 0)
        {
            VectorLoops.RowDots(_coefficients, 1, _swapped + from, Pitch, v + from, known, length, conjugate: true);
            VectorLoops.CombineRows(product, _changes + from, Pitch, _coefficients, 1, known, length, -1);
        }

        VectorLoops.Scale(product, tau, length);
        T half = Scalars.Create<T>(-0.5) * tau * VectorLoops.Dot(product, v + from, length);
        VectorLoops.AddScaled(product, v + from, half, length);
        Buffer.MemoryCopy(product, w + from, length * sizeof(T), length * sizeof(T));
        new Span<T>(w, (int)k + 1).Clear();
        Buffer.MemoryCopy(w, _swapped + known * Pitch, Pitch * sizeof(T), Pitch * sizeof(T));
        Buffer.MemoryCopy(v, _swapped + (known + 1) * Pitch, Pitch * sizeof(T), Pitch * sizeof(T));
    }

    /// <summary>Subtracts the changes of a block from the rows and columns from <paramref name="first"/> on.</summary>
    private readonly void Subtract(nint first, nint changes)
    {
        for (nint i = first; i < _n; i += Strip)
            MatrixProduct.Multiply(_changes + i, 1, Pitch, false, _swapped + i, Pitch, 1, true, Matrix + i * (Pitch + 1), Pitch, Math.Min(Strip, _n - i), _n - i, changes, -1, 1);
    }

    /// <summary>C = Q·C for a matrix of n rows.</summary>
    public readonly void ApplyQ(T* c, nint stride, nint columns) => ReflectorRows.Apply(Matrix, Pitch, 1, _n - 1, Tau, _n, c, stride, columns);

    public readonly void Dispose() => _memory.Dispose();
}
