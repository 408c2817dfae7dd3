namespace Facula.Kernels;

/// <summary>The sizes of a convolution whose every channel has filters of its own, over one or two dimensions.</summary>
internal readonly struct DepthwiseShape
{
    public readonly nint Batch, Channels, Multiplier, Height, Width, OutputHeight, OutputWidth;
    public readonly nint KernelHeight, KernelWidth, StrideHeight, StrideWidth, PadHeight, PadWidth, DilationHeight, DilationWidth;

    /// <summary>Columns of a bordered row, cut into StrideWidth phases of this many (whole vectors may be read past the last).</summary>
    public readonly nint PhaseWidth;
    public readonly nint BorderedHeight;

    private DepthwiseShape(in ConvolutionShape shape, int lanes)
    {
        Batch = (nint)shape.Batch;
        Channels = (nint)shape.Groups;
        Multiplier = (nint)shape.GroupOutputChannels;
        (Height, Width) = ((nint)shape.Input.Height, (nint)shape.Input.Width);
        (OutputHeight, OutputWidth) = ((nint)shape.Output.Height, (nint)shape.Output.Width);
        (KernelHeight, KernelWidth) = ((nint)shape.Kernel.Height, (nint)shape.Kernel.Width);
        (StrideHeight, StrideWidth) = ((nint)shape.Stride.Height, (nint)shape.Stride.Width);
        (PadHeight, PadWidth) = ((nint)shape.Padding.Height, (nint)shape.Padding.Width);
        (DilationHeight, DilationWidth) = ((nint)shape.Dilation.Height, (nint)shape.Dilation.Width);
        BorderedHeight = Height + 2 * PadHeight;
        PhaseWidth = (Width + 2 * PadWidth + StrideWidth - 1) / StrideWidth + lanes;
    }

    public nint Taps => KernelHeight * KernelWidth;

    /// <summary>Elements of one bordered plane.</summary>
    public nint Plane => BorderedHeight * StrideWidth * PhaseWidth;

    public nint RowStep => StrideWidth * PhaseWidth;

    /// <summary>Where the first output's element of a tap lies in a bordered plane.</summary>
    public nint TapOffset(nint tap)
    {
        nint column = tap % KernelWidth * DilationWidth;
        return tap / KernelWidth * DilationHeight * RowStep + column % StrideWidth * PhaseWidth + column / StrideWidth;
    }

    /// <summary>Whether the convolution is one of these and worth the kernels.</summary>
    public static bool TryCreate(in ConvolutionShape shape, int lanes, out DepthwiseShape result)
    {
        result = default;
        if (shape.GroupInputChannels != 1 || shape.Input.Depth != 1 || shape.Kernel.Depth != 1 || shape.Padding.Depth != 0 || shape.Kernel.Count > 128
            || shape.Output.Width < lanes || shape.Stride.Width > 4)
            return false;
        result = new DepthwiseShape(shape, lanes);
        return true;
    }
}
