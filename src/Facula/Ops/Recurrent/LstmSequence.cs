using Kernel = Facula.Kernels.LstmSequence;

namespace Facula.Ops;

// A whole sequence in one node: the input's part of the gates arrives as one product, the recurrent products run on a weight packed once,
// and the weight's gradient is one product over all steps.

[TensorOp("_lstm_sequence", Public = false, Out = false, Node = "StackBackward0")]
internal static unsafe partial class LstmSequence
{
    /// <summary>Outputs and cells (L, N, H) of one layer and direction, from gates (L, N, 4H), states (N, H) and the recurrent weight (4H, H); the gates after their functions are kept for the gradient.</summary>
    static (TensorSpec output, TensorSpec cells, TensorSpec activations) Infer(Tensor gates, Tensor hidden, Tensor cell, Tensor weight, bool reverse)
    {
        TensorSpec states = TensorSpec.Like(gates).WithSizes([gates.Sizes[0], gates.Sizes[1], weight.Sizes[1]]);
        return (states, states, TensorSpec.Like(gates));
    }

    /// <summary>Whether the kernel takes this: float or double on the CPU, with something to do.</summary>
    internal static bool Takes(Tensor gates) => gates.device.IsCpu && gates.Numel > 0 && (gates.DType == ScalarType.Float32 || gates.DType == ScalarType.Float64);

    static void Compute(Tensor gates, Tensor hidden, Tensor cell, Tensor weight, bool reverse, Tensor output, Tensor cells, Tensor activations)
    {
        Tensor x = Dense.Of(gates, gates.DType), h = Dense.Of(hidden, gates.DType), c = Dense.Of(cell, gates.DType), w = Dense.Of(weight, gates.DType);
        var shape = Shape(x, reverse);
        fixed (byte* xp = &x.Reference, hp = &h.Reference, cp = &c.Reference, wp = &w.Reference, op = &output.Reference, sp = &cells.Reference, ap = &activations.Reference)
        {
            if (gates.DType == ScalarType.Float32) Kernel.Forward(shape, (float*)xp, (float*)hp, (float*)cp, (float*)wp, (float*)op, (float*)sp, (float*)ap);
            else Kernel.Forward(shape, (double*)xp, (double*)hp, (double*)cp, (double*)wp, (double*)op, (double*)sp, (double*)ap);
        }
        KeepAlive(x, h, c, w, output, cells, activations);
    }

    private static Kernel.Shape Shape(Tensor gates, bool reverse) => new(gates.Sizes[0], gates.Sizes[1], gates.Sizes[2] / 4, reverse);

    private static void KeepAlive(params ReadOnlySpan<Tensor?> tensors)
    {
        foreach (Tensor? tensor in tensors) GC.KeepAlive(tensor);
    }

    static (Tensor? gates, Tensor? hidden, Tensor? cell, Tensor? weight) Grad(Tensor? gradOutput, Tensor? gradCells, Tensor gates, Tensor hidden, Tensor cell, Tensor weight,
        Tensor output, Tensor cells, Tensor activations, bool reverse, NeedsGrad needs)
    {
        if (GradMode.Enabled) return Differentiable(gradOutput, gradCells, gates, hidden, cell, weight, reverse, needs);
        ScalarType type = gates.DType;
        Tensor c = Dense.Of(cell, type), w = Dense.Of(weight, type);
        Tensor? go = Dense.OrNull(gradOutput, type), gc = Dense.OrNull(gradCells, type);
        Tensor gradGates = Tensor.Allocate(gates.SizesRef, type), gradHidden = Tensor.Allocate(hidden.SizesRef, type), gradCell = Tensor.Allocate(cell.SizesRef, type);
        var shape = Shape(gates, reverse);
        fixed (byte* gop = &(go ?? c).Reference, gcp = &(gc ?? c).Reference, cp = &c.Reference, wp = &w.Reference, sp = &cells.Reference, ap = &activations.Reference,
            gg = &gradGates.Reference, gh = &gradHidden.Reference, gcell = &gradCell.Reference)
        {
            byte* outputs = go is null ? null : gop, states = gc is null ? null : gcp;
            if (type == ScalarType.Float32)
                Kernel.Backward(shape, (float*)outputs, (float*)states, (float*)cp, (float*)wp, (float*)sp, (float*)ap, (float*)gg, (float*)gh, (float*)gcell);
            else
                Kernel.Backward(shape, (double*)outputs, (double*)states, (double*)cp, (double*)wp, (double*)sp, (double*)ap, (double*)gg, (double*)gh, (double*)gcell);
        }
        KeepAlive(go, gc, c, w, cells, activations, gradGates, gradHidden, gradCell);
        return (gradGates, needs[1] ? gradHidden : null, needs[2] ? gradCell : null, needs[3] ? WeightGradient(gradGates, hidden, output, reverse) : null);
    }

    /// <summary>Σ over the steps of gateᵀ · state before: one product for the first step, one for all others.</summary>
    private static Tensor WeightGradient(Tensor gradGates, Tensor hidden, Tensor output, bool reverse)
    {
        long length = gradGates.Sizes[0], batch = gradGates.Sizes[1], gates = gradGates.Sizes[2], width = output.Sizes[2];
        Tensor Steps(Tensor all, long from, long count, long columns) => all.Alias([count * batch, columns], [columns, 1], all.Offset + from * batch * columns);
        Tensor Transposed(Tensor rows) => rows.Alias([rows.Sizes[1], rows.Sizes[0]], [1, rows.Sizes[1]], rows.Offset);
        Tensor result = Tensor.Allocate([gates, width], gradGates.DType);
        Products.Multiply("lstm", Transposed(Steps(gradGates, reverse ? length - 1 : 0, 1, gates)), hidden, result);
        if (length > 1)
            Products.Multiply("lstm", Transposed(Steps(gradGates, reverse ? 0 : 1, length - 1, gates)), Steps(output, reverse ? 1 : 0, length - 1, width), result, beta: 1);
        return result;
    }

    // With create_graph the sequence is gone through once more, step by step, and that is differentiated.
    private static (Tensor?, Tensor?, Tensor?, Tensor?) Differentiable(Tensor? gradOutput, Tensor? gradCells, Tensor gates, Tensor hidden, Tensor cell, Tensor weight, bool reverse, NeedsGrad needs)
    {
        (Tensor output, Tensor cells) = Steps(gates, hidden, cell, weight, reverse);
        Tensor[] inputs = [gates, hidden, cell, weight];
        Tensor[] wanted = [.. inputs.Where((_, i) => needs[i])];
        Tensor[] grads = torch.autograd.grad(new Tensor[] { output, cells }, wanted,
            new Tensor[] { gradOutput ?? torch.zeros_like(output), gradCells ?? torch.zeros_like(cells) }, create_graph: true, allow_unused: true);
        var results = new Tensor?[4];
        for (int i = 0, next = 0; i < 4; i++)
            if (needs[i]) results[i] = grads[next++];
        return (results[0], results[1], results[2], results[3]);
    }

    private static (Tensor output, Tensor cells) Steps(Tensor gates, Tensor hidden, Tensor cell, Tensor weight, bool reverse)
    {
        long length = gates.Sizes[0];
        var outputs = new Tensor[length];
        var cells = new Tensor[length];
        for (long t = 0; t < length; t++)
        {
            long at = reverse ? length - 1 - t : t;
            Tensor[] part = (Select.Call(gates, 0, at) + Mm.Call(hidden, weight.t())).chunk(4, 1);
            cell = torch.sigmoid(part[1]) * cell + torch.sigmoid(part[0]) * torch.tanh(part[2]);
            hidden = torch.sigmoid(part[3]) * torch.tanh(cell);
            (outputs[at], cells[at]) = (hidden, cell);
        }
        return (torch.stack(outputs, 0), torch.stack(cells, 0));
    }
}
