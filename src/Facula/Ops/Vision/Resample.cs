using Facula.Kernels;

namespace Facula.Ops;

/// <summary>How planes are resized: the name of PyTorch's op, and each axis (depth, height, width).</summary>
internal sealed record ResampleSettings(string Name, int Spatial, ResampleAxis[] Axes)
{
    internal string Node => Name + "Backward1";

    internal Size Output(in Size input)
    {
        Span<long> sizes = stackalloc long[Spatial + 2];
        for (int d = 0; d < sizes.Length; d++) sizes[d] = d < 2 ? input[d] : Axes[d + 1 - Spatial].Output;
        return new Size(sizes);
    }

    internal Size Input(in Size output)
    {
        Span<long> sizes = stackalloc long[Spatial + 2];
        for (int d = 0; d < sizes.Length; d++) sizes[d] = d < 2 ? output[d] : Axes[d + 1 - Spatial].Input;
        return new Size(sizes);
    }
}

// Resizing is linear: each of the two maps is the other's derivative.

[TensorOp("resample", Public = false, Out = false)]
internal static unsafe partial class Resample
{
    /// <summary>Planes (N, C, …) resized.</summary>
    static TensorSpec Infer(Tensor input, ResampleSettings settings) => new(settings.Output(input.SizesRef), input.DType, input.device);

    static string NodeName(ResampleSettings settings) => settings.Node;

    static void Compute(Tensor input, ResampleSettings settings, Tensor result)
    {
        if (result.Numel == 0) return;
        ResampleAxis[] axes = settings.Axes;
        if (axes.All(a => a.IsChoice))
        {
            Tensor source = input.contiguous();
            fixed (byte* from = &source.Reference, to = &result.Reference)
            {
                var action = new Choice { Planes = source.Sizes[0] * source.Sizes[1], Axes = axes, Source = from, Destination = to };
                TypeSwitch.Width(source.DType, ref action);
            }
            GC.KeepAlive(source);
            return;
        }
        ScalarType type = Elementwise.Arithmetic(input.DType);
        Tensor x = Dense.Of(input, type), y = Dense.Target(result, type);
        long planes = x.Sizes[0] * x.Sizes[1];
        fixed (byte* from = &x.Reference, to = &y.Reference)
        {
            if (type == ScalarType.Float32) Resampling.Forward(planes, axes[0], axes[1], axes[2], (float*)from, (float*)to);
            else Resampling.Forward(planes, axes[0], axes[1], axes[2], (double*)from, (double*)to);
        }
        GC.KeepAlive(x);
        Dense.Finish(y, result);
    }

    private struct Choice : ITypeAction
    {
        public long Planes;
        public ResampleAxis[] Axes;
        public byte* Source, Destination;

        public readonly void Run<T>() where T : unmanaged => Resampling.Choose(Planes, Axes[0], Axes[1], Axes[2], (T*)Source, (T*)Destination);
    }

    static Tensor GradInput(Tensor grad, ResampleSettings settings) => ResampleBackward.Call(grad, settings);
}

[TensorOp("resample_backward", Public = false, Out = false)]
internal static unsafe partial class ResampleBackward
{
    /// <summary>A gradient of resized planes carried back to their old size.</summary>
    static TensorSpec Infer(Tensor input, ResampleSettings settings) => new(settings.Input(input.SizesRef), input.DType, input.device);

    static void Compute(Tensor input, ResampleSettings settings, Tensor result)
    {
        if (result.Numel == 0) return;
        ResampleAxis[] axes = settings.Axes;
        ScalarType type = Elementwise.Arithmetic(input.DType);
        Tensor g = Dense.Of(input, type), x = Dense.Target(result, type);
        long planes = g.Sizes[0] * g.Sizes[1];
        fixed (byte* from = &g.Reference, to = &x.Reference)
        {
            if (type == ScalarType.Float32) Resampling.Backward(planes, axes[0], axes[1], axes[2], (float*)from, (float*)to);
            else Resampling.Backward(planes, axes[0], axes[1], axes[2], (double*)from, (double*)to);
        }
        GC.KeepAlive(g);
        Dense.Finish(x, result);
    }

    static Tensor GradInput(Tensor grad, ResampleSettings settings) => Resample.Call(grad, settings);
}
