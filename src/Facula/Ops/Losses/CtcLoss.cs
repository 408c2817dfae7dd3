using Facula.Kernels;
using Kernel = Facula.Kernels.CtcLoss;

namespace Facula.Ops;

[TensorOp("_ctc_loss", Public = false, Out = false, Node = "CtcLossBackward0")]
internal static unsafe partial class CtcLossOp
{
    /// <summary>−log of the probability of each target sequence, and the sums over partial paths that the gradient needs.</summary>
    static (TensorSpec loss, TensorSpec alpha) Infer(Tensor log_probs, Tensor targets, long[] input_lengths, long[] target_lengths, long blank, bool zero_infinity)
    {
        Check.That(log_probs.Rank == 3, $"Expected log_probs to have 3 dimensions, but got {log_probs.Rank}");
        long time = log_probs.Sizes[0], batch = log_probs.Sizes[1], classes = log_probs.Sizes[2];
        if (!log_probs.DType.is_floating_point) throw TypeSwitch.NotImplemented("ctc_loss_cpu", log_probs.DType);
        Check.That(targets.DType == ScalarType.Int64 || targets.DType == ScalarType.Int32, $"Expected tensor for argument #2 'targets' to have one of the following scalar types: Long, Int; but got {targets.DType.LegacyName} instead (while checking arguments for ctc_loss_cpu)");
        Check.That(blank >= 0 && blank < classes, $"blank must be in label range");
        Check.That(input_lengths.Length == batch, $"input_lengths must be of size batch_size");
        Check.That(target_lengths.Length == batch, $"target_lengths must be of size batch_size");
        foreach (long length in input_lengths)
            Check.That(length >= 0 && length <= time, $"Expected input_lengths to have value at most {time}, but got value {length} (while checking arguments for ctc_loss_cpu)");
        long longest = target_lengths.Length == 0 ? 0 : target_lengths.Max();
        if (targets.Rank == 2)
            Check.That(targets.Sizes[0] == batch && targets.Sizes[1] >= longest, $"Expected tensor to have size at least {longest} at dimension 1, but got size {targets.Sizes[^1]} for argument #2 'targets' (while checking arguments for ctc_loss_cpu)");
        else
            Check.That(targets.Rank == 1 && targets.Numel >= target_lengths.Sum(), $"Expected tensor to have size {target_lengths.Sum()} at dimension 0, but got size {targets.Numel} for argument #2 'targets' (while checking arguments for ctc_loss_cpu)");
        return (new([batch], log_probs.DType, log_probs.device), new([batch, time, 2 * longest + 1], ScalarType.Float64, log_probs.device));
    }

    static void Compute(Tensor log_probs, Tensor targets, long[] input_lengths, long[] target_lengths, long blank, bool zero_infinity, Tensor loss, Tensor alpha)
    {
        Tensor losses = Run(log_probs, targets, input_lengths, target_lengths, blank, alpha, null, null);
        loss.CopyRaw(losses);
    }

    static Tensor GradLogProbs(Tensor grad, Tensor log_probs, Tensor targets, long[] input_lengths, long[] target_lengths, long blank, bool zero_infinity, Tensor loss, Tensor alpha)
    {
        Tensor scale = Copying.Converted(grad, ScalarType.Float64);
        for (long b = 0; zero_infinity && b < scale.Numel; b++)
            if (double.IsInfinity(loss.GetElement(b * loss.Strides[0]).ToDouble())) scale.SetElement(b, 0);
        ScalarType type = Elementwise.Arithmetic(log_probs.DType);
        Tensor gradient = Tensor.Allocate(log_probs.SizesRef, type, log_probs.device);
        Run(log_probs, targets, input_lengths, target_lengths, blank, alpha, scale, gradient);
        return gradient.to(log_probs.DType);
    }

    // Both passes: without a gradient to fill, the losses; else the gradient, from what the first pass left.
    private static Tensor Run(Tensor logProbs, Tensor targets, long[] inputLengths, long[] targetLengths, long blank, Tensor alpha, Tensor? scale, Tensor? gradient)
    {
        ScalarType type = Elementwise.Arithmetic(logProbs.DType);
        Tensor x = Dense.Of(logProbs, type), labels = Dense.Of(targets, ScalarType.Int64), losses = Tensor.Allocate([logProbs.Sizes[1]], ScalarType.Float64);
        var offsets = new long[inputLengths.Length];
        for (int b = 1; b < offsets.Length; b++) offsets[b] = targets.Rank == 2 ? b * targets.Sizes[1] : offsets[b - 1] + targetLengths[b - 1];
        long longest = (alpha.Sizes[2] - 1) / 2;
        fixed (long* offset = offsets, input = inputLengths, target = targetLengths)
        fixed (byte* px = &x.Reference, pl = &labels.Reference, pa = &alpha.Reference, po = &losses.Reference, ps = &(scale ?? x).Reference, pg = &(gradient ?? x).Reference)
        {
            if (type == ScalarType.Float32)
            {
                var problem = new Kernel.Problem<float> { LogProbs = (float*)px, Time = x.Sizes[0], Batch = x.Sizes[1], Classes = x.Sizes[2], Blank = blank, MaxTarget = longest, Targets = (long*)pl, Offsets = offset, InputLengths = input, TargetLengths = target };
                if (gradient is null) Kernel.Forward(problem, (double*)po, (double*)pa);
                else
                {
                    Kernel.Losses(problem, (double*)pa, (double*)po);
                    Kernel.Backward(problem, (double*)po, (double*)pa, (double*)ps, (float*)pg);
                }
            }
            else
            {
                var problem = new Kernel.Problem<double> { LogProbs = (double*)px, Time = x.Sizes[0], Batch = x.Sizes[1], Classes = x.Sizes[2], Blank = blank, MaxTarget = longest, Targets = (long*)pl, Offsets = offset, InputLengths = input, TargetLengths = target };
                if (gradient is null) Kernel.Forward(problem, (double*)po, (double*)pa);
                else
                {
                    Kernel.Losses(problem, (double*)pa, (double*)po);
                    Kernel.Backward(problem, (double*)po, (double*)pa, (double*)ps, (double*)pg);
                }
            }
        }
        GC.KeepAlive(x);
        GC.KeepAlive(labels);
        GC.KeepAlive(alpha);
        GC.KeepAlive(scale);
        GC.KeepAlive(gradient);
        return losses;
    }
}

[CompositeOp("ctc_loss", In = "torch.nn.functional", Method = false)]
internal static partial class CtcLossLists
{
    /// <summary>The connectionist temporal classification loss of log-probabilities (time, batch, classes) and target sequences.</summary>
    static Tensor Compose(Tensor log_probs, Tensor targets, long[] input_lengths, long[] target_lengths, long blank = 0, string reduction = "mean", bool zero_infinity = false)
    {
        reduction = LossReduction.Require(reduction);
        bool batched = log_probs.Rank == 3;
        if (!batched && log_probs.Rank == 2) log_probs = Unsqueeze.Call(log_probs, 1);
        Tensor loss = CtcLossOp.Call(log_probs, targets, input_lengths, target_lengths, blank, zero_infinity).loss;
        if (zero_infinity) loss = Where.Call(loss.detach().eq(double.PositiveInfinity), Tensor.FromScalar(0, loss.DType), loss);
        if (reduction == "mean")
        {
            var lengths = Tensor.Allocate([target_lengths.Length], loss.DType);
            for (int i = 0; i < target_lengths.Length; i++) lengths.SetElement(i, Math.Max(1, target_lengths[i]));
            return (loss / lengths).mean();
        }
        return reduction == "sum" ? loss.sum() : batched ? loss : SqueezeDim.Call(loss, 0);
    }
}

[CompositeOp("ctc_loss", In = "torch.nn.functional", Method = false)]
internal static partial class CtcLossTensors
{
    /// <summary>The connectionist temporal classification loss of log-probabilities (time, batch, classes) and target sequences.</summary>
    static Tensor Compose(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, long blank = 0, string reduction = "mean", bool zero_infinity = false) =>
        CtcLossLists.Call(log_probs, targets, Lengths(input_lengths), Lengths(target_lengths), blank, reduction, zero_infinity);

    private static long[] Lengths(Tensor lengths)
    {
        Check.That(lengths.DType.IsIntegral, $"input_lengths must be integral");
        return Copying.Converted(lengths, ScalarType.Int64).ToArray<long>();
    }
}
