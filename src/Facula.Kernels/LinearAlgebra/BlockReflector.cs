using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>A product of reflectors as I − V·T·Vᴴ, so that it is applied by matrix products.</summary>
/// <remarks>
/// V is <c>rows</c> × <c>count</c> with its columns along memory, zeros above the unit diagonal written out; T is upper triangular, row by
/// row, <see cref="Capacity"/> to a row. The blocks of one factorisation share the memory.
/// </remarks>
internal unsafe struct BlockReflector<T> : IDisposable where T : unmanaged, INumberBase<T>
{
    // Sums of so few products are exact enough in single precision.
    private const int ShortSum = 64;

    private readonly Scratch _memory;
    private readonly T* _gram;
    private Scratch _work;
    private nint _workSize;

    public BlockReflector(nint rows, nint capacity)
    {
        Capacity = capacity;
        Height = Triangular.Pitch<T>(rows);
        nint square = (capacity * capacity + 15) & -16;
        _memory = Scratch.Rent<T>(Height * capacity + 2 * square);
        V = (T*)_memory.Pointer;
        Factor = V + Height * capacity;
        _gram = Factor + square;
    }

    /// <summary>For reflectors that lie in the form of V already: set <see cref="V"/> to them.</summary>
    public BlockReflector(T* v, nint height, nint capacity)
    {
        Capacity = capacity;
        Height = height;
        V = v;
        nint square = (capacity * capacity + 15) & -16;
        _memory = Scratch.Rent<T>(2 * square);
        Factor = (T*)_memory.Pointer;
        _gram = Factor + square;
    }

    /// <summary>The columns of V, <see cref="Height"/> apart.</summary>
    public T* V { get; set; }
    public readonly nint Height { get; }
    public readonly nint Capacity { get; }
    public readonly T* Factor { get; }
    public nint Rows { get; set; }
    public nint Count { get; set; }

    /// <summary>The width of blocks for a factorisation of this many columns.</summary>
    public static nint WidthFor(nint columns) => columns <= 64 ? 16 : columns <= 1024 ? 32 : 48;

    /// <summary>Reads reflectors that lie below the diagonal of a matrix stored by rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(T* a, nint stride, nint rows, nint count, T* tau)
    {
        Rows = rows;
        Count = count;
        VectorLoops.Transpose(a, stride, V, Height, rows, count);
        for (nint j = 0; j < count; j++)
        {
            new Span<T>(V + j * Height, (int)j).Clear();
            V[j * Height + j] = T.One;
        }

        FormFactor(tau);
    }

    /// <summary>T from V and the τ: column j is −τⱼ·T·(Vᴴvⱼ), then τⱼ.</summary>
    public void FormFactor(T* tau)
    {
        if (Scalars.IsSingle<T>() && Rows > ShortSum)
            FormGramWidely();
        else
            MatrixProduct.Multiply(V, Height, 1, true, V, 1, Height, false, _gram, Capacity, Count, Count, Rows, 1, 0);
        for (nint j = 0; j < Count; j++)
            ExtendFactor(j, tau[j], _gram + j, Capacity);
    }

    /// <summary>VᴴV summed in double: an error in the long sums is one in the product's orthogonality.</summary>
    private readonly void FormGramWidely()
    {
        int parts = Scalars.IsComplex<T>() ? 2 : 1;
        nint length = parts * Rows, pitch = Triangular.Pitch<double>(length);
        using var memory = Scratch.Rent<double>(Count * (pitch + parts * Count));
        double* wide = (double*)memory.Pointer, gram = wide + Count * pitch;
        for (nint j = 0; j < Count; j++)
            RealLoops.Widen((float*)(V + j * Height), wide + j * pitch, length);
        if (parts == 1)
        {
            MatrixProduct.Multiply(wide, pitch, 1, wide, 1, pitch, gram, Count, Count, Count, Rows, 1, 0);
            for (nint i = 0; i < Count; i++)
                for (nint j = 0; j < Count; j++)
                    _gram[i * Capacity + j] = Scalars.Create<T>(gram[i * Count + j]);
            return;
        }

        Complex* numbers = (Complex*)wide, products = (Complex*)gram;
        MatrixProduct.Multiply(numbers, pitch / 2, 1, true, numbers, 1, pitch / 2, false, products, Count, Count, Count, Rows, 1, 0);
        for (nint i = 0; i < Count; i++)
            for (nint j = 0; j < Count; j++)
                _gram[i * Capacity + j] = Scalars.Narrow<T>(products[i * Count + j]);
    }

    /// <summary>Writes column <paramref name="j"/> of T, given Vᴴvⱼ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void ExtendFactor(nint j, T tau, T* products, nint step)
    {
        for (nint i = 0; i < j; i++)
        {
            T sum = T.Zero;
            for (nint k = i; k < j; k++)
                sum += Factor[i * Capacity + k] * products[k * step];
            Factor[i * Capacity + j] = -tau * sum;
            Factor[j * Capacity + i] = T.Zero;
        }

        Factor[j * Capacity + j] = tau;
    }

    /// <summary>C = (I − V·T·Vᴴ)·C, or with the adjoint of T.</summary>
    public void ApplyLeft(T* c, nint stride, nint columns, bool adjoint)
    {
        if (columns <= 0 || Count == 0)
            return;
        nint pitch = Triangular.Pitch<T>(columns);
        T* first = Work(2 * Count * pitch), second = first + Count * pitch;
        MatrixProduct.Multiply(V, Height, 1, true, c, stride, 1, false, first, pitch, Count, columns, Rows, 1, 0);
        MatrixProduct.Multiply(Factor, adjoint ? 1 : Capacity, adjoint ? Capacity : 1, adjoint, first, pitch, 1, false, second, pitch, Count, columns, Count, 1, 0);
        MatrixProduct.Multiply(V, 1, Height, false, second, pitch, 1, false, c, stride, Rows, columns, Count, -1, 1);
    }

    /// <summary>C = C·(I − V·T·Vᴴ), or with the adjoint of T.</summary>
    public void ApplyRight(T* c, nint stride, nint rows, bool adjoint)
    {
        if (rows <= 0 || Count == 0)
            return;
        nint pitch = Triangular.Pitch<T>(Count);
        T* first = Work(2 * rows * pitch), second = first + rows * pitch;
        MatrixProduct.Multiply(c, stride, 1, false, V, 1, Height, false, first, pitch, rows, Count, Rows, 1, 0);
        MatrixProduct.Multiply(first, pitch, 1, false, Factor, adjoint ? 1 : Capacity, adjoint ? Capacity : 1, adjoint, second, pitch, rows, Count, Count, 1, 0);
        MatrixProduct.Multiply(second, pitch, 1, false, V, Height, 1, true, c, stride, rows, Rows, Count, -1, 1);
    }

    private T* Work(nint count)
    {
        if (count > _workSize)
        {
            _work.Dispose();
            _work = Scratch.Rent<T>(count);
            _workSize = count;
        }

        return (T*)_work.Pointer;
    }

    public readonly void Dispose()
    {
        _work.Dispose();
        _memory.Dispose();
    }
}
