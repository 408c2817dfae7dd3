using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Convolutions of one tap and no border: products of the weights with each image's channels × positions.</summary>
/// <remarks>With a stride the positions that are read are gathered first.</remarks>
internal static unsafe class PointwiseConvolution
{
    public static bool TryForward<T>(in ConvolutionShape shape, T* input, T* weight, T* bias, T* output) where T : unmanaged
    {
        if (!Fits(shape))
            return false;
        bool strided = shape.Stride.Count > 1;
        using var room = strided ? Scratch.Rent<T>(SampleCount(shape)) : default;
        if (strided)
        {
            Sampling<T>.Run(shape, input, (T*)room.Pointer, back: false);
            input = (T*)room.Pointer;
        }
        long positions = shape.Output.Count, channels = shape.GroupInputChannels, filters = shape.GroupOutputChannels;
        for (long group = 0; group < shape.Groups; group++)
        {
            Multiply(
                weight + group * filters * channels, channels, 1, input + group * channels * positions, shape.InputChannels * positions,
                output + group * filters * positions, shape.OutputChannels * positions, shape.Batch, filters, channels, positions,
                bias == null ? null : bias + group * filters);
        }
        return true;
    }

    public static bool TryInputGradient<T>(in ConvolutionShape shape, T* gradOutput, T* weight, T* gradInput) where T : unmanaged
    {
        if (!Fits(shape))
            return false;
        bool strided = shape.Stride.Count > 1;
        using var room = strided ? Scratch.Rent<T>(SampleCount(shape)) : default;
        T* gradient = strided ? (T*)room.Pointer : gradInput;
        long positions = shape.Output.Count, channels = shape.GroupInputChannels, filters = shape.GroupOutputChannels;
        for (long group = 0; group < shape.Groups; group++)
        {
            Multiply(
                weight + group * filters * channels, 1, channels, gradOutput + group * filters * positions, shape.OutputChannels * positions,
                gradient + group * channels * positions, shape.InputChannels * positions, shape.Batch, channels, filters, positions, null);
        }
        if (strided)
            Sampling<T>.Run(shape, gradient, gradInput, back: true);
        return true;
    }

    /// <summary>The weights × every image; rows of images are <paramref name="positions"/> long and follow one another.</summary>
    private static void Multiply<T>(T* weight, long row, long column, T* images, long image, T* results, long result, long batch, long m, long k, long positions, T* bias)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Gemm.MultiplyBatched((float*)weight, 0, row, column, (float*)images, image, positions, 1, (float*)results, result, positions, batch, m, positions, k,
                epilogue: new GemmEpilogue<float> { RowBias = (float*)bias });
        }
        else
        {
            Gemm.MultiplyBatched((double*)weight, 0, row, column, (double*)images, image, positions, 1, (double*)results, result, positions, batch, m, positions, k,
                epilogue: new GemmEpilogue<double> { RowBias = (double*)bias });
        }
    }

    public static bool Fits(in ConvolutionShape shape) => shape.Kernel.Count == 1 && shape.Padding == default;

    private static long SampleCount(in ConvolutionShape shape) => shape.Batch * shape.InputChannels * shape.Output.Count;

    /// <summary>Gathers the positions that a stride meets from every plane, or puts them back with zeros between.</summary>
    private struct Sampling<T> : IParallelBody where T : unmanaged
    {
        private const long ElementsPerChunk = 16384;

        private ConvolutionShape _shape;
        private T* _source, _destination;
        private long _planesPerChunk;
        private bool _back;

        public static void Run(in ConvolutionShape shape, T* source, T* destination, bool back)
        {
            var body = new Sampling<T> { _shape = shape, _source = source, _destination = destination, _back = back };
            body._planesPerChunk = Math.Max(1, ElementsPerChunk / shape.Input.Count);
            WorkerPool.Run((int)((body.Planes + body._planesPerChunk - 1) / body._planesPerChunk), ref body);
        }

        private readonly long Planes => _shape.Batch * _shape.InputChannels;

        public readonly void Run(int chunk)
        {
            long first = chunk * _planesPerChunk, planes = Math.Min(_planesPerChunk, Planes - first);
            long whole = _shape.Input.Count, sampled = _shape.Output.Count;
            if (_back)
                BorderedPlane.Clear(_destination + first * whole, (nint)(planes * whole));
            for (long plane = first; plane < first + planes; plane++)
            {
                for (long depth = 0; depth < _shape.Output.Depth; depth++)
                {
                    for (long height = 0; height < _shape.Output.Height; height++)
                    {
                        long dense = plane * sampled + (depth * _shape.Output.Height + height) * _shape.Output.Width;
                        long spread = plane * whole + (depth * _shape.Stride.Depth * _shape.Input.Height + height * _shape.Stride.Height) * _shape.Input.Width;
                        if (_back)
                            CopyRow(_source + dense, 1, _destination + spread, (nint)_shape.Stride.Width, (nint)_shape.Output.Width);
                        else
                            CopyRow(_source + spread, (nint)_shape.Stride.Width, _destination + dense, 1, (nint)_shape.Output.Width);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void CopyRow(T* source, nint sourceStride, T* destination, nint destinationStride, nint count)
        {
            for (; count > 0; count--, source += sourceStride, destination += destinationStride)
                *destination = *source;
        }
    }
}
