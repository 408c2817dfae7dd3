using System.Numerics;

namespace Facula.Kernels;

/// <summary>The input gradient of any convolution: blocks of weightsᵀ × output gradient, added back to where the taps had read.</summary>
internal static unsafe class ImplicitGemmInputGradient<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int PanelsPerBlock = 8, RowsPerBlock = 240;

    public static void Run(in ConvolutionShape shape, T* gradOutput, T* weight, T* gradInput)
    {
        using var offsets = Scratch.Rent<nint>((nint)shape.FilterSize);
        var geometry = new ConvolutionGeometry(shape, (nint*)offsets.Pointer);
        var packed = new PackedWeights<L, V, T>((int)shape.Groups, geometry.Rows, (nint)shape.GroupOutputChannels);
        nint blockChannels = Math.Clamp(RowsPerBlock / geometry.Taps, 1, geometry.Channels);
        // Panels must begin where a block of channels does.
        packed.M = blockChannels * geometry.Taps;
        nint channelBlocks = GemmPlan.Ceiling(geometry.Channels, blockChannels);
        packed.Groups = (int)(shape.Groups * channelBlocks);
        using var packedRoom = Scratch.Rent<T>(packed.Count);
        packed.Data = (T*)packedRoom.Pointer;
        for (nint group = 0; group < shape.Groups; group++)
        {
            for (nint block = 0; block < channelBlocks; block++)
            {
                nint rows = Math.Min(packed.M, geometry.Rows - block * packed.M);
                for (nint k = 0; k < packed.KBlocks; k++)
                {
                    GemmPacking<T>.Pack(
                        weight + (group * packed.K + k * packed.KBlock) * geometry.Rows + block * packed.M, 1, geometry.Rows,
                        rows, packed.Length(k), L.Rows, packed.At(group * channelBlocks + block, k, 0), packed.PanelStride);
                }
            }
        }

        var body = new Body
        {
            Geometry = geometry,
            Weights = packed,
            GradOutput = gradOutput,
            GradInput = gradInput,
            BlockChannels = blockChannels,
            ChannelBlocks = channelBlocks,
            GroupCount = (nint)shape.Groups,
        };
        WorkerPool.Run((int)(shape.Batch * packed.Groups), ref body);
    }

    /// <summary>A chunk is some channels of one image, so that nobody else adds to the same elements.</summary>
    private struct Body : IParallelBody
    {
        public ConvolutionGeometry Geometry;
        public PackedWeights<L, V, T> Weights;
        public T* GradOutput, GradInput;
        public nint BlockChannels, ChannelBlocks, GroupCount;

        public readonly void Run(int chunk)
        {
            nint part = chunk % Weights.Groups, image = chunk / Weights.Groups;
            nint group = part / ChannelBlocks, channel = part % ChannelBlocks * BlockChannels;
            nint channels = Math.Min(BlockChannels, Geometry.Channels - channel), rows = channels * Geometry.Taps;
            int tile = GemmBlock<L, V, T>.TileColumns;
            nint blockPositions = Math.Min(PanelsPerBlock * tile, Geometry.Positions);
            nint rowStride = GemmPlan.Ceiling(blockPositions, tile) * tile + 64 / sizeof(T);
            nint panelStride = Weights.KBlock * tile + 64 / sizeof(T);

            T* destination = GradInput + ((image * GroupCount + group) * Geometry.Channels + channel) * Geometry.InputPlane;
            using var borderedRoom = Geometry.IsPadded ? Scratch.Rent<T>(channels * Geometry.Plane) : default;
            T* bordered = Geometry.IsPadded ? (T*)borderedRoom.Pointer : destination;
            BorderedPlane.Clear(bordered, channels * Geometry.Plane);
            using var columnRoom = Scratch.Rent<T>(rows * rowStride);
            using var packedRoom = Scratch.Rent<T>(PanelsPerBlock * panelStride);
            T* source = GradOutput + (image * GroupCount + group) * Weights.K * Geometry.Positions;
            var block = new GemmBlock<L, V, T>
            {
                APanel = Weights.PanelStride,
                ARow = 1,
                AStep = L.Rows,
                B = (T*)packedRoom.Pointer,
                BPanel = panelStride,
                BStep = tile,
                C = (T*)columnRoom.Pointer,
                CRow = rowStride,
                Rows = rows,
                Alpha = T.One,
            };
            for (nint position = 0; position < Geometry.Positions; position += blockPositions)
            {
                block.Columns = Math.Min(blockPositions, Geometry.Positions - position);
                for (nint k = 0; k < Weights.KBlocks; k++)
                {
                    block.K = Weights.Length(k);
                    block.A = Weights.At(part, k, 0);
                    block.Beta = k == 0 ? T.Zero : T.One;
                    GemmPacking<T>.Pack(source + k * Weights.KBlock * Geometry.Positions + position, 1, Geometry.Positions, block.Columns, block.K, tile, block.B, panelStride);
                    block.Run();
                }
                Geometry.Scatter(block.C, rowStride, 0, rows, position, block.Columns, bordered);
            }
            if (Geometry.IsPadded)
                Geometry.Border.Unpad(bordered, channels, destination);
        }
    }
}
