using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>What a pass of a convolution sums up: its result.</summary>
internal enum DepthwiseTarget
{
    /// <summary>The forward pass: products of input and weight.</summary>
    Output,
    /// <summary>The input gradient: products of the output's gradient and weight.</summary>
    Input,
    /// <summary>The weight gradient: products of input and the output's gradient.</summary>
    Weight,
}

/// <summary>For every element of a channel's result, the pairs of elements whose products add up to it.</summary>
internal readonly unsafe struct DepthwiseTerms
{
    private readonly nint* _pairs;

    /// <summary>Elements of the result, of the left factor and of the right one in one channel.</summary>
    public readonly nint Targets, Lefts, Rights;

    /// <summary>Where the pairs of each target begin, and behind the last one where they end.</summary>
    public readonly nint* Starts;

    /// <summary>Fills a table that the caller provides, of <see cref="TableSize"/> entries; places count in steps of <paramref name="lanes"/> elements.</summary>
    public DepthwiseTerms(in ConvolutionShape shape, DepthwiseTarget target, nint lanes, nint* table)
    {
        nint inputs = (nint)shape.Input.Count, outputs = (nint)shape.Output.Count, taps = (nint)shape.Kernel.Count;
        (Targets, Lefts, Rights) = target switch
        {
            DepthwiseTarget.Output => (outputs, inputs, taps),
            DepthwiseTarget.Input => (inputs, outputs, taps),
            _ => (taps, inputs, outputs),
        };
        Starts = table;
        _pairs = table + Targets + 1;
        new Span<nint>(table, (int)Targets + 1).Clear();
        // First how many each target has, then, with the ends of the lists before as beginnings, the pairs themselves.
        Walk(shape, target, lanes, fills: false);
        for (nint i = 1; i <= Targets; i++)
            Starts[i] += Starts[i - 1];
        for (nint i = Targets; i > 0; i--)
            Starts[i] = Starts[i - 1];
        Starts[0] = 0;
        Walk(shape, target, lanes, fills: true);
        for (nint i = Targets; i > 0; i--)
            Starts[i] = Starts[i - 1];
        Starts[0] = 0;
    }

    /// <summary>Entries of the table, at most.</summary>
    public static long TableSize(in ConvolutionShape shape) =>
        Math.Max(Math.Max(shape.Output.Count, shape.Input.Count), shape.Kernel.Count) + 1 + 2 * shape.Output.Count * shape.Kernel.Count;

    /// <summary>The places of the left and of the right factor, by turns.</summary>
    public nint* Pairs(nint target) => _pairs + 2 * Starts[target];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Walk(in ConvolutionShape shape, DepthwiseTarget target, nint lanes, bool fills)
    {
        nint output = 0;
        for (long depth = 0; depth < shape.Output.Depth; depth++)
        for (long height = 0; height < shape.Output.Height; height++)
        for (long width = 0; width < shape.Output.Width; width++, output++)
        {
            for (long kernelDepth = 0; kernelDepth < shape.Kernel.Depth; kernelDepth++)
            {
                long slice = depth * shape.Stride.Depth - shape.Padding.Depth + kernelDepth * shape.Dilation.Depth;
                if ((ulong)slice >= (ulong)shape.Input.Depth)
                    continue;
                for (long kernelHeight = 0; kernelHeight < shape.Kernel.Height; kernelHeight++)
                {
                    long row = height * shape.Stride.Height - shape.Padding.Height + kernelHeight * shape.Dilation.Height;
                    if ((ulong)row >= (ulong)shape.Input.Height)
                        continue;
                    nint tap = (nint)((kernelDepth * shape.Kernel.Height + kernelHeight) * shape.Kernel.Width);
                    long column = width * shape.Stride.Width - shape.Padding.Width;
                    for (long kernelWidth = 0; kernelWidth < shape.Kernel.Width; kernelWidth++, tap++, column += shape.Dilation.Width)
                    {
                        if ((ulong)column >= (ulong)shape.Input.Width)
                            continue;
                        nint input = (nint)((slice * shape.Input.Height + row) * shape.Input.Width + column);
                        switch (target)
                        {
                            case DepthwiseTarget.Output:
                                Add(output, input * lanes, tap * lanes, fills);
                                break;
                            case DepthwiseTarget.Input:
                                Add(input, output * lanes, tap * lanes, fills);
                                break;
                            default:
                                Add(tap, input * lanes, output * lanes, fills);
                                break;
                        }
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(nint target, nint left, nint right, bool fills)
    {
        nint at = Starts[target]++;
        if (!fills)
            return;
        _pairs[2 * at] = left;
        _pairs[2 * at + 1] = right;
    }
}
