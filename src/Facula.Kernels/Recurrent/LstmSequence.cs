using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>One direction of one layer of long short-term memory over a whole sequence.</summary>
/// <remarks>
/// Time-major and dense: gates (L, N, 4H) hold what the input gives, in PyTorch's order i f g o; states are (N, H), the recurrent weight (4H, H).
/// Rows of the batch never meet, so each chunk takes some of them through all steps, and the weight is packed once for all.
/// </remarks>
public static unsafe partial class LstmSequence
{
    private const int RowsPerChunk = 12;

    /// <summary>Sizes and direction.</summary>
    public readonly record struct Shape(long Length, long Batch, long Hidden, bool Reverse)
    {
        internal nint Step(nint t) => Reverse ? (nint)Length - 1 - t : t;
    }

    /// <summary>Writes outputs and cells (L, N, H) and the gates after their functions (L, N, 4H).</summary>
    public static void Forward<T>(in Shape shape, T* gates, T* hidden, T* cell, T* weight, T* outputs, T* cells, T* activations)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (GemmLanes512<T>.IsSupported) Forward<GemmLanes512<T>, Vector512<T>, T>(shape, gates, hidden, cell, weight, outputs, cells, activations);
        else if (GemmLanes256<T>.IsSupported) Forward<GemmLanes256<T>, Vector256<T>, T>(shape, gates, hidden, cell, weight, outputs, cells, activations);
        else Forward<GemmLanes128<T>, Vector128<T>, T>(shape, gates, hidden, cell, weight, outputs, cells, activations);
    }

    private static void Forward<L, V, T>(in Shape shape, T* gates, T* hidden, T* cell, T* weight, T* outputs, T* cells, T* activations)
        where L : struct, IGemmLanes<V, T>
        where V : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint h = (nint)shape.Hidden;
        using var room = Scratch.Rent<T>(PackedFactor<L, V, T>.Room(h, 4 * h));
        var body = new ForwardBody<L, V, T>
        {
            Shape = shape, Gates = gates, Hidden = hidden, Cell = cell, Outputs = outputs, Cells = cells, Activations = activations,
            Weight = PackedFactor<L, V, T>.Pack(weight, 1, h, h, 4 * h, (T*)room.Pointer),
        };
        WorkerPool.Run((int)((shape.Batch + RowsPerChunk - 1) / RowsPerChunk), ref body);
    }

    private struct ForwardBody<L, V, T> : IParallelBody
        where L : struct, IGemmLanes<V, T>
        where V : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Shape Shape;
        public T* Gates, Hidden, Cell, Outputs, Cells, Activations;
        public PackedFactor<L, V, T> Weight;

        public readonly void Run(int chunk)
        {
            nint h = (nint)Shape.Hidden, batch = (nint)Shape.Batch, first = (nint)chunk * RowsPerChunk, rows = Math.Min(RowsPerChunk, batch - first);
            using var room = Scratch.Rent<T>(rows * 4 * h);
            T* sums = (T*)room.Pointer;
            T* hidden = Hidden + first * h, cell = Cell + first * h;
            for (nint t = 0; t < (nint)Shape.Length; t++)
            {
                nint at = Shape.Step(t) * batch + first;
                Unsafe.CopyBlockUnaligned(sums, Gates + at * 4 * h, checked((uint)(rows * 4 * h * sizeof(T))));
                Weight.Multiply(hidden, h, sums, 4 * h, rows, accumulate: true);
                for (nint r = 0; r < rows; r++)
                    Row(sums + r * 4 * h, cell + r * h, Outputs + (at + r) * h, Cells + (at + r) * h, Activations + (at + r) * 4 * h, h);
                hidden = Outputs + at * h;
                cell = Cells + at * h;
            }
        }
    }

    /// <summary>c' = f·c + i·g, h = o·tanh c'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<T>(T* sums, T* cell, T* output, T* nextCell, T* activations, nint h) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        if (h < width)
        {
            for (nint j = 0; j < h; j++)
            {
                T i = Sigmoid(sums[j]), f = Sigmoid(sums[h + j]), g = T.Tanh(sums[2 * h + j]), o = Sigmoid(sums[3 * h + j]);
                T c = f * cell[j] + i * g;
                (activations[j], activations[h + j], activations[2 * h + j], activations[3 * h + j]) = (i, f, g, o);
                nextCell[j] = c;
                output[j] = o * T.Tanh(c);
            }
            return;
        }
        // The last vector overlaps the one before; nothing that is read is written here.
        for (nint j = 0; j < h; j += width)
        {
            if (j + width > h) j = h - width;
            Vector512<T> i = GateLanes.Sigmoid(Vector512.Load(sums + j)), f = GateLanes.Sigmoid(Vector512.Load(sums + h + j));
            Vector512<T> g = GateLanes.Tanh(Vector512.Load(sums + 2 * h + j)), o = GateLanes.Sigmoid(Vector512.Load(sums + 3 * h + j));
            Vector512<T> c = f * Vector512.Load(cell + j) + i * g;
            i.Store(activations + j);
            f.Store(activations + h + j);
            g.Store(activations + 2 * h + j);
            o.Store(activations + 3 * h + j);
            c.Store(nextCell + j);
            (o * GateLanes.Tanh(c)).Store(output + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Sigmoid<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.One / (T.One + T.Exp(-x));
}
