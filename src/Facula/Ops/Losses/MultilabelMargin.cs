using Facula.Kernels;

namespace Facula.Ops;

/// <summary>Kernel calls of the margin loss of several labels.</summary>
internal static unsafe class MultilabelMargins
{
    internal static (long Rows, long Classes) Layout(in Size input)
    {
        long classes = input.Rank == 0 ? 1 : input[^1];
        return (input.numel() / Math.Max(1, classes), classes);
    }

    internal static void Losses(Tensor input, Tensor target, string reduction, Tensor result)
    {
        (long rows, long classes) = Layout(input.SizesRef);
        ScalarType type = Elementwise.Arithmetic(input.DType);
        Tensor x = Dense.Of(input, type), t = Dense.Of(target, ScalarType.Int64), sums = Tensor.Allocate(new Size(rows), ScalarType.Float64);
        fixed (byte* px = &x.Reference, pt = &t.Reference, ps = &sums.Reference)
        {
            Check.That(!MultilabelMargin.IsOutOfRange((long*)pt, rows, classes), $"argument #2 'target' is out of range");
            if (type == ScalarType.Float64) MultilabelMargin.Sums((double*)px, (long*)pt, (double*)ps, rows, classes);
            else MultilabelMargin.Sums((float*)px, (long*)pt, (double*)ps, rows, classes);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(t);
        result.CopyRaw(Reshape.Call(LossReduction.Apply(sums / classes, reduction), result.SizesRef));
    }

    internal static void Slopes(Tensor input, Tensor target, double scale, Tensor result)
    {
        (long rows, long classes) = Layout(input.SizesRef);
        ScalarType type = Elementwise.Arithmetic(input.DType);
        Tensor x = Dense.Of(input, type), t = Dense.Of(target, ScalarType.Int64), y = Dense.Target(result, type);
        fixed (byte* px = &x.Reference, pt = &t.Reference, py = &y.Reference)
        {
            if (type == ScalarType.Float64) MultilabelMargin.Slopes((double*)px, (long*)pt, (double*)py, rows, classes, scale);
            else MultilabelMargin.Slopes((float*)px, (long*)pt, (float*)py, rows, classes, (float)scale);
        }
        Dense.Finish(y, result);
        GC.KeepAlive(x);
        GC.KeepAlive(t);
    }
}

[TensorOp("_multilabel_margin_loss", Public = false, Out = false, Node = "MultilabelMarginLossBackward0")]
internal static partial class MultilabelMarginLossOp
{
    /// <summary>The loss of each row, or their mean or sum.</summary>
    static TensorSpec Infer(Tensor input, Tensor target, string reduction)
    {
        if (!input.DType.is_floating_point) throw TypeSwitch.NotImplemented("multilabel_margin_loss_forward_out_frame", input.DType);
        return new(reduction == "none" && input.Rank == 2 ? new Size(input.Sizes[0]) : default, input.DType, input.device);
    }

    static void Compute(Tensor input, Tensor target, string reduction, Tensor result) => MultilabelMargins.Losses(input, target, reduction, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor target, string reduction)
    {
        (long rows, long classes) = MultilabelMargins.Layout(input.SizesRef);
        return (grad.Rank == 0 ? grad : Unsqueeze.Call(grad, 1)) * MultilabelMarginSlope.Call(input, target, 1.0 / (reduction == "mean" ? rows * classes : classes));
    }
}

[TensorOp("multilabel_margin_slope", Public = false, Out = false)]
internal static partial class MultilabelMarginSlope
{
    /// <summary>The derivative of each row's loss, times the scale.</summary>
    static TensorSpec Infer(Tensor input, Tensor target, double scale) => new(input.SizesRef, input.DType, input.device);

    static void Compute(Tensor input, Tensor target, double scale, Tensor result) => MultilabelMargins.Slopes(input, target, scale, result);

    // Constant but for steps.
    static Tensor GradInput(TensorSpec input) => input.Zeros();
}

[CompositeOp("multilabel_margin_loss", In = "torch.nn.functional", Method = false)]
internal static partial class MultilabelMarginLoss
{
    /// <summary>Over pairs of a target class and another: max(0, 1 − (input[target] − input[other])), divided by the number of classes.</summary>
    static Tensor Compose(Tensor input, Tensor target, bool? size_average = null, bool? reduce = null, string reduction = "mean")
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        Check.That(input.Rank <= 2 && (input.Rank == 0 || input.Sizes[^1] != 0), $"Expected non-empty vector or matrix with optional 0-dim batch size, but got: {input.SizesRef.Brackets()}");
        Check.That(target.SizesRef == input.SizesRef, $"inconsistent target size: {target.SizesRef.Brackets()} for input of size: {input.SizesRef.Brackets()}");
        return MultilabelMarginLossOp.Call(input, target.detach(), reduction);
    }
}
