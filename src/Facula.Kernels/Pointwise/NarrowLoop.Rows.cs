using System.Runtime.CompilerServices;

namespace Facula.Kernels;

// Operands that are broadcast, cut out of others or in another order, as long as rows run along memory.
public static unsafe partial class NarrowLoop
{
    private const long ShortestRow = 32;

    /// <summary>
    /// destination = kernel(left, right) over strided memory; an operand without memory is the number beside it, its strides 0.
    /// False if rows are short or not dense; then nothing is done.
    /// </summary>
    public static bool TryRows<TKernel, TIn, TOut>(TKernel kernel, NarrowOperand left, ReadOnlySpan<long> leftStrides, NarrowOperand right, ReadOnlySpan<long> rightStrides,
        void* destination, ReadOnlySpan<long> destinationStrides, ReadOnlySpan<long> shape, bool isBrain, long grain)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        int rank = shape.Length;
        Span<long> extents = stackalloc long[rank], strides = stackalloc long[3 * rank];
        shape.CopyTo(extents);
        destinationStrides.CopyTo(strides);
        leftStrides.CopyTo(strides[rank..]);
        rightStrides.CopyTo(strides[(2 * rank)..]);
        rank = LoopNest.Coalesce(extents, strides, 3);
        if (rank == 0 || strides[rank - 1] != 1 || (ulong)strides[2 * rank - 1] > 1 || (ulong)strides[3 * rank - 1] > 1 || (rank > 1 && extents[rank - 1] < ShortestRow)) return false;
        long count = 1;
        for (int i = 0; i < rank; i++) count *= extents[i];
        fixed (long* e = extents, s = strides)
        {
            var body = new RowsBody<TKernel, TIn, TOut> { Kernel = kernel, Left = left, Right = right, Destination = destination, Plan = new RowPlan(e, s, rank, 3, count, grain), IsBrain = isBrain };
            WorkerPool.Run(body.Plan.Chunks, ref body);
        }
        return true;
    }

    private struct RowsBody<TKernel, TIn, TOut> : IParallelBody
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        public TKernel Kernel;
        public NarrowOperand Left, Right;
        public void* Destination;
        public RowPlan Plan;
        public bool IsBrain;

        public readonly void Run(int chunk)
        {
            long* index = stackalloc long[Plan.Rank + 1];
            RowPlan.Rows rows = Plan.Open(chunk, index);
            bool fixedLeft = Plan.Step(1) == 0, fixedRight = Plan.Step(2) == 0;
            do
            {
                NarrowOperand left = Left.At(rows.First, fixedLeft, IsBrain), right = Right.At(rows.Second, fixedRight, IsBrain);
                void* result = typeof(TOut) == typeof(float) ? (ushort*)Destination + rows.Result : (TOut*)Destination + rows.Result;
                ZipPiece<TKernel, TIn, TOut>(Kernel, left.Memory, left.Number, right.Memory, right.Number, result, rows.Count, IsBrain);
            }
            while (rows.Next());
        }
    }
}
