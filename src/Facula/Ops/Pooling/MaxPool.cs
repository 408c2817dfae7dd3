using Facula.Kernels;

namespace Facula.Ops;

/// <summary>What a max pooling remembers of the places: what the caller asked for, what the gradient needs, or nothing.</summary>
internal enum PoolPlaces { Int64, Int32, None }

[TensorOp("max_pool", Public = false, Out = false)]
internal static unsafe partial class MaxPool
{
    /// <summary>The largest element of each window, and its index within the input plane.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, PoolSettings settings, PoolPlaces places)
    {
        Size size = settings.OutputSize(input);
        var indices = places == PoolPlaces.None ? new TensorSpec([0], ScalarType.Int64, input.device) : new TensorSpec(size, places == PoolPlaces.Int32 ? ScalarType.Int32 : ScalarType.Int64, input.device);
        return (new(size, input.DType, input.device), indices);
    }

    /// <summary>The values alone: places are kept for a gradient only, and in half the width.</summary>
    internal static Tensor Values(Tensor input, PoolSettings settings) => Call(input, settings, GradMode.Enabled && input.NeedsGrad ? PoolPlaces.Int32 : PoolPlaces.None).values;

    static string NodeName(PoolSettings settings) => settings.Adaptive is null ? $"MaxPool{settings.Planar}DWithIndicesBackward0" : $"AdaptiveMaxPool{settings.Planar}DBackward0";

    static void Compute(Tensor input, PoolSettings settings, PoolPlaces places, Tensor values, Tensor indices)
    {
        if (values.Numel == 0) return;
        ScalarType type = PoolTypes.Arithmetic(settings.Op, input.DType);
        Tensor x = ConvolutionTypes.Dense(input, type);
        Tensor y = values.DType == type ? values : Tensor.Allocate(values.SizesRef, type);
        PoolingShape shape = settings.Shape(x.SizesRef);
        fixed (byte* xp = &x.Reference, yp = &y.Reference, ip = &indices.Reference)
        {
            byte* at = places == PoolPlaces.None ? null : ip;
            if (type == ScalarType.Float32)
            {
                if (places == PoolPlaces.Int64) MaxPooling.Forward(shape, (float*)xp, (float*)yp, (long*)at);
                else MaxPooling.Forward(shape, (float*)xp, (float*)yp, (int*)at);
            }
            else if (places == PoolPlaces.Int64) MaxPooling.Forward(shape, (double*)xp, (double*)yp, (long*)at);
            else MaxPooling.Forward(shape, (double*)xp, (double*)yp, (int*)at);
        }
        if (!ReferenceEquals(y, values)) values.CopyRaw(y);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor indices, PoolSettings settings) => PlaneScatter.Call(grad, input, indices, input.SizesRef, settings.Spatial, settings);
}
