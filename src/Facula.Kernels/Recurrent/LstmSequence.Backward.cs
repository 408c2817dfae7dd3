using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class LstmSequence
{
    /// <summary>
    /// The gradients of the gates before their functions (L, N, 4H) and of the first states (N, H), from those of outputs and cells (L, N, H),
    /// each of which may be null. The weight's gradient is a product of the first result with the outputs.
    /// </summary>
    public static void Backward<T>(in Shape shape, T* gradOutputs, T* gradCells, T* cell, T* weight, T* cells, T* activations, T* gradGates, T* gradHidden, T* gradCell)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (GemmLanes512<T>.IsSupported) Backward<GemmLanes512<T>, Vector512<T>, T>(shape, gradOutputs, gradCells, cell, weight, cells, activations, gradGates, gradHidden, gradCell);
        else if (GemmLanes256<T>.IsSupported) Backward<GemmLanes256<T>, Vector256<T>, T>(shape, gradOutputs, gradCells, cell, weight, cells, activations, gradGates, gradHidden, gradCell);
        else Backward<GemmLanes128<T>, Vector128<T>, T>(shape, gradOutputs, gradCells, cell, weight, cells, activations, gradGates, gradHidden, gradCell);
    }

    private static void Backward<L, V, T>(in Shape shape, T* gradOutputs, T* gradCells, T* cell, T* weight, T* cells, T* activations, T* gradGates, T* gradHidden, T* gradCell)
        where L : struct, IGemmLanes<V, T>
        where V : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint h = (nint)shape.Hidden;
        using var room = Scratch.Rent<T>(PackedFactor<L, V, T>.Room(4 * h, h));
        var body = new BackwardBody<L, V, T>
        {
            Shape = shape, GradOutputs = gradOutputs, GradCells = gradCells, Cell = cell, Cells = cells, Activations = activations,
            GradGates = gradGates, GradHidden = gradHidden, GradCell = gradCell,
            Weight = PackedFactor<L, V, T>.Pack(weight, h, 1, 4 * h, h, (T*)room.Pointer),
        };
        WorkerPool.Run((int)((shape.Batch + RowsPerChunk - 1) / RowsPerChunk), ref body);
    }

    private struct BackwardBody<L, V, T> : IParallelBody
        where L : struct, IGemmLanes<V, T>
        where V : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Shape Shape;
        public T* GradOutputs, GradCells, Cell, Cells, Activations, GradGates, GradHidden, GradCell;
        public PackedFactor<L, V, T> Weight;

        public readonly void Run(int chunk)
        {
            nint h = (nint)Shape.Hidden, batch = (nint)Shape.Batch, first = (nint)chunk * RowsPerChunk, rows = Math.Min(RowsPerChunk, batch - first);
            using var room = Scratch.Rent<T>(4 * rows * h);
            T* zeros = (T*)room.Pointer, hidden = zeros + rows * h, cell = hidden + rows * h, nextCell = cell + rows * h;
            BorderedPlane.Clear(zeros, 3 * rows * h);
            for (nint t = (nint)Shape.Length - 1; t >= 0; t--)
            {
                nint at = Shape.Step(t) * batch + first;
                T* before = t == 0 ? Cell + first * h : Cells + (Shape.Step(t - 1) * batch + first) * h;
                for (nint r = 0; r < rows; r++)
                {
                    nint row = (at + r) * h;
                    Row(GradOutputs == null ? zeros : GradOutputs + row, GradCells == null ? zeros : GradCells + row, hidden + r * h, cell + r * h,
                        before + r * h, Cells + row, Activations + 4 * row, GradGates + 4 * row, nextCell + r * h, h);
                }
                T* old = cell;
                cell = nextCell;
                nextCell = old;
                Weight.Multiply(GradGates + at * 4 * h, 4 * h, hidden, h, rows, accumulate: false);
            }
            uint bytes = checked((uint)(rows * h * sizeof(T)));
            Unsafe.CopyBlockUnaligned(GradHidden + first * h, hidden, bytes);
            Unsafe.CopyBlockUnaligned(GradCell + first * h, cell, bytes);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Row(T* gradOutput, T* gradCell, T* hidden, T* cell, T* before, T* after, T* activations, T* gates, T* nextCell, nint h)
        {
            int width = Vector512<T>.Count;
            if (h < width)
            {
                for (nint j = 0; j < h; j++)
                {
                    T i = activations[j], f = activations[h + j], g = activations[2 * h + j], o = activations[3 * h + j], tanh = T.Tanh(after[j]);
                    T dh = gradOutput[j] + hidden[j], dc = gradCell[j] + cell[j] + dh * o * (T.One - tanh * tanh);
                    gates[j] = dc * g * i * (T.One - i);
                    gates[h + j] = dc * before[j] * f * (T.One - f);
                    gates[2 * h + j] = dc * i * (T.One - g * g);
                    gates[3 * h + j] = dh * tanh * o * (T.One - o);
                    nextCell[j] = dc * f;
                }
                return;
            }
            Vector512<T> one = Vector512<T>.One;
            for (nint j = 0; j < h; j += width)
            {
                if (j + width > h) j = h - width;
                Vector512<T> i = Vector512.Load(activations + j), f = Vector512.Load(activations + h + j);
                Vector512<T> g = Vector512.Load(activations + 2 * h + j), o = Vector512.Load(activations + 3 * h + j), tanh = GateLanes.Tanh(Vector512.Load(after + j));
                Vector512<T> dh = Vector512.Load(gradOutput + j) + Vector512.Load(hidden + j);
                Vector512<T> dc = Vector512.Load(gradCell + j) + Vector512.Load(cell + j) + dh * o * (one - tanh * tanh);
                (dc * g * i * (one - i)).Store(gates + j);
                (dc * Vector512.Load(before + j) * f * (one - f)).Store(gates + h + j);
                (dc * i * (one - g * g)).Store(gates + 2 * h + j);
                (dh * tanh * o * (one - o)).Store(gates + 3 * h + j);
                (dc * f).Store(nextCell + j);
            }
        }
    }
}
