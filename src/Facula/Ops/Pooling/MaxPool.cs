using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("max_pool", Public = false, Out = false, Node = "MaxPool2DWithIndicesBackward0")]
internal static unsafe partial class MaxPool
{
    /// <summary>The largest element of each window, and its index within the input plane.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, PoolSettings settings)
    {
        Size size = settings.OutputSize(input);
        return (new(size, input.DType, input.device), new(size, ScalarType.Int64, input.device));
    }

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

    static Tensor GradInput(Tensor grad, Size input, Tensor indices, PoolSettings settings) => PlaneScatter.Call(grad, indices, input, settings.Spatial);
}

[TensorOp("plane_scatter", Public = false, Out = false, Node = "MaxUnpool2DBackward0")]
internal static unsafe partial class PlaneScatter
{
    /// <summary>Zeros of the shape into whose planes (the last dimensions) the input is added by index.</summary>
    static TensorSpec Infer(Tensor input, Tensor indices, Size size, int spatial) => new(size, input.DType, input.device);

    static void Compute(Tensor input, Tensor indices, Size size, int spatial, Tensor result)
    {
        result.FillRaw(0);
        if (input.Numel == 0 || result.Numel == 0) return;
        ScalarType type = PoolTypes.Arithmetic("max_pool_backward", input.DType);
        Tensor g = ConvolutionTypes.Dense(input, type), i = indices.contiguous();
        Tensor x = result.DType == type ? result : Tensor.Allocate(result.SizesRef, type);
        // Any pooling of these sizes describes the planes: the kernel goes by the indices.
        PoolingShape shape = PoolingShape.CreateAdaptive(Planes(size, spatial), size.AsSpan()[^spatial..], input.Sizes[^spatial..]);
        fixed (byte* gp = &g.Reference, ip = &i.Reference, xp = &x.Reference)
        {
            if (type == ScalarType.Float32) MaxPooling.Backward(shape, (float*)gp, (long*)ip, (float*)xp);
            else MaxPooling.Backward(shape, (double*)gp, (long*)ip, (double*)xp);
        }
        if (!ReferenceEquals(x, result)) result.CopyRaw(x);
        GC.KeepAlive(g);
        GC.KeepAlive(i);
        GC.KeepAlive(x);
    }

    internal static long Planes(in Size size, int spatial)
    {
        long planes = 1;
        for (int d = 0; d < size.Rank - spatial; d++) planes *= size[d];
        return planes;
    }

    static Tensor GradInput(Tensor grad, Tensor indices, int spatial) => PlaneGather.Call(grad, indices, spatial);
}

[TensorOp("plane_gather", Public = false, Out = false)]
internal static unsafe partial class PlaneGather
{
    /// <summary>Elements of planes (the last dimensions) by index.</summary>
    static TensorSpec Infer(Tensor input, Tensor indices, int spatial) => new(indices.SizesRef, input.DType, input.device);

    static void Compute(Tensor input, Tensor indices, int spatial, Tensor result)
    {
        if (result.Numel == 0) return;
        Tensor x = input.contiguous(), i = indices.contiguous();
        long planes = PlaneScatter.Planes(input.SizesRef, spatial);
        fixed (byte* xp = &x.Reference, ip = &i.Reference, yp = &result.Reference)
        {
            var action = new Gather { Planes = planes, From = x.Numel / planes, To = i.Numel / planes, Source = xp, Indices = (long*)ip, Destination = yp };
            TypeSwitch.Width(x.DType, ref action);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(i);
    }

    private struct Gather : ITypeAction
    {
        public long Planes, From, To;
        public byte* Source, Destination;
        public long* Indices;

        public readonly void Run<T>() where T : unmanaged => PlaneIndexing.Gather(Planes, From, To, (T*)Source, Indices, (T*)Destination);
    }

    static Tensor GradInput(Tensor grad, Tensor indices, Size input, int spatial) => PlaneScatter.Call(grad, indices, input, spatial);
}
