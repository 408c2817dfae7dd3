using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("avg_pool", Public = false, Out = false)]
internal static unsafe partial class AvgPool
{
    /// <summary>The average of each window.</summary>
    static TensorSpec Infer(Tensor input, PoolSettings settings, bool countIncludePad, long divisor) => new(settings.OutputSize(input), input.DType, input.device);

    static string NodeName(PoolSettings settings) => $"{(settings.Adaptive is null ? "" : "Adaptive")}AvgPool{settings.Planar}DBackward0";

    static void Compute(Tensor input, PoolSettings settings, bool countIncludePad, long divisor, Tensor result)
    {
        if (result.Numel == 0) return;
        ScalarType type = PoolTypes.Arithmetic(settings.Op, input.DType);
        Tensor x = ConvolutionTypes.Dense(input, type);
        Tensor y = result.DType == type ? result : Tensor.Allocate(result.SizesRef, type);
        PoolingShape shape = settings.Shape(x.SizesRef);
        fixed (byte* xp = &x.Reference, yp = &y.Reference)
        {
            if (type == ScalarType.Float32) AveragePooling.Forward(shape, (float*)xp, (float*)yp, countIncludePad, divisor);
            else AveragePooling.Forward(shape, (double*)xp, (double*)yp, countIncludePad, divisor);
        }
        if (!ReferenceEquals(y, result)) result.CopyRaw(y);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    /// <summary>As many windows as the output has elements; a single one is a mean.</summary>
    internal static Tensor Adaptive(string op, int spatial, Tensor input, Dims output)
    {
        PoolSettings settings = PoolSettings.CreateAdaptive(op, spatial, input, output);
        bool single = input.DType.is_floating_point && settings.Adaptive!.All(size => size == 1);
        if (!single) return Call(input, settings, true, 0);
        settings.OutputSize(input);
        return Mean.Call(input, Enumerable.Range(input.Rank - spatial, spatial).Select(d => (long)d).ToArray(), keepdim: true);
    }

    static Tensor GradInput(Tensor grad, Tensor input, PoolSettings settings, bool countIncludePad, long divisor) =>
        AvgPoolBackward.Call(grad, input, settings, countIncludePad, divisor);
}

[TensorOp("avg_pool_backward", Public = false, Out = false)]
internal static unsafe partial class AvgPoolBackward
{
    /// <summary>Each element shared out over its window of the source, whose values do not matter.</summary>
    static TensorSpec Infer(Tensor input, Tensor source, PoolSettings settings, bool countIncludePad, long divisor) => new(source.SizesRef, input.DType, input.device);

    static void Compute(Tensor input, Tensor source, PoolSettings settings, bool countIncludePad, long divisor, Tensor result)
    {
        if (result.Numel == 0) return;
        if (input.Numel == 0)
        {
            result.FillRaw(0);
            return;
        }
        ScalarType type = PoolTypes.Arithmetic(settings.Op, input.DType);
        Tensor g = ConvolutionTypes.Dense(input, type);
        Tensor x = result.DType == type ? result : Tensor.Allocate(result.SizesRef, type);
        PoolingShape shape = settings.Shape(source.SizesRef);
        fixed (byte* gp = &g.Reference, xp = &x.Reference)
        {
            if (type == ScalarType.Float32) AveragePooling.Backward(shape, (float*)gp, (float*)xp, countIncludePad, divisor);
            else AveragePooling.Backward(shape, (double*)gp, (double*)xp, countIncludePad, divisor);
        }
        if (!ReferenceEquals(x, result)) result.CopyRaw(x);
        GC.KeepAlive(g);
        GC.KeepAlive(x);
    }

    static Tensor GradInput(Tensor grad, PoolSettings settings, bool countIncludePad, long divisor) => AvgPool.Call(grad, settings, countIncludePad, divisor);

    static Tensor GradSource(Tensor grad) => Derivatives.Zeros(grad);
}
