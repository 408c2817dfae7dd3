using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>Reduction of a general matrix to upper Hessenberg form, A = Q·H·Qᴴ, with a real subdiagonal.</summary>
/// <remarks>One pass over the matrix per step subtracts the change of the previous reflector and multiplies by the next one from both sides.</remarks>
internal unsafe struct HessenbergReduction<T> : IDisposable where T : unmanaged, INumberBase<T>
{
    private readonly Scratch _memory;
    private readonly nint _n;

    /// <summary>Room for a matrix of order n: fill <see cref="Matrix"/>, whose padding is zero.</summary>
    public HessenbergReduction(nint n)
    {
        _n = n;
        Pitch = Triangular.Pitch<T>(n);
        _memory = Scratch.Rent<T>((2 * n + 6) * Pitch);
        Matrix = (T*)_memory.Pointer;
        Reflectors = Matrix + n * Pitch;
        Tau = Reflectors + n * Pitch;
        for (T* p = Reflectors, end = Matrix + (2 * n + 6) * Pitch; p < end; p++)
            *p = T.Zero;
        for (nint i = 0; i < n; i++)
            new Span<T>(Matrix + i * Pitch + n, (int)(Pitch - n)).Clear();
    }

    public T* Matrix { get; }
    public nint Pitch { get; }
    /// <summary>Reflector k in row k, its 1 at k + 1; those that are not needed have τ = 0.</summary>
    public T* Reflectors { get; }
    public T* Tau { get; }
    public readonly nint Count => Math.Max(0, _n - 1);

    /// <summary>Reduces the rows and columns from first to last; outside, the matrix is triangular already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(nint first, nint last)
    {
        nint n = _n;
        // Pending: a −= z·u + v·y, u = vᴴ; z and v columns, u and y rows.
        T* z = Tau + Pitch, y = z + Pitch, u = y + Pitch, dots = u + Pitch;
        T* sums = dots + Pitch;
        T* v = null;
        // In a complex matrix the last step only turns the phase of one number.
        nint steps = Scalars.IsComplex<T>() ? last : last - 1;
        for (nint k = 0; k < Count; k++)
            Reflectors[k * Pitch + k + 1] = T.One;
        for (nint k = first; k < steps; k++)
        {
            T* next = Reflectors + k * Pitch;
            if (v != null)
            {
                T byZ = u[k], byV = y[k];
                for (nint i = 0; i <= last; i++)
                    Matrix[i * Pitch + k] -= z[i] * byZ + v[i] * byV;
            }

            for (nint i = k + 1; i <= last; i++)
                next[i] = Matrix[i * Pitch + k];
            T alpha = next[k + 1];
            T tau = Householder.Generate(ref alpha, next + k + 2, last - k - 1);
            Tau[k] = tau;
            next[k + 1] = T.One;
            Matrix[(k + 1) * Pitch + k] = alpha;
            for (nint i = k + 2; i <= last; i++)
                Matrix[i * Pitch + k] = T.Zero;

            // Column k is done; nothing may touch it any more.
            u[k] = y[k] = T.Zero;
            new Span<T>(sums, (int)Pitch).Clear();
            Update(last + 1, k + 1, z, u, v == null ? z : v, y, next, dots, sums);

            // Hᴴ·A·H = A − τ·(A·v)·vᴴ − v·(τ̄·(vᴴA − τ·(vᴴAv)·vᴴ))
            T overlap = VectorLoops.Dot(next + k + 1, dots + k + 1, last - k);
            T turned = Scalars.Conjugate(tau), both = tau * overlap;
            new Span<T>(y, (int)k + 1).Clear();
            new Span<T>(u, (int)k + 1).Clear();
            for (nint j = k + 1; j < n; j++)
            {
                u[j] = Scalars.Conjugate(next[j]);
                y[j] = turned * (sums[j] - both * u[j]);
            }

            for (nint i = 0; i <= last; i++)
                z[i] = tau * dots[i];
            v = next;
        }

        if (v == null)
            return;
        for (nint i = 0; i <= last; i++)
        {
            T* row = Matrix + i * Pitch;
            for (nint j = Math.Max(steps, 0); j < n; j++)
                row[j] -= z[i] * u[j] + v[i] * y[j];
        }
    }

    /// <summary>Rows 0 … rows − 1: a −= z·u + v·y, dots = a·x and sums = conj(x)·a, x the next reflector, zero before column <paramref name="first"/>.</summary>
    private readonly void Update(nint rows, nint first, T* z, T* u, T* v, T* y, T* x, T* dots, T* sums)
    {
        if (typeof(T) == typeof(double))
            UpdateReal((double*)Matrix, Pitch, rows, (int)first, (double*)z, (double*)u, (double*)v, (double*)y, (double*)x, (double*)dots, (double*)sums);
        else
            UpdateComplex((double*)Matrix, 2 * Pitch, rows, 2 * (int)first, (double*)z, (double*)u, (double*)v, (double*)y, (double*)x, (double*)dots, (double*)sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpdateReal(double* matrix, nint pitch, nint rows, int first, double* z, double* u, double* v, double* y, double* x, double* dots, double* sums)
    {
        int lanes = Vector512<double>.Count;
        nint start = first / lanes * lanes, i = 0;
        for (; i <= rows - 2; i += 2)
        {
            double* row0 = matrix + i * pitch, row1 = row0 + pitch;
            Vector512<double> z0 = Vector512.Create(-z[i]), z1 = Vector512.Create(-z[i + 1]), v0 = Vector512.Create(-v[i]), v1 = Vector512.Create(-v[i + 1]);
            Vector512<double> x0 = Vector512.Create(x[i]), x1 = Vector512.Create(x[i + 1]), dot0 = default, dot1 = default;
            for (nint j = start; j < pitch; j += lanes)
            {
                Vector512<double> uj = Vector512.Load(u + j), yj = Vector512.Load(y + j), xj = Vector512.Load(x + j);
                Vector512<double> a0 = Fma(z0, uj, Fma(v0, yj, Vector512.Load(row0 + j)));
                Vector512<double> a1 = Fma(z1, uj, Fma(v1, yj, Vector512.Load(row1 + j)));
                a0.Store(row0 + j);
                a1.Store(row1 + j);
                dot0 = Fma(a0, xj, dot0);
                dot1 = Fma(a1, xj, dot1);
                Fma(x0, a0, Fma(x1, a1, Vector512.Load(sums + j))).Store(sums + j);
            }

            dots[i] = Vector512.Sum(dot0);
            dots[i + 1] = Vector512.Sum(dot1);
        }

        for (; i < rows; i++)
        {
            double* row = matrix + i * pitch;
            Vector512<double> z0 = Vector512.Create(-z[i]), v0 = Vector512.Create(-v[i]), x0 = Vector512.Create(x[i]), dot = default;
            for (nint j = start; j < pitch; j += lanes)
            {
                Vector512<double> a = Fma(z0, Vector512.Load(u + j), Fma(v0, Vector512.Load(y + j), Vector512.Load(row + j)));
                a.Store(row + j);
                dot = Fma(a, Vector512.Load(x + j), dot);
                Fma(x0, a, Vector512.Load(sums + j)).Store(sums + j);
            }

            dots[i] = Vector512.Sum(dot);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpdateComplex(double* matrix, nint pitch, nint rows, int first, double* z, double* u, double* v, double* y, double* x, double* dots, double* sums)
    {
        int lanes = Vector512<double>.Count;
        nint start = first / lanes * lanes;
        Vector512<double> signs = ComplexLoops.AlternatingSigns<double>();
        for (nint i = 0; i < rows; i++)
        {
            double* row = matrix + i * pitch;
            Vector512<double> zReal = Vector512.Create(-z[2 * i]), zImaginary = Vector512.Create(-z[2 * i + 1]) * signs;
            Vector512<double> vReal = Vector512.Create(-v[2 * i]), vImaginary = Vector512.Create(-v[2 * i + 1]) * signs;
            Vector512<double> xReal = Vector512.Create(x[2 * i]), xImaginary = Vector512.Create(-x[2 * i + 1]) * signs;
            Vector512<double> straight = default, crossed = default;
            for (nint j = start; j < pitch; j += lanes)
            {
                Vector512<double> uj = Vector512.Load(u + j), yj = Vector512.Load(y + j), xj = Vector512.Load(x + j), a = Vector512.Load(row + j);
                a = Fma(zReal, uj, Fma(zImaginary, ComplexLoops.Exchange(uj), a));
                a = Fma(vReal, yj, Fma(vImaginary, ComplexLoops.Exchange(yj), a));
                a.Store(row + j);
                Vector512<double> turned = ComplexLoops.Exchange(a);
                straight = Fma(a, xj, straight);
                crossed = Fma(turned, xj, crossed);
                Fma(xReal, a, Fma(xImaginary, turned, Vector512.Load(sums + j))).Store(sums + j);
            }

            dots[2 * i] = -Vector512.Sum(straight * signs);
            dots[2 * i + 1] = Vector512.Sum(crossed);
        }
    }

    public readonly void Dispose() => _memory.Dispose();
}
