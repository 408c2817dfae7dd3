using System.Runtime.CompilerServices;

namespace Facula.Kernels;

public static unsafe partial class FoldLoop
{
    // Rows of one chunk of work.
    private const long NarrowBand = 4096;

    /// <summary>The columns of a tall narrow matrix: several rows together are a row of as many columns as vectors want, and those are merged last.</summary>
    private static void FoldNarrow<TKernel, TIn, TAccumulator, TOut>(in FoldPlan<TKernel, TIn, TAccumulator, TOut> plan)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        long width = plan.Extents[0], several = 64 / width, wide = several * width, rows = plan.Count / several;
        var body = new NarrowBody<TKernel, TIn, TAccumulator, TOut> { Kernel = plan.Kernel, Source = plan.Source, Wide = wide, Rows = rows, Bands = (rows + NarrowBand - 1) / NarrowBand };
        using Scratch room = Scratch.Rent<TAccumulator>(body.Bands * wide);
        body.Lines = (TAccumulator*)room.Pointer;
        WorkerPool.Run((int)body.Bands, ref body);
        for (long column = 0; column < width; column++)
        {
            TAccumulator total = plan.Kernel.Start;
            for (long k = 0; k < several; k++)
            {
                TAccumulator part = body.Lines[k * width + column];
                for (long band = 1; band < body.Bands; band++) part = plan.Kernel.Merge(part, body.Lines[band * wide + k * width + column]);
                total = plan.Kernel.Merge(total, part);
            }
            for (long row = rows * several; row < plan.Count; row++) total = plan.Kernel.Step(total, plan.Source[row * width + column]);
            plan.Destination[column * plan.Strides[0]] = plan.Kernel.End(total, plan.Count);
        }
    }

    private struct NarrowBody<TKernel, TIn, TAccumulator, TOut> : IParallelBody
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        public TKernel Kernel;
        public TIn* Source;
        public TAccumulator* Lines;
        public long Wide, Rows, Bands;

        [SkipLocalsInit]
        public readonly void Run(int band)
        {
            long first = band * NarrowBand, last = Math.Min(Rows, first + NarrowBand);
            TAccumulator* line = stackalloc TAccumulator[64], total = Lines + band * Wide;
            for (long row = first; row < last; row += RowBlock)
            {
                TKernel.Columns(Source + row * Wide, Wide, Math.Min(RowBlock, last - row), Wide, row == first ? total : line);
                for (long j = 0; row > first && j < Wide; j++) total[j] = Kernel.Merge(total[j], line[j]);
            }
        }
    }
}
