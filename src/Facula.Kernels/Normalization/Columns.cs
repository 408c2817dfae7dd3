using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Sums over the rows of a matrix, per column, in double.</summary>
public static unsafe class Columns
{
    private const long Line = 512;
    private const long RowBlock = 64;

    /// <summary>
    /// Per column: Σ g and Σ g · (source − center), g being the gradient, or source − center itself where the gradient is null.
    /// </summary>
    public static void Sums<T>(T* gradient, T* source, long rows, long columns, double* center, double* sums, double* products) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new Body<T> { Gradient = gradient, Source = source, Rows = rows, Width = columns, Center = center, Sum = sums, Product = products };
        WorkerPool.Run((int)((columns + Line - 1) / Line), ref body);
    }

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Gradient, Source;
        public double* Center, Sum, Product;
        public long Rows, Width;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long first = chunk * Line, columns = Math.Min(Line, Width - first);
            T* lines = stackalloc T[(int)(3 * Line)];
            T* center = lines + 2 * Line;
            for (long j = 0; j < columns; j++)
            {
                center[j] = T.CreateTruncating(Center[first + j]);
                Sum[first + j] = Product[first + j] = 0;
            }
            for (long row = 0; row < Rows; row += RowBlock)
            {
                new Span<T>(lines, (int)(2 * Line)).Clear();
                long at = row * Width + first;
                Add(Gradient == null ? null : Gradient + at, Source + at, Math.Min(RowBlock, Rows - row), Width, columns, center, lines, lines + Line);
                for (long j = 0; j < columns; j++)
                {
                    Sum[first + j] += double.CreateTruncating(lines[j]);
                    Product[first + j] += double.CreateTruncating(lines[Line + j]);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Add(T* gradient, T* source, long rows, long stride, long columns, T* center, T* sums, T* products)
        {
            int width = Vector512<T>.Count;
            for (long row = 0; row < rows; row++, source += stride)
            {
                T* g = gradient == null ? null : gradient + row * stride;
                long j = 0;
                for (; j <= columns - width; j += width)
                {
                    Vector512<T> d = Vector512.Load(source + j) - Vector512.Load(center + j), v = g == null ? d : Vector512.Load(g + j);
                    (Vector512.Load(sums + j) + v).Store(sums + j);
                    (Vector512.Load(products + j) + v * d).Store(products + j);
                }
                for (; j < columns; j++)
                {
                    T d = source[j] - center[j], v = g == null ? d : g[j];
                    sums[j] += v;
                    products[j] += v * d;
                }
            }
        }
    }
}
