using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("max_pool", Public = false, Out = false)]
internal static unsafe partial class MaxPool
{
    /// <summary>The largest element of each window, and its index within the input plane.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, PoolSettings settings)
    {
        Size size = settings.OutputSize(input);
        return (new(size, input.DType, input.device), new(size, ScalarType.Int64, input.device));
    }

    static string NodeName(PoolSettings settings) => settings.Adaptive is null ? $"MaxPool{settings.Planar}DWithIndicesBackward0" : $"AdaptiveMaxPool{settings.Planar}DBackward0";

    static void Compute(Tensor input, PoolSettings settings, Tensor values, Tensor indices)
    {
        if (values.Numel == 0) return;
        ScalarType type = PoolTypes.Arithmetic(settings.Op, input.DType);
        Tensor x = ConvolutionTypes.Dense(input, type);
        Tensor y = values.DType == type ? values : Tensor.Allocate(values.SizesRef, type);
        PoolingShape shape = settings.Shape(x.SizesRef);
        fixed (byte* xp = &x.Reference, yp = &y.Reference, ip = &indices.Reference)
        {
            if (type == ScalarType.Float32) MaxPooling.Forward(shape, (float*)xp, (float*)yp, (long*)ip);
            else MaxPooling.Forward(shape, (double*)xp, (double*)yp, (long*)ip);
        }
        if (!ReferenceEquals(y, values)) values.CopyRaw(y);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor indices, PoolSettings settings) => PlaneScatter.Call(grad, input, indices, input.SizesRef, settings.Spatial);
}
