using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Functions of floats over dense memory of float16 or bfloat16: a vector, or what has no vector form a block, is widened, computed and rounded back.</summary>
/// <remarks>The type parameters of operand and result are those of the kernel: float, and float or bool.</remarks>
public static unsafe partial class NarrowLoop
{
    // A rest of a vector's length joins the block before it, so that it does not go one by one.
    private const int Block = 512, Rest = 16;

    /// <summary>destination = kernel(source).</summary>
    public static void Map<TKernel, TIn, TOut>(TKernel kernel, void* source, void* destination, long count, bool isBrain, long grain)
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        var body = new MapBody<TKernel, TIn, TOut> { Kernel = kernel, Source = (ushort*)source, Destination = destination, Count = count, Chunk = PointwiseGrain.Chunk(count, grain), IsBrain = isBrain };
        WorkerPool.Run((int)((count + body.Chunk - 1) / body.Chunk), ref body);
    }

    /// <summary>destination = kernel(left, right); an operand without memory is the number beside it.</summary>
    public static void Zip<TKernel, TIn, TOut>(TKernel kernel, void* left, float leftNumber, void* right, float rightNumber, void* destination, long count, bool isBrain, long grain)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        var body = new ZipBody<TKernel, TIn, TOut>
        {
            Kernel = kernel, Left = (ushort*)left, LeftNumber = leftNumber, Right = (ushort*)right, RightNumber = rightNumber, Destination = destination,
            Count = count, Chunk = PointwiseGrain.Chunk(count, grain), IsBrain = isBrain,
        };
        WorkerPool.Run((int)((count + body.Chunk - 1) / body.Chunk), ref body);
    }

    /// <summary>destination = kernel(first, second, third), for kernels with a vector form; an operand without memory is the number beside it.</summary>
    public static void Zip3<TKernel>(TKernel kernel, in NarrowOperand first, in NarrowOperand second, in NarrowOperand third, void* destination, long count, bool isBrain, long grain)
        where TKernel : struct, IZip3<float, float>
    {
        var body = new Zip3Body<TKernel> { Kernel = kernel, First = first, Second = second, Third = third, Destination = (ushort*)destination, Count = count, Chunk = PointwiseGrain.Chunk(count, grain), IsBrain = isBrain };
        WorkerPool.Run((int)((count + body.Chunk - 1) / body.Chunk), ref body);
    }

    /// <summary>One element as a float.</summary>
    public static float Widened(void* source, bool isBrain) => isBrain ? *(BFloat16*)source : (float)*(Half*)source;

    private static void Widen(ushort* source, float* destination, long count, bool isBrain)
    {
        if (isBrain) MapLoop.Contiguous(default(ConvertMap<BFloat16, float>), (BFloat16*)source, 1, destination, 1, count, long.MaxValue);
        else MapLoop.Contiguous(default(ConvertMap<Half, float>), (Half*)source, 1, destination, 1, count, long.MaxValue);
    }

    private static void Narrow(float* source, ushort* destination, long count, bool isBrain)
    {
        if (isBrain) MapLoop.Contiguous(default(ConvertMap<float, BFloat16>), source, 1, (BFloat16*)destination, 1, count, long.MaxValue);
        else MapLoop.Contiguous(default(ConvertMap<float, Half>), source, 1, (Half*)destination, 1, count, long.MaxValue);
    }

    private static long Length(long left) => left <= Block + Rest ? left : Block;

    private struct MapBody<TKernel, TIn, TOut> : IParallelBody
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        public TKernel Kernel;
        public ushort* Source;
        public void* Destination;
        public long Count, Chunk;
        public bool IsBrain;

        [SkipLocalsInit]
        public readonly void Run(int chunk)
        {
            long end = Math.Min(Count, (chunk + 1) * Chunk);
            if (TKernel.IsVectorized && typeof(TOut) == typeof(float))
            {
                long first = chunk * Chunk;
                if (IsBrain) NarrowVectors.Map<TKernel, TIn, TOut, BFloat16>(Kernel, (BFloat16*)Source + first, (BFloat16*)Destination + first, end - first);
                else NarrowVectors.Map<TKernel, TIn, TOut, Half>(Kernel, (Half*)Source + first, (Half*)Destination + first, end - first);
                return;
            }
            float* x = stackalloc float[Block + Rest], y = stackalloc float[Block + Rest];
            for (long i = chunk * Chunk, n; i < end; i += n)
            {
                n = Length(end - i);
                Widen(Source + i, x, n, IsBrain);
                TOut* result = typeof(TOut) == typeof(float) ? (TOut*)y : (TOut*)Destination + i;
                MapLoop.Contiguous(Kernel, (TIn*)x, 1, result, 1, n, long.MaxValue);
                if (typeof(TOut) == typeof(float)) Narrow(y, (ushort*)Destination + i, n, IsBrain);
            }
        }
    }

    private struct ZipBody<TKernel, TIn, TOut> : IParallelBody
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        public TKernel Kernel;
        public ushort* Left, Right;
        public float LeftNumber, RightNumber;
        public void* Destination;
        public long Count, Chunk;
        public bool IsBrain;

        public readonly void Run(int chunk)
        {
            long start = chunk * Chunk;
            void* result = typeof(TOut) == typeof(float) ? (ushort*)Destination + start : (TOut*)Destination + start;
            ZipPiece<TKernel, TIn, TOut>(Kernel, Left == null ? null : Left + start, LeftNumber, Right == null ? null : Right + start, RightNumber, result, Math.Min(Chunk, Count - start), IsBrain);
        }
    }

    [SkipLocalsInit]
    private static void ZipPiece<TKernel, TIn, TOut>(TKernel kernel, ushort* left, float leftNumber, ushort* right, float rightNumber, void* destination, long count, bool isBrain)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        if (TKernel.IsVectorized && typeof(TOut) == typeof(float))
        {
            if (isBrain) NarrowVectors.Zip<TKernel, TIn, TOut, BFloat16>(kernel, (BFloat16*)left, leftNumber, (BFloat16*)right, rightNumber, (BFloat16*)destination, count);
            else NarrowVectors.Zip<TKernel, TIn, TOut, Half>(kernel, (Half*)left, leftNumber, (Half*)right, rightNumber, (Half*)destination, count);
            return;
        }
        float* x = stackalloc float[Block + Rest], y = stackalloc float[Block + Rest], z = stackalloc float[Block + Rest];
        (*x, *y) = (leftNumber, rightNumber);
        for (long i = 0, n; i < count; i += n)
        {
            n = Length(count - i);
            if (left != null) Widen(left + i, x, n, isBrain);
            if (right != null) Widen(right + i, y, n, isBrain);
            TOut* result = typeof(TOut) == typeof(float) ? (TOut*)z : (TOut*)destination + i;
            ZipLoop.Contiguous(kernel, (TIn*)x, left != null ? 1 : 0, (TIn*)y, right != null ? 1 : 0, result, 1, n, long.MaxValue);
            if (typeof(TOut) == typeof(float)) Narrow(z, (ushort*)destination + i, n, isBrain);
        }
    }

    private struct Zip3Body<TKernel> : IParallelBody
        where TKernel : struct, IZip3<float, float>
    {
        public TKernel Kernel;
        public NarrowOperand First, Second, Third;
        public ushort* Destination;
        public long Count, Chunk;
        public bool IsBrain;

        public readonly void Run(int chunk)
        {
            long start = chunk * Chunk, count = Math.Min(Chunk, Count - start);
            NarrowOperand x = First.From(start), y = Second.From(start), z = Third.From(start);
            if (IsBrain) NarrowVectors.Zip3(Kernel, x, y, z, (BFloat16*)Destination + start, count);
            else NarrowVectors.Zip3(Kernel, x, y, z, (Half*)Destination + start, count);
        }
    }
}

/// <summary>Dense memory of float16 or bfloat16, or where there is none a number.</summary>
public readonly unsafe struct NarrowOperand(void* memory, float number)
{
    internal ushort* Memory => (ushort*)memory;

    internal float Number => number;

    internal NarrowOperand From(long start) => memory == null ? this : new(Memory + start, number);

    /// <summary>What stands at an offset: memory, or the one number there.</summary>
    internal NarrowOperand At(long offset, bool isFixed, bool isBrain) =>
        memory == null ? this : isFixed ? new(null, NarrowLoop.Widened(Memory + offset, isBrain)) : new(Memory + offset, number);
}
