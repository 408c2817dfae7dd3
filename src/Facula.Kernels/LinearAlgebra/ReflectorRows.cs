using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Reflectors stored one to a row, as the reductions to condensed form leave them.</summary>
internal static unsafe class ReflectorRows
{
    /// <summary>C = H₀·H₁·…·C for a matrix of <paramref name="order"/> rows.</summary>
    /// <param name="rows">Row k holds the vector of Hₖ, with its 1 at k + offset and zeros before it.</param>
    public static void Apply<T>(T* rows, nint pitch, nint offset, nint count, T* tau, nint order, T* c, nint stride, nint columns)
        where T : unmanaged, INumberBase<T>
    {
        if (count <= 0)
            return;
        nint width = Math.Min(BlockReflector<T>.WidthFor(count), count);
        var block = new BlockReflector<T>(rows, pitch, width);
        for (nint k = (count - 1) / width * width; k >= 0; k -= width)
        {
            nint start = k + offset;
            block.V = rows + k * pitch + start;
            block.Rows = order - start;
            block.Count = Math.Min(width, count - k);
            block.FormFactor(tau + k);
            block.ApplyLeft(c + start * stride, stride, columns, adjoint: false);
        }

        block.Dispose();
    }

    /// <summary>Writes the transpose of the first <paramref name="columns"/> columns of H₀·H₁·…, so that row j of the result is column j.</summary>
    /// <param name="rows">Row k holds the vector of Hₖ, with its 1 at k + offset and zeros before it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WriteTransposedProduct<T>(T* rows, nint pitch, nint offset, nint count, T* tau, nint order, nint columns, T* result, nint stride)
        where T : unmanaged, INumberBase<T>
    {
        nint height = Triangular.Pitch<T>(columns);
        using var memory = Scratch.Rent<T>(order * height);
        T* q = (T*)memory.Pointer;
        for (nint i = 0; i < order; i++)
        {
            new Span<T>(q + i * height, (int)height).Clear();
            if (i < columns)
                q[i * height + i] = T.One;
        }

        if (count > 0)
        {
            nint width = Math.Min(BlockReflector<T>.WidthFor(count), count);
            var block = new BlockReflector<T>(rows, pitch, width);
            for (nint k = (count - 1) / width * width; k >= 0; k -= width)
            {
                nint start = k + offset;
                block.V = rows + k * pitch + start;
                block.Rows = order - start;
                block.Count = Math.Min(width, count - k);
                block.FormFactor(tau + k);
                // Left of column start the product is still the identity.
                nint from = Math.Min(start, columns);
                block.ApplyLeft(q + start * height + from, height, columns - from, adjoint: false);
            }

            block.Dispose();
        }

        VectorLoops.Transpose(q, height, result, stride, order, columns);
    }

    /// <summary>Row order[j] becomes column j, in squares that stay in the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WriteColumns<T, R>(R* rows, nint rowPitch, nint count, nint length, int* order, T* columns, nint pitch)
        where T : unmanaged, INumberBase<T>
        where R : unmanaged
    {
        const int side = 16;
        R** sources = stackalloc R*[side];
        for (nint j0 = 0; j0 < count; j0 += side)
        {
            nint width = Math.Min(side, count - j0);
            for (nint j = 0; j < width; j++)
                sources[j] = rows + order[j0 + j] * rowPitch;
            for (nint i = 0; i < length; i++)
            {
                T* target = columns + i * pitch + j0;
                for (nint j = 0; j < width; j++)
                    target[j] = typeof(R) == typeof(T) ? (T)(object)sources[j][i] : Scalars.Create<T>(Scalars.RealPart(sources[j][i]));
            }
        }
    }
}
