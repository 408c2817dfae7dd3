using System.Numerics;
using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Ops;

/// <summary>Work on one matrix of a batch.</summary>
internal unsafe interface IMatrixKernel
{
    /// <summary>Runs on row-major operands of element type T, real type R and complex type C.</summary>
    void Run<T, R, C>(in MatrixOperands at)
        where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>;
}

/// <summary>Work on several small real matrices at once, one behind the other in memory.</summary>
internal unsafe interface ILaneKernel
{
    /// <summary>Runs on at most as many matrices as a vector has lanes.</summary>
    void Run<T>(in MatrixOperands at, int count) where T : unmanaged, INumberBase<T>;
}

/// <summary>The operands of one matrix's work, in the order they were named.</summary>
internal readonly unsafe struct MatrixOperands(nint* addresses)
{
    private readonly nint* _addresses = addresses;

    internal T* As<T>(int index) where T : unmanaged => (T*)_addresses[index];
}

/// <summary>A tensor of a batch: an input, broadcast over the batch, or an output of exactly the batch's shape.</summary>
internal readonly struct MatrixOperand(Tensor tensor, int rank, bool read, bool write)
{
    internal readonly Tensor Tensor = tensor;
    internal readonly int Rank = rank;
    internal readonly bool Read = read, Write = write;

    internal static MatrixOperand In(Tensor tensor, int rank = 2) => new(tensor, rank, true, false);
    internal static MatrixOperand Out(Tensor tensor, int rank = 2) => new(tensor, rank, false, true);
    internal static MatrixOperand InOut(Tensor tensor, int rank = 2) => new(tensor, rank, true, true);
}

/// <summary>The router of matrix kernels: walks the batch over row-major copies of the operands.</summary>
internal static unsafe class MatrixBatch
{
    private const int Most = 8;
    private const int FewestInLanes = 4;
    private const int MostChunks = 32;

    /// <summary>Whether a batch of matrices up to this order runs side by side: real ones, and enough of them to be worth a vector.</summary>
    internal static bool InLanes(ScalarType dtype, in Size batch, long order, long largest = 32) =>
        order > 0 && order <= largest && dtype.Code is TypeCode.Float32 or TypeCode.Float64 && batch.numel() >= FewestInLanes;

    /// <summary>One matrix after the other.</summary>
    internal static void Run<TKernel>(ref TKernel kernel, ScalarType dtype, in Size batch, params ReadOnlySpan<MatrixOperand> operands) where TKernel : struct, IMatrixKernel =>
        Walk(new OneByOne<TKernel>(kernel), dtype, batch, operands);

    /// <summary>Groups of matrices, for a batch that <see cref="InLanes"/> allows.</summary>
    internal static void RunLanes<TKernel>(TKernel kernel, ScalarType dtype, in Size batch, params ReadOnlySpan<MatrixOperand> operands) where TKernel : struct, ILaneKernel =>
        Walk(new SideBySide<TKernel>(kernel), dtype, batch, operands);

    private static void Walk<TWalk>(TWalk walk, ScalarType dtype, in Size batch, ReadOnlySpan<MatrixOperand> operands) where TWalk : struct, IWalk
    {
        long count = batch.numel();
        if (count == 0) return;
        var dense = new Tensor[operands.Length];
        long* steps = stackalloc long[Most];
        for (int i = 0; i < dense.Length; i++)
        {
            MatrixOperand operand = operands[i];
            Tensor tensor = operand.Tensor;
            if (!operand.Read) dense[i] = Dense.Target(tensor, tensor.DType);
            else if (tensor.SizesRef[..^operand.Rank] == batch) dense[i] = Dense.Of(tensor, tensor.DType);
            else Copying.Copy(tensor, dense[i] = Tensor.Allocate(batch.Concat(tensor.Sizes[^operand.Rank..]), tensor.DType, tensor.device));
            steps[i] = dense[i].Numel / count * dense[i].DType.itemsize;
        }
        fixed (byte* a = &At(dense, 0), b = &At(dense, 1), c = &At(dense, 2), d = &At(dense, 3), e = &At(dense, 4), f = &At(dense, 5), g = &At(dense, 6), h = &At(dense, 7))
        {
            nint* addresses = stackalloc nint[Most] { (nint)a, (nint)b, (nint)c, (nint)d, (nint)e, (nint)f, (nint)g, (nint)h };
            switch (dtype.Code)
            {
                case TypeCode.Float32: walk.Run<float, float, Complex64>(addresses, steps, dense.Length, count); break;
                case TypeCode.Float64: walk.Run<double, double, Complex>(addresses, steps, dense.Length, count); break;
                case TypeCode.Complex64: walk.Run<Complex64, float, Complex64>(addresses, steps, dense.Length, count); break;
                case TypeCode.Complex128: walk.Run<Complex, double, Complex>(addresses, steps, dense.Length, count); break;
                default: throw TypeSwitch.NotImplemented("linalg", dtype);
            }
        }
        for (int i = 0; i < dense.Length; i++)
        {
            if (operands[i].Write) Dense.Finish(dense[i], operands[i].Tensor);
            GC.KeepAlive(dense[i]);
        }
    }

    private interface IWalk
    {
        void Run<T, R, C>(nint* addresses, long* steps, int operands, long count)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>;
    }

    private readonly struct OneByOne<TKernel>(TKernel kernel) : IWalk where TKernel : struct, IMatrixKernel
    {
        public void Run<T, R, C>(nint* addresses, long* steps, int operands, long count)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            if (count == 1)
            {
                kernel.Run<T, R, C>(new MatrixOperands(addresses));
                return;
            }
            var body = new Body<T, R, C>(kernel, addresses, steps, operands, count);
            WorkerPool.Run((int)((count + body.PerChunk - 1) / body.PerChunk), ref body);
        }

        private readonly struct Body<T, R, C>(TKernel kernel, nint* addresses, long* steps, int operands, long count) : IParallelBody
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            internal readonly long PerChunk = (count + MostChunks - 1) / MostChunks;

            public void Run(int chunk)
            {
                nint* own = stackalloc nint[Most];
                for (long i = chunk * PerChunk; i < Math.Min(count, (chunk + 1) * PerChunk); i++)
                {
                    for (int k = 0; k < operands; k++) own[k] = addresses[k] + (nint)(i * steps[k]);
                    kernel.Run<T, R, C>(new MatrixOperands(own));
                }
            }
        }
    }

    private readonly struct SideBySide<TKernel>(TKernel kernel) : IWalk where TKernel : struct, ILaneKernel
    {
        public void Run<T, R, C>(nint* addresses, long* steps, int operands, long count)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            if (typeof(T) != typeof(R)) return;
            int lanes = MatrixLanes<T>.Lanes;
            var body = new Body<T>(kernel, addresses, steps, operands, count, lanes * Math.Max(1, count / (lanes * MostChunks)));
            WorkerPool.Run((int)((count + body.PerChunk - 1) / body.PerChunk), ref body);
        }

        private readonly struct Body<T>(TKernel kernel, nint* addresses, long* steps, int operands, long count, long perChunk) : IParallelBody
            where T : unmanaged, INumberBase<T>
        {
            internal readonly long PerChunk = perChunk;

            public void Run(int chunk)
            {
                nint* own = stackalloc nint[Most];
                long end = Math.Min(count, (chunk + 1) * PerChunk);
                for (long i = chunk * PerChunk; i < end;)
                {
                    int group = (int)Math.Min(MatrixLanes<T>.Lanes, end - i);
                    for (int k = 0; k < operands; k++) own[k] = addresses[k] + (nint)(i * steps[k]);
                    kernel.Run<T>(new MatrixOperands(own), group);
                    i += group;
                }
            }
        }
    }

    private static ref byte At(Tensor[] dense, int index) => ref dense[Math.Min(index, dense.Length - 1)].Reference;
}
