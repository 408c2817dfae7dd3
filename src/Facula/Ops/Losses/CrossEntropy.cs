using System.Numerics;
using Kernel = Facula.Kernels.NllLoss;

namespace Facula.Ops;

[CompositeOp("cross_entropy", In = "torch.nn.functional", Method = false)]
internal static partial class CrossEntropy
{
    /// <summary>The cross entropy of class scores with class indices or class probabilities.</summary>
    static Tensor Compose(Tensor input, Tensor target, Tensor? weight = null, bool? size_average = null, long ignore_index = -100, bool? reduce = null, string reduction = "mean", double label_smoothing = 0.0)
    {
        reduction = LossReduction.Resolve(size_average, reduce, reduction);
        Check.That(input.Rank > 0, $"Expected 1 or more dimensions (got {input.Rank})");
        int classDim = input.Rank == 1 ? 0 : 1;
        long classes = input.Sizes[classDim];
        Check.That(label_smoothing is >= 0 and <= 1, $"label_smoothing must be between 0.0 and 1.0. Got: {label_smoothing}");
        if (input.SizesRef == target.SizesRef)
        {
            Check.That(target.DType.is_floating_point, $"Expected floating point type for target with class probabilities, got {target.DType.LegacyName}");
            Check.That(ignore_index < 0, $"ignore_index is not supported for floating point target");
            RequireWeight(weight, classes);
            return OfProbabilities(LogSoftmaxOp.Call(input, classDim), target, weight, reduction, label_smoothing, classDim, classes);
        }
        if (label_smoothing == 0 && !Unfusable(input, target)) return CrossEntropyOp.Call(input, target, weight, reduction, ignore_index).loss;
        Tensor log = LogSoftmaxOp.Call(input, classDim);
        return label_smoothing == 0
            ? NllLoss.Call(log, target, weight, ignore_index, reduction)
            : Smoothed(log, target, weight, reduction, ignore_index, label_smoothing, classDim, classes);
    }

    // Wrong shapes get their messages from the plain loss.
    private static bool Unfusable(Tensor input, Tensor target) =>
        !input.DType.is_floating_point || (input.Rank > 1 && (target.Rank == 0 || input.Sizes[0] != target.Sizes[0]));

    private static void RequireWeight(Tensor? weight, long classes) =>
        Check.That(weight is null || (weight.Rank == 1 && weight.Numel == classes),
            $"cross_entropy: weight tensor should be defined either for all {classes} classes or no classes but got weight tensor of shape: {weight?.SizesRef.Brackets()}");

    private static Tensor OfProbabilities(Tensor log, Tensor target, Tensor? weight, string reduction, double smoothing, int classDim, long classes)
    {
        if (smoothing > 0) target = target * (1 - smoothing) + smoothing / classes;
        Tensor products = log * target;
        if (weight is not null) products = products * View.Call(weight, Size.Repeat(1, log.Rank).With(classDim, classes));
        return reduction switch
        {
            "none" => -products.sum(classDim),
            "sum" => -products.sum(),
            _ => -products.sum() / (log.Numel / Math.Max(1, classes)),
        };
    }

    private static Tensor Smoothed(Tensor log, Tensor target, Tensor? weight, string reduction, long ignore, double smoothing, int classDim, long classes)
    {
        Tensor plain = NllLoss.Call(log, target, weight, ignore, reduction);
        Tensor spread = weight is null ? log : log * View.Call(weight, Size.Repeat(1, log.Rank).With(classDim, classes));
        Tensor ignored = target.eq(ignore);
        Tensor smooth = (-spread.sum(classDim)).masked_fill(ignored, 0);
        Tensor total = reduction switch
        {
            "none" => smooth,
            "sum" => smooth.sum(),
            _ => smooth.sum() / Divisor(target, weight, ignored, log),
        };
        return plain * (1 - smoothing) + total * (smoothing / classes);
    }

    private static Tensor Divisor(Tensor target, Tensor? weight, Tensor ignored, Tensor log)
    {
        if (weight is null) return ignored.logical_not().sum().to(log.DType);
        Tensor ones = TensorSpec.Like(weight).WithSizes(log.Rank == 1 ? [weight.Numel] : log.SizesRef).Allocate();
        ones.FillRaw(-1);
        return NllLossOp.Call(ones, target.masked_fill(ignored, 0), weight, "none", -100).masked_fill(ignored, 0).sum();
    }
}

[TensorOp("_cross_entropy", Public = false, Out = false)]
internal static unsafe partial class CrossEntropyOp
{
    /// <summary>log-softmax and negative log likelihood in one node; two numbers of each target are kept for the gradient.</summary>
    static (TensorSpec loss, TensorSpec statistics) Infer(Tensor input, Tensor target, Tensor? weight, string reduction, long ignore_index)
    {
        Nll.Require(input, target, weight);
        return (new(reduction == "none" ? target.SizesRef : default, input.DType, input.device), new([target.Numel, 2], Elementwise.Arithmetic(input.DType), input.device));
    }

    static string NodeName(Tensor input) => input.Rank > 2 ? "NllLoss2DBackward0" : "NllLossBackward0";

    static void Compute(Tensor input, Tensor target, Tensor? weight, string reduction, long ignore_index, Tensor loss, Tensor statistics)
    {
        if (statistics.DType == ScalarType.Float32) Forward<float>(input, target, weight, reduction, ignore_index, loss, statistics);
        else Forward<double>(input, target, weight, reduction, ignore_index, loss, statistics);
    }

    private static void Forward<T>(Tensor input, Tensor target, Tensor? weight, string reduction, long ignored, Tensor loss, Tensor statistics) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ScalarType type = statistics.DType;
        Kernel.Reduction kind = LossReduction.Kind(reduction);
        (long batch, long classes, long positions) = Nll.Layout(input.SizesRef);
        Tensor x = Dense.Of(input, type), t = Nll.Targets(target, classes, ignored);
        Tensor? w = Dense.OrNull(weight, type);
        Tensor each = kind == Kernel.Reduction.None ? Dense.Target(loss, type) : Tensor.Allocate([t.Numel], type);
        fixed (byte* px = &x.Reference, pt = &t.Reference, pw = &(w ?? x).Reference, ps = &statistics.Reference, py = &each.Reference)
        {
            var problem = new Facula.Kernels.CrossEntropy.Problem<T>
            {
                Batch = batch, Classes = classes, Positions = positions, Ignored = ignored, Scores = (T*)px, Weight = w is null ? null : (T*)pw, Target = (long*)pt, Statistics = (T*)ps,
            };
            Facula.Kernels.CrossEntropy.Forward(problem, (T*)py);
            if (kind != Kernel.Reduction.None)
            {
                double total = 0;
                for (long i = 0; i < t.Numel; i++) total += double.CreateTruncating(((T*)py)[i]);
                if (kind == Kernel.Reduction.Mean) total /= Kernel.TotalWeight((long*)pt, t.Numel, problem.Weight, ignored);
                loss.FillRaw(total);
            }
        }
        if (kind == Kernel.Reduction.None) Dense.Finish(each, loss);
        GC.KeepAlive(x);
        GC.KeepAlive(t);
        GC.KeepAlive(w);
        GC.KeepAlive(each);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor target, Tensor? weight, Tensor statistics, string reduction, long ignore_index)
    {
        if (!GradMode.Enabled)
            return statistics.DType == ScalarType.Float32 ? Backward<float>(grad, input, target, weight, reduction, ignore_index, statistics) : Backward<double>(grad, input, target, weight, reduction, ignore_index, statistics);
        int dim = input.Rank == 1 ? 0 : 1;
        Tensor picked = NllLossBackward.Call(grad, input, target, weight, reduction, ignore_index);
        return picked - SoftmaxOp.Call(input, dim) * picked.sum(dim, keepdim: true);
    }

    private static Tensor Backward<T>(Tensor grad, Tensor input, Tensor target, Tensor? weight, string reduction, long ignored, Tensor statistics) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ScalarType type = statistics.DType;
        Kernel.Reduction kind = LossReduction.Kind(reduction);
        (long batch, long classes, long positions) = Nll.Layout(input.SizesRef);
        Tensor x = Dense.Of(input, type), t = Nll.Targets(target, classes, ignored), destination = Tensor.Allocate(input.SizesRef, type, input.device);
        Tensor? w = Dense.OrNull(weight, type);
        Tensor each = kind == Kernel.Reduction.None ? Dense.Of(grad, type) : Tensor.Allocate([t.Numel], type);
        fixed (byte* px = &x.Reference, pt = &t.Reference, pw = &(w ?? x).Reference, ps = &statistics.Reference, pg = &each.Reference, pd = &destination.Reference)
        {
            var problem = new Facula.Kernels.CrossEntropy.Problem<T>
            {
                Batch = batch, Classes = classes, Positions = positions, Ignored = ignored, Scores = (T*)px, Weight = w is null ? null : (T*)pw, Target = (long*)pt, Statistics = (T*)ps,
            };
            if (kind != Kernel.Reduction.None)
                each.FillRaw(Elementwise.Cast(grad, type).GetElement(0).ToDouble() / (kind == Kernel.Reduction.Mean ? Kernel.TotalWeight((long*)pt, t.Numel, problem.Weight, ignored) : 1));
            Facula.Kernels.CrossEntropy.Backward(problem, (T*)pg, (T*)pd);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(t);
        GC.KeepAlive(w);
        GC.KeepAlive(each);
        GC.KeepAlive(statistics);
        return Elementwise.Cast(destination, input.DType);
    }
}
