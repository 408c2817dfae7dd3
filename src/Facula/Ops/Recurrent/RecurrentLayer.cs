using System.Numerics;
using Facula.Kernels;
using Kernel = Facula.Kernels.RecurrentLayer;

namespace Facula.Ops;

[TensorOp("_recurrent_layer", Public = false, Out = false, Node = "StackBackward0")]
internal static unsafe partial class RecurrentLayerOp
{
    /// <summary>
    /// One direction of one layer over whole sequences. <paramref name="gates"/> (L, N, G·H) is the input's part with its bias,
    /// <paramref name="hidden"/> and <paramref name="cell"/> (N, H) the first states, <paramref name="weight"/> (G·H, H) and
    /// <paramref name="bias"/> the state's part; answers the outputs and cells (L, N, H) and what the gradient needs.
    /// </summary>
    static (TensorSpec output, TensorSpec cells, TensorSpec kept) Infer(Tensor gates, Tensor hidden, Tensor? cell, Tensor weight, Tensor? bias, string mode, bool reverse)
    {
        long length = gates.Sizes[0], batch = gates.Sizes[1], size = weight.Sizes[1];
        long kept = mode switch { "LSTM" or "GRU" => 4, _ => 0 };
        return (TensorSpec.Like(gates).WithSizes([length, batch, size]), TensorSpec.Like(gates).WithSizes(mode == "LSTM" ? [length, batch, size] : [0]),
            TensorSpec.Like(gates).WithSizes([length, batch, kept, size]));
    }

    static void Compute(Tensor gates, Tensor hidden, Tensor? cell, Tensor weight, Tensor? bias, string mode, bool reverse, Tensor output, Tensor cells, Tensor kept)
    {
        if (output.Numel == 0) return;
        var forward = new Forward { Gates = gates, Hidden = hidden, Cell = cell, Weight = weight, Bias = bias, Reverse = reverse, Output = output, Cells = cells, Kept = kept };
        Choose(mode, gates.DType, ref forward);
    }

    private interface IRun
    {
        void Run<TCell, T>() where TCell : struct, IRecurrentCell where T : unmanaged, IFloatingPointIeee754<T>;
    }

    private static void Choose<TRun>(string mode, ScalarType dtype, ref TRun run) where TRun : struct, IRun
    {
        if (Elementwise.Arithmetic(dtype) == ScalarType.Float32) ChooseCell<TRun, float>(mode, ref run);
        else ChooseCell<TRun, double>(mode, ref run);
    }

    private static void ChooseCell<TRun, T>(string mode, ref TRun run) where TRun : struct, IRun where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (mode)
        {
            case "LSTM": run.Run<LstmCell, T>(); break;
            case "GRU": run.Run<GruCell, T>(); break;
            case "RNN_TANH": run.Run<ElmanTanhCell, T>(); break;
            default: run.Run<ElmanReluCell, T>(); break;
        }
    }

    private struct Forward : IRun
    {
        public Tensor Gates, Hidden, Weight, Output, Cells, Kept;
        public Tensor? Cell, Bias;
        public bool Reverse;

        public readonly void Run<TCell, T>() where TCell : struct, IRecurrentCell where T : unmanaged, IFloatingPointIeee754<T>
        {
            ScalarType type = ScalarType.Of(typeof(T));
            Tensor x = Dense.Of(Gates, type), h = Dense.Of(Hidden, type), w = Dense.Of(Weight, type);
            Tensor? c = Dense.OrNull(Cell, type), b = Dense.OrNull(Bias, type);
            Tensor y = Dense.Target(Output, type), cs = Dense.Target(Cells, type), kept = Dense.Target(Kept, type);
            fixed (byte* px = &x.Reference, ph = &h.Reference, pw = &w.Reference, pc = &(c ?? h).Reference, pb = &(b ?? h).Reference,
                py = &y.Reference, pcs = &cs.Reference, pk = &kept.Reference)
            {
                var shape = new Kernel.Shape(Output.Sizes[0], Output.Sizes[1], Output.Sizes[2], Reverse);
                Kernel.Forward<TCell, T>(shape, new Kernel.Memory<T>
                {
                    Gates = (T*)px, Hidden = (T*)ph, Cell = (T*)pc, Weight = (T*)pw, Bias = b is null ? null : (T*)pb, Outputs = (T*)py, Cells = (T*)pcs, Kept = (T*)pk,
                });
            }
            Dense.Finish(y, Output);
            Dense.Finish(cs, Cells);
            Dense.Finish(kept, Kept);
            GC.KeepAlive(x);
            GC.KeepAlive(h);
            GC.KeepAlive(w);
            GC.KeepAlive(c);
            GC.KeepAlive(b);
        }
    }

    static (Tensor? gates, Tensor? hidden, Tensor? cell, Tensor? weight, Tensor? bias) Grad(Tensor? grad, Tensor? gradCells, Tensor? gradKept,
        Tensor hidden, Tensor? cell, Tensor weight, TensorSpec bias, string mode, bool reverse, Tensor output, Tensor cells, Tensor kept, NeedsGrad needs, GradientSum sumWeight)
    {
        if (output.Numel == 0)
            return (TensorSpec.Like(output).WithSizes([output.Sizes[0], output.Sizes[1], weight.Sizes[0]]).Zeros(), hidden * 0, cell is null ? null : cell * 0, weight * 0, needs[4] ? bias.Zeros() : null);
        if (GradMode.Enabled || gradKept is not null)
            return RecurrentDerivative.Of(grad, gradCells, gradKept, hidden, cell, weight, needs[4], mode, reverse, output, cells, kept);
        if (grad is null && gradCells is null) return default;
        using GradientSum.Hold hold = needs[3] ? sumWeight.Open(weight, hidden) : default;
        var backward = new Backward
        {
            WeightSum = hold.Sum is { IsContiguous: true } sum && Elementwise.Arithmetic(sum.DType) == sum.DType ? sum : null,
            Grad = grad, GradCells = gradCells, Hidden = hidden, Cell = cell, Weight = weight, Output = output, Cells = cells, Kept = kept, Reverse = reverse, Needs = needs,
        };
        Choose(mode, output.DType, ref backward);
        ScalarType dtype = output.DType;
        return (backward.ToGates!.to(dtype), backward.ToHidden!.to(dtype), cell is null ? null : backward.ToCell!.to(dtype), backward.ToWeight?.to(dtype), backward.ToBias?.to(dtype));
    }

    private struct Backward : IRun
    {
        public Tensor? Grad, GradCells, Cell, WeightSum;
        public Tensor Hidden, Weight, Output, Cells, Kept;
        public bool Reverse;
        public NeedsGrad Needs;
        public Tensor? ToGates, ToHidden, ToCell, ToWeight, ToBias;

        public void Run<TCell, T>() where TCell : struct, IRecurrentCell where T : unmanaged, IFloatingPointIeee754<T>
        {
            ScalarType type = ScalarType.Of(typeof(T));
            long length = Output.Sizes[0], batch = Output.Sizes[1], size = Output.Sizes[2], wide = TCell.Gates * size;
            Tensor? g = Dense.OrNull(Grad, type), gc = Dense.OrNull(GradCells, type), c = Dense.OrNull(Cell, type);
            Tensor h = Dense.Of(Hidden, type), w = Dense.Of(Weight, type), y = Dense.Of(Output, type), cs = Dense.Of(Cells, type), kept = Dense.Of(Kept, type);
            ToGates = Tensor.Allocate([length, batch, wide], type);
            Tensor state = TCell.IsSplit ? Tensor.Allocate([length, batch, wide], type) : ToGates;
            ToHidden = Tensor.Allocate([batch, size], type);
            ToCell = TCell.HasCell ? Tensor.Allocate([batch, size], type) : ToHidden;
            ToWeight = Needs[3] && WeightSum is null ? Tensor.Allocate([wide, size], type) : null;
            Tensor? toWeight = WeightSum ?? ToWeight;
            fixed (byte* pg = &(g ?? h).Reference, pgc = &(gc ?? h).Reference, pc = &(c ?? h).Reference, ph = &h.Reference, pw = &w.Reference, py = &y.Reference, pcs = &cs.Reference,
                pk = &kept.Reference, tx = &ToGates.Reference, ts = &state.Reference, th = &ToHidden.Reference, tc = &ToCell.Reference, tw = &(toWeight ?? h).Reference)
            {
                var shape = new Kernel.Shape(length, batch, size, Reverse);
                var memory = new Kernel.Memory<T>
                {
                    OutputGradient = g is null ? null : (T*)pg, CellsGradient = gc is null ? null : (T*)pgc, Hidden = (T*)ph, Cell = (T*)pc, Weight = (T*)pw,
                    Outputs = (T*)py, Cells = (T*)pcs, Kept = (T*)pk, GatesGradient = (T*)tx, StateGradient = (T*)ts, HiddenGradient = (T*)th, CellGradient = (T*)tc,
                };
                Kernel.Backward<TCell, T>(shape, memory);
                if (toWeight is not null) Kernel.WeightGradient(shape, wide, memory, (T*)tw, add: WeightSum is not null);
            }
            WeightSum?.BumpVersion();
            if (Needs[4]) ToBias = state.sum([0, 1]);
            GC.KeepAlive(g);
            GC.KeepAlive(gc);
            GC.KeepAlive(c);
            GC.KeepAlive(h);
            GC.KeepAlive(w);
            GC.KeepAlive(y);
            GC.KeepAlive(cs);
            GC.KeepAlive(kept);
            GC.KeepAlive(state);
            GC.KeepAlive(toWeight);
        }
    }
}
