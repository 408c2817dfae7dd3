using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Dilated convolutions as plain ones: taps that lie d apart meet every d-th row and column only, so that an image falls into d · d smaller ones, its phases.</summary>
internal static unsafe class WinogradPhases
{
    /// <summary>
    /// The convolution of the phases, or the shape itself if it is not dilated or has none. Where phases differ in size, zeros fill them up, and results beyond
    /// the image count nothing.
    /// </summary>
    public static ConvolutionShape Plain(in ConvolutionShape shape)
    {
        var (padding, dilation) = (shape.Padding, shape.Dilation);
        if (dilation.Count == 1 || dilation.Depth > 1 || shape.Stride.Count > 1 || shape.Input.Depth > 1 || padding.Height % dilation.Height != 0 || padding.Width % dilation.Width != 0)
            return shape;
        return ConvolutionShape.Create(
            shape.Batch * dilation.Count, shape.Groups, shape.InputChannels, shape.OutputChannels,
            [Ceiling(shape.Input.Height, dilation.Height), Ceiling(shape.Input.Width, dilation.Width)], [shape.Kernel.Height, shape.Kernel.Width],
            [1, 1], [padding.Height / dilation.Height, padding.Width / dilation.Width], [1, 1]);
    }

    /// <summary>Copies the inputs into their phases.</summary>
    public static void SplitInput(in ConvolutionShape shape, in ConvolutionShape plain, float* input, float* phases) =>
        Copying.Run(shape, shape.InputChannels, shape.Input, plain.Input, input, phases, back: false);

    /// <summary>Copies the outputs, or their gradient, into their phases.</summary>
    public static void SplitOutput(in ConvolutionShape shape, in ConvolutionShape plain, float* output, float* phases) =>
        Copying.Run(shape, shape.OutputChannels, shape.Output, plain.Output, output, phases, back: false);

    /// <summary>Puts the phases of the inputs' gradient together.</summary>
    public static void JoinInput(in ConvolutionShape shape, in ConvolutionShape plain, float* phases, float* input) =>
        Copying.Run(shape, shape.InputChannels, shape.Input, plain.Input, input, phases, back: true);

    /// <summary>Puts the phases of the outputs together.</summary>
    public static void JoinOutput(in ConvolutionShape shape, in ConvolutionShape plain, float* phases, float* output) =>
        Copying.Run(shape, shape.OutputChannels, shape.Output, plain.Output, output, phases, back: true);

    private static long Ceiling(long size, long step) => (size + step - 1) / step;

    /// <summary>Copies between planes and those of their phases: image, row's and column's remainder, channel.</summary>
    private struct Copying : IParallelBody
    {
        private nint _channels, _height, _width, _phaseHeight, _phaseWidth, _rowStep, _columnStep;
        private float* _planes, _phases;
        private bool _back;

        public static void Run(in ConvolutionShape shape, long channels, Extent3 plane, Extent3 phase, float* planes, float* phases, bool back)
        {
            var body = new Copying
            {
                _channels = (nint)channels,
                _height = (nint)plane.Height,
                _width = (nint)plane.Width,
                _phaseHeight = (nint)phase.Height,
                _phaseWidth = (nint)phase.Width,
                _rowStep = (nint)shape.Dilation.Height,
                _columnStep = (nint)shape.Dilation.Width,
                _planes = planes,
                _phases = phases,
                _back = back,
            };
            WorkerPool.Run((int)(shape.Batch * channels), ref body);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int plane)
        {
            nint image = plane / _channels, channel = plane % _channels, size = _phaseHeight * _phaseWidth, step = _channels * size;
            for (nint y = 0; y < _rowStep; y++)
            {
                float* line = _planes + (plane * _height + y) * _width;
                float* phase = _phases + (image * _rowStep + y) * _columnStep * step + channel * size;
                nint row = y;
                for (; row < _height; row += _rowStep, line += _rowStep * _width, phase += _phaseWidth)
                {
                    if (_back)
                        JoinRow(phase, step, line);
                    else
                        SplitRow(line, phase, step);
                }
                for (; !_back && row < _phaseHeight * _rowStep; row += _rowStep, phase += _phaseWidth)
                {
                    for (nint x = 0; x < _columnStep; x++)
                        BorderedPlane.Clear(phase + x * step, _phaseWidth);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void SplitRow(float* line, float* phase, nint step)
        {
            for (nint x = 0; x < _columnStep; x++, phase += step)
            {
                if (_phaseWidth * _columnStep > _width)
                    phase[_phaseWidth - 1] = 0;
                if (_columnStep == 1)
                    PlaneRows.Copy(line, _width, phase);
                else if (x < _width)
                    PlaneRows.Pick(line + x, _columnStep, _width - x, phase);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void JoinRow(float* phase, nint step, float* line)
        {
            if (_columnStep == 2 && _width % 2 == 0)
            {
                PlaneRows.Interleave(phase, phase + step, _phaseWidth, line);
                return;
            }
            for (nint x = 0; x < _columnStep; x++, phase += step)
            {
                float* from = phase;
                for (nint i = x; i < _width; i += _columnStep)
                    line[i] = *from++;
            }
        }
    }
}
