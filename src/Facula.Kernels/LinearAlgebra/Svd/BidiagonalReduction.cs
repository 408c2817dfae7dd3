using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>Reduction of a tall matrix to real upper bidiagonal form, A = Q·B·Pᴴ.</summary>
/// <remarks>
/// Two passes over the matrix per step: the first subtracts the changes of the previous pair of reflectors and multiplies by the next left
/// one, the second only reads, to multiply by the next right one.
/// </remarks>
internal unsafe struct BidiagonalReduction<T> : IDisposable where T : unmanaged, INumberBase<T>
{
    private readonly Scratch _memory;
    private readonly nint _m, _n;

    /// <summary>Room for an m × n matrix, m ≥ n: fill <see cref="Matrix"/>, whose padding is zero.</summary>
    public BidiagonalReduction(nint m, nint n)
    {
        _m = m;
        _n = n;
        Pitch = Triangular.Pitch<T>(n);
        Height = Triangular.Pitch<T>(m + 4);
        // Rows are taken by fours.
        nint rows = m + 4, count = rows * Pitch + n * (Height + Pitch) + 2 * Height + 6 * Pitch;
        _memory = Scratch.Rent<T>(count);
        Matrix = (T*)_memory.Pointer;
        Left = Matrix + rows * Pitch;
        Right = Left + n * Height;
        LeftTau = Right + n * Pitch;
        RightTau = LeftTau + Pitch;
        for (nint i = 0; i < rows; i++)
            new Span<T>(Matrix + i * Pitch + (i < m ? n : 0), (int)(i < m ? Pitch - n : Pitch)).Clear();
        for (T* start = Left, end = Matrix + count; start < end; start += Height)
            new Span<T>(start, (int)Math.Min(Height, end - start)).Clear();
    }

    public T* Matrix { get; }
    public nint Pitch { get; }
    /// <summary>The length of a row of <see cref="Left"/>.</summary>
    public nint Height { get; }
    /// <summary>Left reflector k in row k from column k on.</summary>
    public T* Left { get; }
    /// <summary>Right reflector k in row k from column k + 1 on.</summary>
    public T* Right { get; }
    public T* LeftTau { get; }
    public T* RightTau { get; }

    /// <summary>Reduces; d receives the diagonal and e the n − 1 elements above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(double* d, double* e)
    {
        T* y = RightTau + Pitch, u = y + Pitch, sums = u + Pitch, z = sums + Pitch, products = z + Height;
        for (nint k = 0; k < _n; k++)
        {
            // A still lacks the previous change, v·y + z·u (y and u as rows).
            T* previous = Left + (k - 1) * Height;
            T* v = Left + k * Height;
            T* row = Matrix + k * Pitch;
            for (nint i = k; i < _m; i++)
                v[i] = Matrix[i * Pitch + k];
            if (k > 0)
            {
                T byY = y[k], byU = u[k];
                for (nint i = k; i < _m; i++)
                    v[i] -= previous[i] * byY + z[i] * byU;
            }

            T alpha = v[k];
            T tau = Householder.Generate(ref alpha, v + k + 1, _m - k - 1);
            LeftTau[k] = tau;
            d[k] = Scalars.RealPart(alpha);
            v[k] = T.One;
            if (k == _n - 1)
                break;

            new Span<T>(sums, (int)Pitch).Clear();
            UpdateAndCombine(row, _m - k, k, k > 0 ? previous + k : z + k, y, z + k, u, v + k, sums);
            // y = τ̄·vᴴ·A
            T turned = Scalars.Conjugate(tau);
            new Span<T>(y, (int)k + 1).Clear();
            for (nint j = k + 1; j < _n; j++)
                y[j] = turned * sums[j];

            T* next = Right + k * Pitch;
            for (nint j = k + 1; j < _n; j++)
                next[j] = Scalars.Conjugate(row[j] - y[j]);
            alpha = next[k + 1];
            tau = Householder.Generate(ref alpha, next + k + 2, _n - k - 2);
            RightTau[k] = tau;
            e[k] = Scalars.RealPart(alpha);
            next[k + 1] = T.One;
            new Span<T>(u, (int)k + 1).Clear();
            for (nint j = k + 1; j < _n; j++)
                u[j] = Scalars.Conjugate(next[j]);

            // z = τ·(A − v·y)·u
            VectorLoops.RowDots(products, 1, row + Pitch + k + 1, Pitch, next + k + 1, _m - k - 1, _n - k - 1);
            T overlap = VectorLoops.DotPlain(y + k + 1, next + k + 1, _n - k - 1);
            for (nint i = k + 1; i < _m; i++)
                z[i] = tau * (products[i - k - 1] - v[i] * overlap);
        }
    }

    /// <summary>Rows: a −= v·y + z·u, and sums += conj(new)·a. y and u are zero before the active columns.</summary>
    private readonly void UpdateAndCombine(T* rows, nint count, nint k, T* v, T* y, T* z, T* u, T* next, T* sums)
    {
        if (typeof(T) == typeof(float))
            UpdateReal((float*)rows, Pitch, count, (int)k, (float*)v, (float*)y, (float*)z, (float*)u, (float*)next, (float*)sums);
        else if (typeof(T) == typeof(double))
            UpdateReal((double*)rows, Pitch, count, (int)k, (double*)v, (double*)y, (double*)z, (double*)u, (double*)next, (double*)sums);
        else if (typeof(T) == typeof(Complex64))
            UpdateComplex((float*)rows, 2 * Pitch, count, 2 * (int)k, (float*)v, (float*)y, (float*)z, (float*)u, (float*)next, (float*)sums);
        else
            UpdateComplex((double*)rows, 2 * Pitch, count, 2 * (int)k, (double*)v, (double*)y, (double*)z, (double*)u, (double*)next, (double*)sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpdateReal<R>(R* rows, nint pitch, nint count, int first, R* v, R* y, R* z, R* u, R* next, R* sums) where R : unmanaged, INumberBase<R>
    {
        int lanes = Vector512<R>.Count;
        nint start = first / lanes * lanes, i = 0;
        for (; i <= count - 4; i += 4)
        {
            R* row0 = rows + i * pitch, row1 = row0 + pitch, row2 = row1 + pitch, row3 = row2 + pitch;
            Vector512<R> v0 = -Vector512.Create(v[i]), v1 = -Vector512.Create(v[i + 1]), v2 = -Vector512.Create(v[i + 2]), v3 = -Vector512.Create(v[i + 3]);
            Vector512<R> z0 = -Vector512.Create(z[i]), z1 = -Vector512.Create(z[i + 1]), z2 = -Vector512.Create(z[i + 2]), z3 = -Vector512.Create(z[i + 3]);
            Vector512<R> x0 = Vector512.Create(next[i]), x1 = Vector512.Create(next[i + 1]), x2 = Vector512.Create(next[i + 2]), x3 = Vector512.Create(next[i + 3]);
            for (nint j = start; j < pitch; j += lanes)
            {
                Vector512<R> yj = Vector512.Load(y + j), uj = Vector512.Load(u + j), sum = Vector512.Load(sums + j);
                Vector512<R> a = Fma(v0, yj, Fma(z0, uj, Vector512.Load(row0 + j)));
                a.Store(row0 + j);
                sum = Fma(x0, a, sum);
                a = Fma(v1, yj, Fma(z1, uj, Vector512.Load(row1 + j)));
                a.Store(row1 + j);
                sum = Fma(x1, a, sum);
                a = Fma(v2, yj, Fma(z2, uj, Vector512.Load(row2 + j)));
                a.Store(row2 + j);
                sum = Fma(x2, a, sum);
                a = Fma(v3, yj, Fma(z3, uj, Vector512.Load(row3 + j)));
                a.Store(row3 + j);
                Fma(x3, a, sum).Store(sums + j);
            }
        }

        for (; i < count; i++)
        {
            R* row = rows + i * pitch;
            Vector512<R> v0 = -Vector512.Create(v[i]), z0 = -Vector512.Create(z[i]), x0 = Vector512.Create(next[i]);
            for (nint j = start; j < pitch; j += lanes)
            {
                Vector512<R> a = Fma(v0, Vector512.Load(y + j), Fma(z0, Vector512.Load(u + j), Vector512.Load(row + j)));
                a.Store(row + j);
                Fma(x0, a, Vector512.Load(sums + j)).Store(sums + j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpdateComplex<R>(R* rows, nint pitch, nint count, int first, R* v, R* y, R* z, R* u, R* next, R* sums) where R : unmanaged, INumberBase<R>
    {
        int lanes = Vector512<R>.Count;
        nint start = first / lanes * lanes;
        Vector512<R> signs = ComplexLoops.AlternatingSigns<R>();
        for (nint i = 0; i < count; i++)
        {
            R* row = rows + i * pitch;
            Vector512<R> vReal = -Vector512.Create(v[2 * i]), vImaginary = -Vector512.Create(v[2 * i + 1]) * signs;
            Vector512<R> zReal = -Vector512.Create(z[2 * i]), zImaginary = -Vector512.Create(z[2 * i + 1]) * signs;
            // conj(new): the sign of its imaginary part is turned.
            Vector512<R> xReal = Vector512.Create(next[2 * i]), xImaginary = -Vector512.Create(next[2 * i + 1]) * signs;
            for (nint j = start; j < pitch; j += lanes)
            {
                Vector512<R> yj = Vector512.Load(y + j), uj = Vector512.Load(u + j), a = Vector512.Load(row + j);
                a = Fma(vReal, yj, Fma(vImaginary, ComplexLoops.Exchange(yj), a));
                a = Fma(zReal, uj, Fma(zImaginary, ComplexLoops.Exchange(uj), a));
                a.Store(row + j);
                Fma(xReal, a, Fma(xImaginary, ComplexLoops.Exchange(a), Vector512.Load(sums + j))).Store(sums + j);
            }
        }
    }

    public readonly void Dispose() => _memory.Dispose();
}
