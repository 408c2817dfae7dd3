using System.Numerics;

namespace Facula.Kernels;

/// <summary>Sizes of the sliding patches of planes (H, W).</summary>
/// <param name="Planes">Batch × channels.</param>
/// <param name="Height">Height of the planes.</param>
/// <param name="Width">Width of the planes.</param>
/// <param name="KernelHeight">Height of a patch, in taps.</param>
/// <param name="KernelWidth">Width of a patch, in taps.</param>
/// <param name="Rows">Patches from top to bottom.</param>
/// <param name="Columns">Patches from left to right.</param>
public readonly record struct PatchShape(long Planes, long Height, long Width, long KernelHeight, long KernelWidth, long Rows, long Columns)
{
    /// <summary>Steps between patches.</summary>
    public (long Height, long Width) Stride { get; init; }
    /// <summary>Border of zeros.</summary>
    public (long Height, long Width) Padding { get; init; }
    /// <summary>Steps between taps.</summary>
    public (long Height, long Width) Dilation { get; init; }
}

/// <summary>Patches of planes as rows of a matrix (planes · kernel, rows · columns), and back.</summary>
public static unsafe class Patches
{
    /// <summary>Copies every tap of every patch; taps in the border are zero.</summary>
    public static void Unfold<T>(in PatchShape shape, T* planes, T* patches) where T : unmanaged
    {
        var body = new UnfoldBody<T> { Shape = shape, Planes = planes, Patches = patches };
        WorkerPool.Run((int)shape.Planes, ref body);
    }

    /// <summary>Adds every tap of every patch to the element it covers.</summary>
    public static void Fold<T>(in PatchShape shape, T* patches, T* planes) where T : unmanaged, INumberBase<T>
    {
        var body = new FoldBody<T> { Shape = shape, Planes = planes, Patches = patches };
        WorkerPool.Run((int)shape.Planes, ref body);
    }

    /// <summary>The positions for which first + i · stride lies within 0 … size − 1.</summary>
    private static (long First, long End) Within(long first, long stride, long size, long count)
    {
        long from = first >= 0 ? 0 : (-first + stride - 1) / stride, end = first >= size ? 0 : (size - 1 - first) / stride + 1;
        return (Math.Min(from, count), Math.Clamp(end, Math.Min(from, count), count));
    }

    private struct UnfoldBody<T> : IParallelBody where T : unmanaged
    {
        public PatchShape Shape;
        public T* Planes, Patches;

        public readonly void Run(int plane)
        {
            T* from = Planes + plane * Shape.Height * Shape.Width;
            T* to = Patches + plane * Shape.KernelHeight * Shape.KernelWidth * Shape.Rows * Shape.Columns;
            for (long kh = 0; kh < Shape.KernelHeight; kh++)
                for (long kw = 0; kw < Shape.KernelWidth; kw++)
                {
                    long left = kw * Shape.Dilation.Width - Shape.Padding.Width;
                    (long first, long end) = Within(left, Shape.Stride.Width, Shape.Width, Shape.Columns);
                    for (long row = 0; row < Shape.Rows; row++, to += Shape.Columns)
                    {
                        long y = row * Shape.Stride.Height + kh * Shape.Dilation.Height - Shape.Padding.Height;
                        var line = new Span<T>(to, (int)Shape.Columns);
                        if (y < 0 || y >= Shape.Height)
                        {
                            line.Clear();
                            continue;
                        }
                        line[..(int)first].Clear();
                        T* source = from + y * Shape.Width + left;
                        if (Shape.Stride.Width == 1) new ReadOnlySpan<T>(source + first, (int)(end - first)).CopyTo(line[(int)first..]);
                        else for (long x = first; x < end; x++) to[x] = source[x * Shape.Stride.Width];
                        line[(int)end..].Clear();
                    }
                }
        }
    }

    private struct FoldBody<T> : IParallelBody where T : unmanaged, INumberBase<T>
    {
        public PatchShape Shape;
        public T* Planes, Patches;

        public readonly void Run(int plane)
        {
            T* to = Planes + plane * Shape.Height * Shape.Width;
            new Span<T>(to, (int)(Shape.Height * Shape.Width)).Clear();
            T* from = Patches + plane * Shape.KernelHeight * Shape.KernelWidth * Shape.Rows * Shape.Columns;
            for (long kh = 0; kh < Shape.KernelHeight; kh++)
                for (long kw = 0; kw < Shape.KernelWidth; kw++)
                {
                    long left = kw * Shape.Dilation.Width - Shape.Padding.Width;
                    (long first, long end) = Within(left, Shape.Stride.Width, Shape.Width, Shape.Columns);
                    for (long row = 0; row < Shape.Rows; row++, from += Shape.Columns)
                    {
                        long y = row * Shape.Stride.Height + kh * Shape.Dilation.Height - Shape.Padding.Height;
                        if (y < 0 || y >= Shape.Height) continue;
                        T* line = to + y * Shape.Width + left;
                        for (long x = first; x < end; x++) line[x * Shape.Stride.Width] += from[x];
                    }
                }
        }
    }
}
