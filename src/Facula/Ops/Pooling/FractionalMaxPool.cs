using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("fractional_max_pool", Public = false, Out = false)]
internal static unsafe partial class FractionalMaxPool
{
    /// <summary>The largest element of each of the randomly placed windows, and its index within the input plane.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, Tensor samples, int spatial, long[] kernel, long[] output)
    {
        string op = spatial == 2 ? "fractional_max_pool2d()" : "fractional_max_pool3d_out()";
        string[] names = spatial == 2 ? ["height", "width"] : ["time", "height", "width"];
        Check.That(input.Rank == spatial + 1 || input.Rank == spatial + 2,
            $"{op}: Expected {spatial + 1}D or {spatial + 2}D (batch mode) tensor for input, but got: {input.SizesRef.Brackets()}");
        int lead = input.Rank - spatial;
        for (int d = lead - 1; d < input.Rank; d++)
            Check.That(input.Sizes[d] > 0, $"{op}: Expected input to have non-zero size for non-batch dimensions, but got {input.SizesRef.Brackets()} with dimension {d} being empty.");
        for (int d = 0; d < spatial; d++)
            Check.That(output[d] + kernel[d] - 1 <= input.Sizes[lead + d], $"{op}: pool {names[d]} {kernel[d]} too large relative to input {names[d]} {input.Sizes[lead + d]}");
        Check.That(samples.DType == input.DType, $"expected scalar type {input.DType.LegacyName} but found {samples.DType.LegacyName}");
        Size size = input.SizesRef[..lead].Concat(output);
        return (new(size, input.DType, input.device), new(size, ScalarType.Int64, input.device));
    }

    static string NodeName(int spatial) => $"FractionalMaxPool{spatial}DBackward0";

    static void Compute(Tensor input, Tensor samples, int spatial, long[] kernel, long[] output, Tensor values, Tensor indices)
    {
        if (values.Numel == 0) return;
        ScalarType type = PoolTypes.Arithmetic($"fractional_max_pool{spatial}d_out_frame", input.DType);
        Tensor x = Dense.Of(input, type), s = Dense.Of(samples, type), y = Dense.Target(values, type);
        long planes = PlaneScatter.Planes(x.SizesRef, spatial);
        Check.That(s.Numel >= planes * spatial, $"Expect _random_samples.size(0) equals to the number of planes, but got {samples.SizesRef.Brackets()}");
        Extent3 from = Extent3.Create(x.Sizes[^spatial..], 1), to = Extent3.Create(output, 1), window = Extent3.Create(kernel, 1);
        fixed (byte* xp = &x.Reference, sp = &s.Reference, yp = &y.Reference, ip = &indices.Reference)
        {
            if (type == ScalarType.Float32) FractionalPooling.Forward(planes, spatial, from, to, window, (float*)xp, (float*)sp, (float*)yp, (long*)ip);
            else FractionalPooling.Forward(planes, spatial, from, to, window, (double*)xp, (double*)sp, (double*)yp, (long*)ip);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(s);
        Dense.Finish(y, values);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor indices, int spatial) => PlaneScatter.Call(grad, input, indices, input.SizesRef, spatial);

    /// <summary>The arguments as PyTorch takes them; without samples they are drawn here.</summary>
    internal static (Tensor output, Tensor indices) Run(int spatial, Tensor input, Dims kernel_size, Dims output_size, ScaleFactor? output_ratio, Tensor? samples)
    {
        string op = $"fractional_max_pool{spatial}d";
        if (output_size.IsNone && output_ratio is null) throw new ArgumentException($"{op} requires specifying either an output_size or an output_ratio");
        if (input.Rank <= spatial)
            throw new IndexOutOfRangeException($"Dimension out of range (expected to be in range of [{-input.Rank}, {input.Rank - 1}], but got {-spatial - 1})");
        var output = new long[spatial];
        for (int d = 0; d < spatial; d++)
            output[d] = !output_size.IsNone ? output_size[output_size.Count == 1 ? 0 : d]
                : (long)(input.Sizes[input.Rank - spatial + d] * output_ratio!.Value[output_ratio.Value.Count == 1 ? 0 : d]);
        Check.That(kernel_size.Count == 1 || kernel_size.Count == spatial, $"{op}: kernel_size must either be a single Int or tuple of Ints");
        var kernel = new long[spatial];
        for (int d = 0; d < spatial; d++) kernel[d] = kernel_size[kernel_size.Count == 1 ? 0 : d];
        samples ??= torch.rand([input.Rank == spatial + 1 ? 1 : input.Sizes[0], input.Sizes[^(spatial + 1)], spatial], dtype: input.DType, device: input.device);
        return Call(input, samples, spatial, kernel, output);
    }
}

[CompositeOp("fractional_max_pool2d_with_indices", In = "torch.nn.functional")]
internal static partial class FractionalMaxPool2dWithIndices
{
    /// <summary>The largest element of each of the randomly placed windows of (N, C, H, W), and its index within the input plane.</summary>
    static (Tensor output, Tensor indices) Compose(Tensor input, Dims kernel_size, Dims output_size = default, ScaleFactor? output_ratio = null, Tensor? _random_samples = null) =>
        FractionalMaxPool.Run(2, input, kernel_size, output_size, output_ratio, _random_samples);
}

[CompositeOp("fractional_max_pool2d", In = "torch.nn.functional")]
internal static partial class FractionalMaxPool2d
{
    /// <summary>The largest element of each of the randomly placed windows of (N, C, H, W).</summary>
    static Tensor Compose(Tensor input, Dims kernel_size, Dims output_size = default, ScaleFactor? output_ratio = null, Tensor? _random_samples = null) =>
        FractionalMaxPool.Run(2, input, kernel_size, output_size, output_ratio, _random_samples).output;
}

[CompositeOp("fractional_max_pool3d_with_indices", In = "torch.nn.functional")]
internal static partial class FractionalMaxPool3dWithIndices
{
    /// <summary>The largest element of each of the randomly placed windows of (N, C, D, H, W), and its index within the input plane.</summary>
    static (Tensor output, Tensor indices) Compose(Tensor input, Dims kernel_size, Dims output_size = default, ScaleFactor? output_ratio = null, Tensor? _random_samples = null) =>
        FractionalMaxPool.Run(3, input, kernel_size, output_size, output_ratio, _random_samples);
}

[CompositeOp("fractional_max_pool3d", In = "torch.nn.functional")]
internal static partial class FractionalMaxPool3d
{
    /// <summary>The largest element of each of the randomly placed windows of (N, C, D, H, W).</summary>
    static Tensor Compose(Tensor input, Dims kernel_size, Dims output_size = default, ScaleFactor? output_ratio = null, Tensor? _random_samples = null) =>
        FractionalMaxPool.Run(3, input, kernel_size, output_size, output_ratio, _random_samples).output;
}
