using Kernel = Facula.Kernels.NllLoss;

namespace Facula.Ops;

/// <summary>Shapes and kernel calls of the negative log likelihood; the loss is linear in its input, and its transpose is its gradient.</summary>
internal static unsafe class Nll
{
    internal static (long Batch, long Classes, long Positions) Layout(in Size input)
    {
        if (input.Rank == 1) return (1, input[0], 1);
        long positions = 1;
        for (int i = 2; i < input.Rank; i++) positions *= input[i];
        return (input[0], input[1], positions);
    }

    internal static Tensor Targets(Tensor target, long classes, long ignored)
    {
        Tensor dense = Dense.Of(target, ScalarType.Int64);
        fixed (byte* t = &dense.Reference)
        {
            if (Kernel.OutOfBounds((long*)t, dense.Numel, classes, ignored) is { } wrong)
                throw new IndexOutOfRangeException($"Target {wrong} is out of bounds.");
        }
        return dense;
    }

    internal static void Run(bool forward, Tensor source, Tensor target, Tensor? weight, string reduction, long ignored, in Size input, Tensor result)
    {
        (long batch, long classes, long positions) = Layout(input);
        ScalarType type = Elementwise.Arithmetic(result.DType);
        Tensor x = Dense.Of(source, type), t = Targets(target, classes, ignored), y = Dense.Target(result, type);
        Tensor? w = Dense.OrNull(weight, type);
        Kernel.Reduction kind = LossReduction.Kind(reduction);
        fixed (byte* px = &x.Reference, pt = &t.Reference, py = &y.Reference, pw = &(w ?? x).Reference)
        {
            if (type == ScalarType.Float32)
            {
                if (forward) Kernel.Forward((float*)px, (long*)pt, w is null ? null : (float*)pw, (float*)py, batch, classes, positions, ignored, kind);
                else Kernel.Backward((float*)px, (long*)pt, w is null ? null : (float*)pw, (float*)py, batch, classes, positions, ignored, kind);
            }
            else
            {
                if (forward) Kernel.Forward((double*)px, (long*)pt, w is null ? null : (double*)pw, (double*)py, batch, classes, positions, ignored, kind);
                else Kernel.Backward((double*)px, (long*)pt, w is null ? null : (double*)pw, (double*)py, batch, classes, positions, ignored, kind);
            }
        }
        Dense.Finish(y, result);
        GC.KeepAlive(x);
        GC.KeepAlive(t);
        GC.KeepAlive(w);
    }

    internal static void Require(Tensor input, Tensor target, Tensor? weight)
    {
        Check.That(target.DType == ScalarType.Int64 || target.DType == ScalarType.Byte, $"expected scalar type Long but found {target.DType.LegacyName}");
        Check.That(input.Rank >= 1, $"Expected 1 or more dimensions (got {input.Rank})");
        if (input.Rank <= 2)
        {
            Check.That(target.Rank <= 1, $"0D or 1D target tensor expected, multi-target not supported");
            bool single = input.Rank == 1 && target.Rank == 0;
            Check.That(single || (target.Rank > 0 && input.Sizes[0] == target.Sizes[0] && input.Rank == 2) || (input.Rank == 1 && target.Numel == 1),
                $"size mismatch (got input: {input.SizesRef.Brackets()}, target: {target.SizesRef.Brackets()})");
        }
        else
        {
            bool fits = target.Rank == input.Rank - 1;
            for (int i = 1; fits && i < target.Rank; i++) fits = target.Sizes[i] == input.Sizes[i + 1];
            Check.That(fits && target.Sizes[0] == input.Sizes[0], $"size mismatch (got input: {input.SizesRef.Brackets()} , target: {target.SizesRef.Brackets()}");
        }
        long classes = Layout(input.SizesRef).Classes;
        Check.That(weight is null || (weight.Rank == 1 && weight.Numel == classes),
            $"weight tensor should be defined either for all {classes} classes or no classes but got weight tensor of shape: {weight?.SizesRef.Brackets()}");
    }
}

[TensorOp("_nll_loss", Public = false, Out = false)]
internal static partial class NllLossOp
{
    /// <summary>−weight · input at the target's class, or the mean or sum.</summary>
    static TensorSpec Infer(Tensor input, Tensor target, Tensor? weight, string reduction, long ignore_index)
    {
        Nll.Require(input, target, weight);
        if (!input.DType.is_floating_point) throw TypeSwitch.NotImplemented(input.Rank > 2 ? "nll_loss2d_forward_out_frame" : "nll_loss_out_frame", input.DType);
        return new(reduction == "none" ? target.SizesRef : default, input.DType, input.device);
    }

    static string NodeName(Tensor input) => input.Rank > 2 ? "NllLoss2DBackward0" : "NllLossBackward0";

    static void Compute(Tensor input, Tensor target, Tensor? weight, string reduction, long ignore_index, Tensor result) =>
        Nll.Run(true, input, target, weight, reduction, ignore_index, input.SizesRef, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor target, Tensor? weight, string reduction, long ignore_index) =>
        NllLossBackward.Call(grad, input, target, weight, reduction, ignore_index);
}

[TensorOp("nll_loss_backward", Public = false, Out = false)]
internal static partial class NllLossBackward
{
    /// <summary>The gradient of the negative log likelihood: −weight · grad at the target's class, 0 elsewhere.</summary>
    static TensorSpec Infer(Tensor input, Tensor scores, Tensor target, Tensor? weight, string reduction, long ignore_index) => new(scores.SizesRef, input.DType, input.device);

    static void Compute(Tensor input, Tensor scores, Tensor target, Tensor? weight, string reduction, long ignore_index, Tensor result) =>
        Nll.Run(false, input, target, weight, reduction, ignore_index, scores.SizesRef, result);

    // The loss is linear in the scores: their second derivative is there, and 0.
    static Tensor GradScores(TensorSpec scores) => scores.Zeros();

    static Tensor GradInput(Tensor grad, Tensor target, Tensor? weight, string reduction, long ignore_index) =>
        NllLossOp.Call(grad, target, weight, reduction, ignore_index);
}

[CompositeOp("nll_loss", In = "torch.nn.functional", Method = false)]
internal static partial class NllLoss
{
    /// <summary>The negative log likelihood: −weight · input at the target's class, or the mean (weighted) or sum.</summary>
    static Tensor Compose(Tensor input, Tensor target, Tensor? weight = null, bool? size_average = null, long ignore_index = -100, bool? reduce = null, string reduction = "mean") =>
        Call(input, target, weight, ignore_index, LossReduction.Resolve(size_average, reduce, reduction));

    internal static Tensor Call(Tensor input, Tensor target, Tensor? weight, long ignore_index, string reduction)
    {
        Check.That(input.Rank >= 1, $"Expected 1 or more dimensions (got {input.Rank})");
        if (input.Rank != 1 && target.Rank > 0 && input.Sizes[0] != target.Sizes[0])
            throw new ArgumentException($"Expected input batch_size ({input.Sizes[0]}) to match target batch_size ({target.Sizes[0]}).");
        return NllLossOp.Call(input, target, weight, reduction, ignore_index);
    }
}
