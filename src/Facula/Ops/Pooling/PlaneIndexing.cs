using System.Numerics;
using Facula.Kernels;
using Kernel = Facula.Kernels.PlaneIndexing;

namespace Facula.Ops;

// Planes are the last dimensions; an index counts the elements of one.

[TensorOp("plane_scatter", Public = false, Out = false, Node = "MaxPool2DWithIndicesBackwardBackward0")]
internal static unsafe partial class PlaneScatter
{
    /// <summary>
    /// Zeros of the shape into whose planes (the last dimensions) the input is added by index; nothing depends on the source, which got the indices,
    /// each within its window where <paramref name="windows"/> are given.
    /// </summary>
    static TensorSpec Infer(Tensor input, Tensor? source, Tensor indices, Size size, int spatial, PoolSettings? windows = null) => new(size, input.DType, input.device);

    static void Compute(Tensor input, Tensor? source, Tensor indices, Size size, int spatial, PoolSettings? windows, Tensor result)
    {
        if (result.Numel == 0) return;
        if (input.Numel == 0)
        {
            result.FillRaw(0);
            return;
        }
        ScalarType type = PoolTypes.Arithmetic("max_pool_backward", input.DType);
        Tensor g = ConvolutionTypes.Dense(input, type), i = indices.contiguous();
        Tensor x = result.DType == type ? result : Tensor.Allocate(result.SizesRef, type);
        fixed (byte* gp = &g.Reference, ip = &i.Reference, xp = &x.Reference)
        {
            bool wide = i.DType == ScalarType.Int64;
            if (type == ScalarType.Float32)
            {
                if (wide) Run((float*)gp, (long*)ip, (float*)xp, g.Numel, size, spatial, windows);
                else Run((float*)gp, (int*)ip, (float*)xp, g.Numel, size, spatial, windows);
            }
            else if (wide) Run((double*)gp, (long*)ip, (double*)xp, g.Numel, size, spatial, windows);
            else Run((double*)gp, (int*)ip, (double*)xp, g.Numel, size, spatial, windows);
        }
        if (!ReferenceEquals(x, result)) result.CopyRaw(x);
        GC.KeepAlive(g);
        GC.KeepAlive(i);
        GC.KeepAlive(x);
    }

    private static void Run<T, TIndex>(T* gradient, TIndex* indices, T* destination, long count, in Size size, int spatial, PoolSettings? windows)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        if (windows is not null)
        {
            MaxPooling.Backward(windows.Shape(size), gradient, indices, destination);
            return;
        }
        long planes = Planes(size, spatial);
        MaxPooling.Scatter((nint)planes, (nint)(size.numel() / planes), (nint)(count / planes), gradient, indices, destination);
    }

    internal static long Planes(in Size size, int spatial)
    {
        long planes = 1;
        for (int d = 0; d < size.Rank - spatial; d++) planes *= size[d];
        return planes;
    }

    static Tensor GradInput(Tensor grad, Tensor indices, int spatial) => PlaneGather.Call(grad, indices, spatial);

    // The places do not move with the values.
    static Tensor GradSource(Tensor grad) => Derivatives.Zeros(grad);
}

[TensorOp("plane_gather", Public = false, Out = false)]
internal static unsafe partial class PlaneGather
{
    /// <summary>Elements of planes (the last dimensions) by index.</summary>
    static TensorSpec Infer(Tensor input, Tensor indices, int spatial) => new(indices.SizesRef, input.DType, input.device);

    static void Compute(Tensor input, Tensor indices, int spatial, Tensor result)
    {
        if (result.Numel == 0) return;
        Tensor x = input.contiguous(), i = ConvolutionTypes.Dense(indices, ScalarType.Int64);
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

        public readonly void Run<T>() where T : unmanaged => Kernel.Gather(Planes, From, To, (T*)Source, Indices, (T*)Destination);
    }

    static Tensor GradInput(Tensor grad, Tensor indices, Size input, int spatial) => PlaneScatter.Call(grad, null, indices, input, spatial);
}

[TensorOp("plane_put", Public = false, Out = false)]
internal static unsafe partial class PlanePut
{
    /// <summary>Zeros of the shape into whose planes the input is put by index; of several that go to one place the last stays.</summary>
    static TensorSpec Infer(Tensor input, Tensor indices, Size size, int spatial) => new(size, input.DType, input.device);

    static string NodeName(int spatial) => spatial == 3 ? "MaxUnpool3DBackward0" : "MaxUnpool2DBackward0";

    static void Compute(Tensor input, Tensor indices, Size size, int spatial, Tensor result)
    {
        result.FillRaw(0);
        if (input.Numel == 0 || result.Numel == 0) return;
        Tensor x = input.contiguous(), i = indices.contiguous();
        long planes = PlaneScatter.Planes(size, spatial);
        fixed (byte* xp = &x.Reference, ip = &i.Reference, yp = &result.Reference)
        {
            var action = new Put { Planes = planes, From = x.Numel / planes, To = result.Numel / planes, Source = xp, Indices = (long*)ip, Destination = yp };
            TypeSwitch.Width(x.DType, ref action);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(i);
    }

    private struct Put : ITypeAction
    {
        public long Planes, From, To;
        public byte* Source, Destination;
        public long* Indices;

        public readonly void Run<T>() where T : unmanaged => Kernel.Put(Planes, From, To, (T*)Source, Indices, (T*)Destination);
    }

    static Tensor GradInput(Tensor grad, Tensor indices, int spatial) => PlaneGather.Call(grad, indices, spatial);
}
