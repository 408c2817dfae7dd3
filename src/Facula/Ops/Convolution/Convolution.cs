using Kernel = Facula.Kernels.Convolution;

namespace Facula.Ops;

// The three maps of a convolution (output, input gradient, weight gradient) are bilinear and closed under differentiation:
// each one's derivatives are the other two, so every order of create_graph works. A transposed convolution is the input gradient.

[TensorOp("convolution", Public = false, Out = false)]
internal static unsafe partial class ConvolutionForward
{
    /// <summary>Cross-correlation of input (N, C, …) with weight (O, C/groups, …), plus bias (O).</summary>
    static TensorSpec Infer(Tensor input, Tensor weight, Tensor? bias, ConvolutionSettings settings)
    {
        settings.Validate(input.SizesRef, weight.SizesRef, bias, transposed: false);
        return new(settings.OutputSize(input.SizesRef, weight.SizesRef), input.DType, input.device);
    }

    static void Compute(Tensor input, Tensor weight, Tensor? bias, ConvolutionSettings settings, Tensor result)
    {
        if (result.Numel == 0) return;
        ScalarType type = ConvolutionTypes.Arithmetic(input.DType);
        Tensor x = ConvolutionTypes.Dense(input, type), w = ConvolutionTypes.Dense(weight, type);
        Tensor? b = bias is null ? null : ConvolutionTypes.Dense(bias, type);
        Tensor y = result.DType == type ? result : Tensor.Allocate(result.SizesRef, type);
        if (x.Numel == 0)
        {
            y.FillRaw(0);
            if (b is not null) y.CopyRaw(b.Alias([b.Sizes[0], .. Enumerable.Repeat(1L, y.Rank - 2)], [b.Strides[0], .. Enumerable.Repeat(0L, y.Rank - 2)], b.Offset));
        }
        else
        {
            var shape = settings.Shape(x.SizesRef, w.SizesRef);
            Storage? kept = ReferenceEquals(w, weight) && type == ScalarType.Float32 ? KeptWeights.Of(weight, shape) : null;
            fixed (byte* xp = &x.Reference, wp = &w.Reference, yp = &y.Reference, bp = &(b ?? w).Reference, kp = &(kept is null ? ref w.Reference : ref kept.Reference))
            {
                byte* biasPointer = b is null ? null : bp;
                if (type == ScalarType.Float32) Kernel.Forward(shape, (float*)xp, (float*)wp, (float*)biasPointer, (float*)yp, kept is null ? null : (float*)kp);
                else Kernel.Forward(shape, (double*)xp, (double*)wp, (double*)biasPointer, (double*)yp);
            }
            GC.KeepAlive(kept);
        }
        if (!ReferenceEquals(y, result)) result.CopyRaw(y);
        GC.KeepAlive(x);
        GC.KeepAlive(w);
        GC.KeepAlive(b);
        GC.KeepAlive(y);
    }

    static Tensor GradInput(Tensor grad, Size input, Tensor weight, ConvolutionSettings settings) => ConvolutionInputGradient.Call(grad, weight, null, input, settings);

    static Tensor GradWeight(Tensor grad, Tensor input, Size weight, ConvolutionSettings settings) => ConvolutionWeightGradient.Call(grad, input, weight, settings);

    static Tensor GradBias(Tensor grad) => ConvolutionTypes.SumChannels(grad);
}

[TensorOp("convolution_input_gradient", Public = false, Out = false, Node = "ConvolutionBackward0")]
internal static unsafe partial class ConvolutionInputGradient
{
    /// <summary>The input that a gradient of the output (N, O, …) reaches through weight (O, C/groups, …); with a bias (C) it is the transposed convolution.</summary>
    static TensorSpec Infer(Tensor input, Tensor weight, Tensor? bias, Size size, ConvolutionSettings settings) => new(size, input.DType, input.device);

    static void Compute(Tensor input, Tensor weight, Tensor? bias, Size size, ConvolutionSettings settings, Tensor result)
    {
        if (result.Numel == 0) return;
        ScalarType type = ConvolutionTypes.Arithmetic(input.DType);
        Tensor g = ConvolutionTypes.Dense(input, type), w = ConvolutionTypes.Dense(weight, type);
        Tensor x = result.DType == type ? result : Tensor.Allocate(result.SizesRef, type);
        if (g.Numel == 0) x.FillRaw(0);
        else
        {
            var shape = settings.Shape(size, w.SizesRef);
            fixed (byte* gp = &g.Reference, wp = &w.Reference, xp = &x.Reference)
            {
                if (type == ScalarType.Float32) Kernel.InputGradient(shape, (float*)gp, (float*)wp, (float*)xp);
                else Kernel.InputGradient(shape, (double*)gp, (double*)wp, (double*)xp);
            }
        }
        if (bias is not null)
        {
            Tensor spread = bias.Alias([bias.Sizes[0], .. Enumerable.Repeat(1L, x.Rank - 2)], [bias.Strides[0], .. Enumerable.Repeat(0L, x.Rank - 2)], bias.Offset);
            Elementwise.Number<Facula.Kernels.AddKernel>(x, spread, x);
        }
        if (!ReferenceEquals(x, result)) result.CopyRaw(x);
        GC.KeepAlive(g);
        GC.KeepAlive(w);
        GC.KeepAlive(x);
    }

    static Tensor GradInput(Tensor grad, Tensor weight, ConvolutionSettings settings) => ConvolutionForward.Call(grad, weight, null, settings);

    static Tensor GradWeight(Tensor grad, Tensor input, Size weight, ConvolutionSettings settings) => ConvolutionWeightGradient.Call(input, grad, weight, settings);

    static Tensor GradBias(Tensor grad) => ConvolutionTypes.SumChannels(grad);
}

[TensorOp("convolution_weight_gradient", Public = false, Out = false, Node = "ConvolutionBackward0")]
internal static unsafe partial class ConvolutionWeightGradient
{
    /// <summary>The gradient of the weight from a gradient of the output (N, O, …) and the input (N, C, …).</summary>
    static TensorSpec Infer(Tensor input, Tensor source, Size size, ConvolutionSettings settings) => new(size, input.DType, input.device);

    static void Compute(Tensor input, Tensor source, Size size, ConvolutionSettings settings, Tensor result)
    {
        if (result.Numel == 0) return;
        ScalarType type = ConvolutionTypes.Arithmetic(input.DType);
        Tensor g = ConvolutionTypes.Dense(input, type), x = ConvolutionTypes.Dense(source, type);
        Tensor w = result.DType == type ? result : Tensor.Allocate(result.SizesRef, type);
        if (g.Numel == 0 || x.Numel == 0) w.FillRaw(0);
        else
        {
            var shape = settings.Shape(x.SizesRef, size);
            fixed (byte* gp = &g.Reference, xp = &x.Reference, wp = &w.Reference)
            {
                if (type == ScalarType.Float32) Kernel.WeightGradient(shape, (float*)xp, (float*)gp, (float*)wp);
                else Kernel.WeightGradient(shape, (double*)xp, (double*)gp, (double*)wp);
            }
        }
        if (!ReferenceEquals(w, result)) result.CopyRaw(w);
        GC.KeepAlive(g);
        GC.KeepAlive(x);
        GC.KeepAlive(w);
    }

    static Tensor GradInput(Tensor grad, Tensor source, ConvolutionSettings settings) => ConvolutionForward.Call(source, grad, null, settings);

    static Tensor GradSource(Tensor grad, Tensor input, Size source, ConvolutionSettings settings) => ConvolutionInputGradient.Call(input, grad, null, source, settings);
}

/// <summary>The types that convolutions compute in: float for the short floats, double for integers.</summary>
internal static class ConvolutionTypes
{
    internal static ScalarType Arithmetic(ScalarType dtype) =>
        dtype == ScalarType.Float64 || dtype.IsIntegral || dtype == ScalarType.Bool ? ScalarType.Float64 : ScalarType.Float32;

    internal static Tensor Dense(Tensor tensor, ScalarType type) =>
        tensor.DType == type && tensor.IsContiguous ? tensor : Copying.Converted(tensor, type);

    internal static Tensor SumChannels(Tensor grad)
    {
        var dims = new List<long> { 0 };
        for (int d = 2; d < grad.Rank; d++) dims.Add(d);
        return Sum.Call(grad, dims.ToArray());
    }
}
