using System.Numerics;

namespace Facula.Kernels;

/// <summary>Any convolution as weights × im2col, of which only a block of positions and taps exists at a time.</summary>
internal static unsafe class ImplicitGemmForward<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    // Blocks of so many positions times 256 taps fit a quarter of a second-level cache.
    private const int PanelsPerBlock = 8;
    private const long BorderedBytes = 32 << 20;
    private const int MostImages = 16;

    public static void Run(in ConvolutionShape shape, T* input, T* weight, T* bias, T* output)
    {
        using var offsets = Scratch.Rent<nint>((nint)shape.FilterSize);
        var geometry = new ConvolutionGeometry(shape, (nint*)offsets.Pointer);
        var packed = new PackedWeights<L, V, T>((int)shape.Groups, (nint)shape.GroupOutputChannels, geometry.Rows);
        using var packedRoom = Scratch.Rent<T>(packed.Count);
        packed.Data = (T*)packedRoom.Pointer;
        packed.Pack(weight, packed.M * packed.K, packed.K, 1);

        nint imageSize = (nint)shape.InputChannels * geometry.Plane;
        nint wave = (nint)Math.Clamp(BorderedBytes / Math.Max(1, imageSize * sizeof(T)), 1, Math.Min(MostImages, shape.Batch));
        if (!geometry.IsPadded)
            wave = (nint)shape.Batch;
        using var borderedRoom = geometry.IsPadded ? Scratch.Rent<T>(wave * imageSize) : default;

        nint blockPositions = PanelsPerBlock * GemmBlock<L, V, T>.TileColumns;
        nint blocks = GemmPlan.Ceiling(geometry.Positions, blockPositions);
        nint rectangles = wave * (nint)shape.Groups * blocks;
        // Cutting the channels too repeats the gathering, so only where there are too few blocks of positions.
        nint rowBlocks = Math.Clamp(GemmPlan.Ceiling(2 * WorkerPool.Threads, rectangles), 1, packed.Panels);
        var body = new Body
        {
            Geometry = geometry,
            Weights = packed,
            Input = input,
            Bias = bias,
            Channels = (nint)shape.InputChannels,
            OutputChannels = (nint)shape.OutputChannels,
            BlockPositions = blockPositions,
            Blocks = blocks,
            RowBlock = GemmPlan.Ceiling(packed.Panels, rowBlocks) * L.Rows,
            Bordered = geometry.IsPadded ? (T*)borderedRoom.Pointer : null,
        };
        body.RowBlocks = GemmPlan.Ceiling(packed.M, body.RowBlock);
        for (nint image = 0; image < shape.Batch; image += wave)
        {
            nint images = Math.Min(wave, (nint)shape.Batch - image);
            body.Image = image;
            body.Output = output;
            if (geometry.IsPadded)
            {
                body.Padding = true;
                WorkerPool.Run((int)(images * body.Channels), ref body);
                body.Padding = false;
            }
            WorkerPool.Run((int)(images * packed.Groups * blocks * body.RowBlocks), ref body);
        }
    }

    private struct Body : IParallelBody
    {
        public ConvolutionGeometry Geometry;
        public PackedWeights<L, V, T> Weights;
        public T* Input, Bias, Output, Bordered;
        public nint Channels, OutputChannels, Image, BlockPositions, Blocks, RowBlock, RowBlocks;
        public bool Padding;

        public readonly void Run(int chunk)
        {
            if (Padding)
                Geometry.Border.Pad(Input + (Image * Channels + chunk) * Geometry.InputPlane, 1, Bordered + chunk * Geometry.Plane);
            else
                Multiply(chunk);
        }

        private readonly void Multiply(nint chunk)
        {
            nint row = chunk % RowBlocks * RowBlock;
            chunk /= RowBlocks;
            nint position = chunk % Blocks * BlockPositions;
            chunk /= Blocks;
            nint group = chunk % Weights.Groups, image = chunk / Weights.Groups;

            T* source = Bordered != null ? Bordered + image * Channels * Geometry.Plane : Input + (Image + image) * Channels * Geometry.Plane;
            source += group * Geometry.Channels * Geometry.Plane;
            int tile = GemmBlock<L, V, T>.TileColumns;
            nint positions = Math.Min(BlockPositions, Geometry.Positions - position);
            nint panelStride = Weights.KBlock * tile + 64 / sizeof(T);
            using var room = Scratch.Rent<T>(GemmPlan.Ceiling(positions, tile) * panelStride);
            T* columns = (T*)room.Pointer;
            nint outputRow = group * Weights.M + row;
            var block = new GemmBlock<L, V, T>
            {
                B = columns,
                BPanel = panelStride,
                BStep = tile,
                APanel = Weights.PanelStride,
                ARow = 1,
                AStep = L.Rows,
                C = Output + ((Image + image) * OutputChannels + outputRow) * Geometry.Positions + position,
                CRow = Geometry.Positions,
                Rows = Math.Min(RowBlock, Weights.M - row),
                Columns = positions,
                Alpha = T.One,
            };
            for (nint k = 0; k < Weights.KBlocks; k++)
            {
                block.K = Weights.Length(k);
                for (nint j = 0; j < positions; j += tile)
                    GatherPanel(source, k * Weights.KBlock, block.K, position + j, (int)Math.Min(tile, positions - j), columns + j / tile * panelStride);
                block.A = Weights.At(group, k, row);
                block.Beta = k == 0 ? T.Zero : T.One;
                if (k + 1 == Weights.KBlocks && Bias != null)
                    block.Epilogue.RowBias = Bias + outputRow;
                block.Run();
            }
        }

        private readonly void GatherPanel(T* source, nint firstRow, nint rows, nint position, int positions, T* destination)
        {
            int tile = GemmBlock<L, V, T>.TileColumns;
            if (positions < tile)
                BorderedPlane.Clear(destination, rows * tile);
            Geometry.Gather(source, firstRow, rows, position, positions, destination, tile);
        }
    }
}
