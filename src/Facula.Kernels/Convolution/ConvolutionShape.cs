namespace Facula.Kernels;

/// <summary>Sizes along depth, height and width; a convolution of fewer dimensions has ones (and zero padding) in front.</summary>
public readonly record struct Extent3(long Depth, long Height, long Width)
{
    /// <summary>The product of the three sizes.</summary>
    public long Count => Depth * Height * Width;

    /// <summary>Reads one to three numbers, filling up in front.</summary>
    public static Extent3 Create(ReadOnlySpan<long> sizes, long filler) => sizes.Length switch
    {
        1 => new(filler, filler, sizes[0]),
        2 => new(filler, sizes[0], sizes[1]),
        3 => new(sizes[0], sizes[1], sizes[2]),
        _ => throw new ArgumentException($"expected 1 to 3 spatial dimensions, got {sizes.Length}"),
    };
}

/// <summary>All sizes of a convolution over contiguous NC(D)(H)W data.</summary>
/// <remarks>Input and output are those of the forward pass; a transposed convolution is the input gradient of the convolution whose output is its input.</remarks>
public readonly record struct ConvolutionShape
{
    /// <summary>Images in the batch.</summary>
    public long Batch { get; private init; }
    /// <summary>Groups of channels that do not mix.</summary>
    public long Groups { get; private init; }
    /// <summary>Channels of the input, of all groups together.</summary>
    public long InputChannels { get; private init; }
    /// <summary>Channels of the output, of all groups together.</summary>
    public long OutputChannels { get; private init; }
    /// <summary>Spatial sizes of the input.</summary>
    public Extent3 Input { get; private init; }
    /// <summary>Spatial sizes of a filter.</summary>
    public Extent3 Kernel { get; private init; }
    /// <summary>Spatial sizes of the output.</summary>
    public Extent3 Output { get; private init; }
    /// <summary>Steps between output positions.</summary>
    public Extent3 Stride { get; private init; }
    /// <summary>Zeros on either side of the input.</summary>
    public Extent3 Padding { get; private init; }
    /// <summary>Steps between the taps of a filter.</summary>
    public Extent3 Dilation { get; private init; }

    /// <summary>Makes the shape of a convolution and computes its output sizes; spans hold one number per spatial dimension.</summary>
    public static ConvolutionShape Create(
        long batch, long groups, long inputChannels, long outputChannels,
        ReadOnlySpan<long> input, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation)
    {
        if (groups < 1 || inputChannels % groups != 0 || outputChannels % groups != 0)
            throw new ArgumentException($"{inputChannels} input and {outputChannels} output channels do not fall into {groups} groups");
        var shape = new ConvolutionShape
        {
            Batch = batch,
            Groups = groups,
            InputChannels = inputChannels,
            OutputChannels = outputChannels,
            Input = Extent3.Create(input, 1),
            Kernel = Extent3.Create(kernel, 1),
            Stride = Extent3.Create(stride, 1),
            Padding = Extent3.Create(padding, 0),
            Dilation = Extent3.Create(dilation, 1),
        };
        return shape with
        {
            Output = new(
                OutputSize(shape.Input.Depth, shape.Kernel.Depth, shape.Stride.Depth, shape.Padding.Depth, shape.Dilation.Depth),
                OutputSize(shape.Input.Height, shape.Kernel.Height, shape.Stride.Height, shape.Padding.Height, shape.Dilation.Height),
                OutputSize(shape.Input.Width, shape.Kernel.Width, shape.Stride.Width, shape.Padding.Width, shape.Dilation.Width)),
        };
    }

    /// <summary>Output positions along one dimension; zero or less when the filter does not fit.</summary>
    public static long OutputSize(long input, long kernel, long stride, long padding, long dilation)
    {
        if (stride < 1 || dilation < 1 || kernel < 1)
            throw new ArgumentException($"kernel {kernel}, stride {stride} and dilation {dilation} must be positive");
        long room = input + 2 * padding - dilation * (kernel - 1) - 1;
        return room < 0 ? 0 : room / stride + 1;
    }

    /// <summary>Input channels that one output channel sees.</summary>
    public long GroupInputChannels => InputChannels / Groups;
    /// <summary>Output channels of one group.</summary>
    public long GroupOutputChannels => OutputChannels / Groups;
    /// <summary>Elements of the weight per output channel.</summary>
    public long FilterSize => GroupInputChannels * Kernel.Count;
    /// <summary>Elements of the input.</summary>
    public long InputCount => Batch * InputChannels * Input.Count;
    /// <summary>Elements of the weight: output channels × input channels per group × kernel.</summary>
    public long WeightCount => OutputChannels * FilterSize;
    /// <summary>Elements of the output.</summary>
    public long OutputCount => Batch * OutputChannels * Output.Count;
}
