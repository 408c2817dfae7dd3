using System.Numerics;

namespace Facula.Kernels;

/// <summary>The weight gradient of any convolution: output gradient × im2colᵀ, block by block of positions.</summary>
internal static unsafe class ImplicitGemmWeightGradient<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int BlockPositions = 256, RowsPerBlock = 288, WantedChunks = 16;

    public static void Run(in ConvolutionShape shape, T* input, T* gradOutput, T* gradWeight)
    {
        using var offsets = Scratch.Rent<nint>((nint)shape.FilterSize);
        var geometry = new ConvolutionGeometry(shape, (nint*)offsets.Pointer);
        nint blockChannels = Math.Clamp(RowsPerBlock / geometry.Taps, 1, geometry.Channels);
        nint channelBlocks = GemmPlan.Ceiling(geometry.Channels, blockChannels);
        // Few blocks of channels: the images are shared out too, in a number of parts that depends on the shape only.
        nint parts = Math.Clamp(WantedChunks / (channelBlocks * (nint)shape.Groups), 1, (nint)shape.Batch);
        nint weights = (nint)shape.WeightCount;
        using var partials = parts > 1 ? Scratch.Rent<T>((parts - 1) * weights) : default;
        var body = new Body
        {
            Geometry = geometry,
            Input = input,
            GradOutput = gradOutput,
            GradWeight = gradWeight,
            Partials = (T*)partials.Pointer,
            WeightCount = weights,
            M = (nint)shape.GroupOutputChannels,
            Groups = (nint)shape.Groups,
            Batch = (nint)shape.Batch,
            BlockChannels = blockChannels,
            ChannelBlocks = channelBlocks,
            Parts = parts,
        };
        WorkerPool.Run((int)(parts * channelBlocks * body.Groups), ref body);
        for (nint part = 1; part < parts; part++)
        {
            T* partial = body.Partials + (part - 1) * weights;
            for (nint i = 0; i < weights; i++)
                gradWeight[i] += partial[i];
        }
    }

    private struct Body : IParallelBody
    {
        public ConvolutionGeometry Geometry;
        public T* Input, GradOutput, GradWeight, Partials;
        public nint WeightCount, M, Groups, Batch, BlockChannels, ChannelBlocks, Parts;

        public readonly void Run(int chunk)
        {
            nint part = chunk % Parts, rest = chunk / Parts;
            nint group = rest / ChannelBlocks, channel = rest % ChannelBlocks * BlockChannels;
            nint channels = Math.Min(BlockChannels, Geometry.Channels - channel), columns = channels * Geometry.Taps;
            int tile = GemmBlock<L, V, T>.TileColumns;
            nint depth = Math.Min(BlockPositions, Geometry.Positions);
            nint aStride = depth * L.Rows + 64 / sizeof(T), bStride = depth * tile + 64 / sizeof(T);
            nint rowStride = depth + 64 / sizeof(T);
            using var borderedRoom = Geometry.IsPadded ? Scratch.Rent<T>(channels * Geometry.Plane) : default;
            using var aRoom = Scratch.Rent<T>(GemmPlan.Ceiling(M, L.Rows) * aStride);
            using var bRoom = Scratch.Rent<T>(GemmPlan.Ceiling(columns, tile) * bStride);
            using var columnRoom = Scratch.Rent<T>(columns * rowStride);

            T* result = part == 0 ? GradWeight : Partials + (part - 1) * WeightCount;
            var block = new GemmBlock<L, V, T>
            {
                A = (T*)aRoom.Pointer,
                APanel = aStride,
                ARow = 1,
                AStep = L.Rows,
                B = (T*)bRoom.Pointer,
                BPanel = bStride,
                BStep = tile,
                C = result + group * M * Geometry.Rows + channel * Geometry.Taps,
                CRow = Geometry.Rows,
                Rows = M,
                Columns = columns,
                Alpha = T.One,
                Beta = T.Zero,
            };
            for (nint image = Batch * part / Parts, end = Batch * (part + 1) / Parts; image < end; image++)
            {
                T* source = Input + ((image * Groups + group) * Geometry.Channels + channel) * Geometry.InputPlane;
                if (Geometry.IsPadded)
                {
                    Geometry.Border.Pad(source, channels, (T*)borderedRoom.Pointer);
                    source = (T*)borderedRoom.Pointer;
                }
                T* gradient = GradOutput + (image * Groups + group) * M * Geometry.Positions;
                for (nint position = 0; position < Geometry.Positions; position += depth)
                {
                    block.K = Math.Min(depth, Geometry.Positions - position);
                    T* gathered = (T*)columnRoom.Pointer;
                    Geometry.Gather(source, 0, columns, position, block.K, gathered, rowStride);
                    GemmPacking<T>.Pack(gathered, rowStride, 1, columns, block.K, tile, block.B, bStride);
                    GemmPacking<T>.Pack(gradient + position, Geometry.Positions, 1, M, block.K, L.Rows, block.A, aStride);
                    block.Run();
                    block.Beta = T.One;
                }
            }
        }
    }
}
