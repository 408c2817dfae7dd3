using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>All sizes of a pooling over contiguous planes; batch and channels together count as planes.</summary>
public readonly record struct PoolingShape
{
    /// <summary>Planes: batch × channels.</summary>
    public long Planes { get; private init; }
    /// <summary>Spatial sizes of the input.</summary>
    public Extent3 Input { get; private init; }
    /// <summary>Spatial sizes of the output.</summary>
    public Extent3 Output { get; private init; }
    /// <summary>Spatial sizes of a window; not used when adaptive.</summary>
    public Extent3 Kernel { get; private init; }
    /// <summary>Steps between windows; not used when adaptive.</summary>
    public Extent3 Stride { get; private init; }
    /// <summary>Border on either side of the input; not used when adaptive.</summary>
    public Extent3 Padding { get; private init; }
    /// <summary>Steps between the elements of a window; not used when adaptive.</summary>
    public Extent3 Dilation { get; private init; }
    /// <summary>Whether the windows follow from the output sizes.</summary>
    public bool IsAdaptive { get; private init; }

    /// <summary>Makes the shape of a pooling with a fixed window; spans hold one number per spatial dimension.</summary>
    public static PoolingShape Create(
        long planes, ReadOnlySpan<long> input, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, bool ceilMode)
    {
        var shape = new PoolingShape
        {
            Planes = planes,
            Input = Extent3.Create(input, 1),
            Kernel = Extent3.Create(kernel, 1),
            Stride = Extent3.Create(stride, 1),
            Padding = Extent3.Create(padding, 0),
            Dilation = Extent3.Create(dilation, 1),
        };
        return shape with
        {
            Output = new(
                OutputSize(shape.Input.Depth, shape.Kernel.Depth, shape.Stride.Depth, shape.Padding.Depth, shape.Dilation.Depth, ceilMode),
                OutputSize(shape.Input.Height, shape.Kernel.Height, shape.Stride.Height, shape.Padding.Height, shape.Dilation.Height, ceilMode),
                OutputSize(shape.Input.Width, shape.Kernel.Width, shape.Stride.Width, shape.Padding.Width, shape.Dilation.Width, ceilMode)),
        };
    }

    /// <summary>Makes the shape of an adaptive pooling, whose windows spread evenly over the input.</summary>
    public static PoolingShape CreateAdaptive(long planes, ReadOnlySpan<long> input, ReadOnlySpan<long> output) => new()
    {
        Planes = planes,
        Input = Extent3.Create(input, 1),
        Output = Extent3.Create(output, 1),
        IsAdaptive = true,
    };

    /// <summary>Windows along one dimension, zero or fewer if none fits; in ceil mode a last one may overhang, but must begin inside the input or its left border.</summary>
    public static long OutputSize(long input, long kernel, long stride, long padding, long dilation, bool ceilMode)
    {
        if (stride < 1 || dilation < 1 || kernel < 1)
            throw new ArgumentException($"kernel {kernel}, stride {stride} and dilation {dilation} must be positive");
        long room = input + 2 * padding - dilation * (kernel - 1) - 1 + (ceilMode ? stride - 1 : 0);
        long size = (room >= 0 ? room / stride : -((stride - 1 - room) / stride)) + 1;
        return ceilMode && (size - 1) * stride >= input + padding ? size - 1 : size;
    }
}

/// <summary>One window along one dimension, cut to the input.</summary>
/// <param name="Start">The first element inside the input.</param>
/// <param name="Count">How many elements lie inside.</param>
/// <param name="Step">From one element to the next.</param>
/// <param name="Extent">How many elements lie inside the input or its border: what an average that counts padding divides by.</param>
internal readonly record struct PoolingWindow(int Start, int Count, int Step, int Extent)
{
    /// <summary>Whether two windows differ at most in where they begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsLike(PoolingWindow other) => Count == other.Count && Step == other.Step && Extent == other.Extent;

    /// <summary>Whether the elements are pairs of neighbours.</summary>
    public bool ArePairs => Step == 1 && Count % 2 == 0;

    public static PoolingWindow[] Create(long input, long output, long kernel, long stride, long padding, long dilation, bool adaptive)
    {
        var windows = new PoolingWindow[output];
        for (long i = 0; i < output; i++)
        {
            if (adaptive)
            {
                long first = i * input / output, end = ((i + 1) * input + output - 1) / output;
                windows[i] = new((int)first, (int)(end - first), 1, (int)(end - first));
                continue;
            }
            long start = i * stride - padding;
            long skipped = start < 0 ? (-start + dilation - 1) / dilation : 0;
            long inside = Math.Max(0, (input - start + dilation - 1) / dilation);
            long count = Math.Max(0, Math.Min(kernel, inside) - skipped);
            windows[i] = new((int)(start + skipped * dilation), (int)count, (int)dilation, (int)Math.Min(kernel, input + padding - start));
        }
        return windows;
    }
}
