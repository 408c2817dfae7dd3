using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>Reduction of a Hermitian matrix to real tridiagonal form, A = Q·T·Qᴴ.</summary>
/// <remarks>
/// One pass over the matrix per step: it subtracts the rank-two change of the previous reflector and multiplies by the next one. The matrix
/// is held in full, so that all of it is a walk along rows.
/// </remarks>
internal unsafe struct TridiagonalReduction<T> : IDisposable where T : unmanaged, INumberBase<T>
{
    private readonly Scratch _memory;
    private readonly nint _n, _padded;

    /// <summary>Room for a matrix of order n: fill <see cref="Matrix"/>, whose padding is zero.</summary>
    public TridiagonalReduction(nint n)
    {
        _n = n;
        Pitch = Triangular.Pitch<T>(n);
        // Rows are taken by fours.
        _padded = n + 4;
        _memory = Scratch.Rent<T>((_padded + 6) * Pitch);
        Matrix = (T*)_memory.Pointer;
        Tau = Matrix + _padded * Pitch;
        for (nint i = 0; i < _padded + 6; i++)
            new Span<T>(Matrix + i * Pitch + (i < n ? n : 0), (int)(i < n ? Pitch - n : Pitch)).Clear();
    }

    /// <summary>Before: the whole matrix. After: reflector k in row k from column k + 1 on, zeros before it.</summary>
    public T* Matrix { get; }
    public nint Pitch { get; }
    public T* Tau { get; }

    /// <summary>Reduces; d receives the diagonal and e the n − 1 elements beside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(double* d, double* e)
    {
        T* v = Tau + Pitch, w = v + Pitch, x = w + Pitch, p = x + Pitch;
        for (nint k = 0; k < _n; k++)
        {
            T* row = Matrix + k * Pitch;
            if (k > 0)
            {
                // This row still lacks the previous change: a −= v·wᴴ + w·vᴴ.
                T byW = v[k], byV = w[k];
                for (nint j = k; j < _n; j++)
                    row[j] -= byW * Scalars.Conjugate(w[j]) + byV * Scalars.Conjugate(v[j]);
            }

            d[k] = Scalars.RealPart(row[k]);
            if (k == _n - 1)
                break;
            for (nint j = k + 1; j < _n; j++)
                row[j] = Scalars.Conjugate(row[j]);
            T alpha = row[k + 1];
            T tau = Householder.Generate(ref alpha, row + k + 2, _n - k - 2);
            Tau[k] = tau;
            e[k] = Scalars.RealPart(alpha);
            row[k + 1] = T.One;
            new Span<T>(row, (int)k + 1).Clear();

            nint count = _n - k - 1;
            if (k > 0)
                UpdateAndMultiply(row + Pitch, Pitch, count, k, v, w, row, p + k + 1);
            else
                VectorLoops.RowDots(p + 1, 1, row + Pitch, Pitch, row, count, _n);

            // y = τ·A·u, w = y − ½τ·(yᴴu)·u
            for (nint j = k + 1; j < _n; j++)
                p[j] *= tau;
            T half = Scalars.Create<T>(-0.5) * tau * VectorLoops.Dot(p + k + 1, row + k + 1, count);
            new Span<T>(w, (int)k + 1).Clear();
            for (nint j = k + 1; j < _n; j++)
                w[j] = p[j] + half * row[j];
            Buffer.MemoryCopy(row, v, Pitch * sizeof(T), Pitch * sizeof(T));
        }
    }

    /// <summary>Rows below: a −= v·wᴴ + w·vᴴ, and p = a·u. v, w and u are zero before their first element and in the padding.</summary>
    private readonly void UpdateAndMultiply(T* rows, nint pitch, nint count, nint k, T* v, T* w, T* u, T* p)
    {
        if (typeof(T) == typeof(float))
            UpdateReal((float*)rows, pitch, count, (int)k + 1, (float*)v, (float*)w, (float*)u, (float*)p);
        else if (typeof(T) == typeof(double))
            UpdateReal((double*)rows, pitch, count, (int)k + 1, (double*)v, (double*)w, (double*)u, (double*)p);
        else if (typeof(T) == typeof(Complex64))
            UpdateComplex((float*)rows, 2 * pitch, count, (int)k + 1, (float*)v, (float*)w, (float*)u, (float*)p);
        else
            UpdateComplex((double*)rows, 2 * pitch, count, (int)k + 1, (double*)v, (double*)w, (double*)u, (double*)p);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void UpdateReal<R>(R* rows, nint pitch, nint count, int first, R* v, R* w, R* u, R* p) where R : unmanaged, INumberBase<R>
    {
        int lanes = Vector512<R>.Count;
        nint start = first / lanes * lanes;
        for (nint i = 0; i < count; i += 4)
        {
            R* row0 = rows + i * pitch, row1 = row0 + pitch, row2 = row1 + pitch, row3 = row2 + pitch;
            R* vi = v + first + i, wi = w + first + i;
            Vector512<R> v0 = -Vector512.Create(vi[0]), v1 = -Vector512.Create(vi[1]), v2 = -Vector512.Create(vi[2]), v3 = -Vector512.Create(vi[3]);
            Vector512<R> w0 = -Vector512.Create(wi[0]), w1 = -Vector512.Create(wi[1]), w2 = -Vector512.Create(wi[2]), w3 = -Vector512.Create(wi[3]);
            Vector512<R> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (nint j = start; j < pitch; j += lanes)
            {
                Vector512<R> vj = Vector512.Load(v + j), wj = Vector512.Load(w + j), uj = Vector512.Load(u + j);
                Vector512<R> a = Fma(v0, wj, Fma(w0, vj, Vector512.Load(row0 + j)));
                a.Store(row0 + j);
                sum0 = Fma(a, uj, sum0);
                a = Fma(v1, wj, Fma(w1, vj, Vector512.Load(row1 + j)));
                a.Store(row1 + j);
                sum1 = Fma(a, uj, sum1);
                a = Fma(v2, wj, Fma(w2, vj, Vector512.Load(row2 + j)));
                a.Store(row2 + j);
                sum2 = Fma(a, uj, sum2);
                a = Fma(v3, wj, Fma(w3, vj, Vector512.Load(row3 + j)));
                a.Store(row3 + j);
                sum3 = Fma(a, uj, sum3);
            }

            p[i] = Vector512.Sum(sum0);
            p[i + 1] = Vector512.Sum(sum1);
            p[i + 2] = Vector512.Sum(sum2);
            p[i + 3] = Vector512.Sum(sum3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void UpdateComplex<R>(R* rows, nint pitch, nint count, int first, R* v, R* w, R* u, R* p) where R : unmanaged, INumberBase<R>
    {
        int lanes = Vector512<R>.Count;
        nint start = 2 * first / lanes * lanes;
        // conj(z)·(r + im·i), z the vector: re·zr + im·zi and im·zr − re·zi, so the conjugate is in the signs of the broadcasts.
        Vector512<R> signs = ComplexLoops.AlternatingSigns<R>();
        for (nint i = 0; i < count; i++)
        {
            R* row = rows + i * pitch;
            R* vi = v + 2 * (first + i), wi = w + 2 * (first + i);
            Vector512<R> vReal = Vector512.Create(vi[0]) * signs, vImaginary = -Vector512.Create(vi[1]);
            Vector512<R> wReal = Vector512.Create(wi[0]) * signs, wImaginary = -Vector512.Create(wi[1]);
            Vector512<R> straight = default, crossed = default;
            for (nint j = start; j < pitch; j += lanes)
            {
                Vector512<R> vj = Vector512.Load(v + j), wj = Vector512.Load(w + j), uj = Vector512.Load(u + j);
                Vector512<R> a = Vector512.Load(row + j);
                a = Fma(vReal, wj, Fma(vImaginary, ComplexLoops.Exchange(wj), a));
                a = Fma(wReal, vj, Fma(wImaginary, ComplexLoops.Exchange(vj), a));
                a.Store(row + j);
                straight = Fma(a, uj, straight);
                crossed = Fma(a, ComplexLoops.Exchange(uj), crossed);
            }

            p[2 * i] = -Vector512.Sum(straight * signs);
            p[2 * i + 1] = Vector512.Sum(crossed);
        }
    }

    /// <summary>Writes Qᵀ, row by row: row j is column j of Q.</summary>
    public readonly void FormTransposedQ(T* result, nint stride) =>
        ReflectorRows.WriteTransposedProduct(Matrix, Pitch, 1, _n - 1, Tau, _n, _n, result, stride);

    public readonly void Dispose() => _memory.Dispose();
}
