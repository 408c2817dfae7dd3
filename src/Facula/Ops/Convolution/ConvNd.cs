namespace Facula.Ops;

/// <summary>What conv1d, conv2d and conv3d and their transposes share.</summary>
internal static class ConvNd
{
    internal static Tensor Forward(string op, int spatial, Tensor input, Tensor weight, Tensor? bias, Dims stride, PaddingSize padding, Dims dilation, long groups) =>
        padding.Name is { } name
            ? ForwardNamed(op, spatial, input, weight, bias, stride, name, dilation, groups)
            : Forward(op, spatial, input, weight, bias, stride, padding.Numbers, dilation, groups);

    private static Tensor Forward(string op, int spatial, Tensor input, Tensor weight, Tensor? bias, Dims stride, Dims padding, Dims dilation, long groups)
    {
        CheckTypes(input, weight, bias);
        bool batched = Batched(op, spatial, input, weight);
        Tensor x = batched ? input : input.unsqueeze(0);
        var settings = new ConvolutionSettings(
            ConvolutionSettings.Expand(stride, spatial, "stride", 1),
            ConvolutionSettings.Expand(padding, spatial, "padding", 0),
            ConvolutionSettings.Expand(dilation, spatial, "dilation", 1), groups);
        Tensor result = Run(x, weight, bias, (a, w, b) => ConvolutionForward.Call(a, w, b, settings));
        return batched ? result : SqueezeDim.Call(result, 0);
    }

    /// <summary>padding="same" or "valid".</summary>
    private static Tensor ForwardNamed(string op, int spatial, Tensor input, Tensor weight, Tensor? bias, Dims stride, string padding, Dims dilation, long groups)
    {
        if (padding == "valid") return Forward(op, spatial, input, weight, bias, stride, default(Dims), dilation, groups);
        if (padding != "same") throw new TorchException("Invalid padding string: '" + padding + "'");
        Check.That(weight.Rank == spatial + 2, $"{op}() expected weight with {spatial + 2} dimensions, got {weight.Rank}");
        long[] steps = ConvolutionSettings.Expand(stride, spatial, "stride", 1);
        foreach (long s in steps) Check.That(s == 1, $"padding='same' is not supported for strided convolutions");
        long[] dilations = ConvolutionSettings.Expand(dilation, spatial, "dilation", 1);
        var symmetric = new long[spatial];
        var extra = new long[2 * spatial];
        bool ragged = false;
        for (int d = 0; d < spatial; d++)
        {
            long total = dilations[d] * (weight.Sizes[d + 2] - 1);
            symmetric[d] = total / 2;
            // An odd total puts one more zero at the end; pad lists the last dimension first.
            if (total % 2 == 0) continue;
            extra[2 * (spatial - 1 - d) + 1] = 1;
            ragged = true;
        }
        if (ragged)
            warnings.warn("Using padding='same' with even kernel lengths and odd dilation may require a zero-padded copy of the input be created");
        return Forward(op, spatial, ragged ? nn.functional.pad(input, extra) : input, weight, bias, stride, (Dims)symmetric, dilation, groups);
    }

    internal static Tensor Transposed(string op, int spatial, Tensor input, Tensor weight, Tensor? bias, Dims stride, Dims padding, Dims output_padding, long groups, Dims dilation)
    {
        CheckTypes(input, weight, bias);
        bool batched = Batched(op, spatial, input, weight);
        Tensor x = batched ? input : input.unsqueeze(0);
        var settings = new ConvolutionSettings(
            ConvolutionSettings.Expand(stride, spatial, "stride", 1),
            ConvolutionSettings.Expand(padding, spatial, "padding", 0),
            ConvolutionSettings.Expand(dilation, spatial, "dilation", 1), groups);
        long[] more = ConvolutionSettings.Expand(output_padding, spatial, "output_padding", 0);
        settings.Validate(x.SizesRef, weight.SizesRef, bias, transposed: true);
        Span<long> size = stackalloc long[spatial + 2];
        size[0] = x.Sizes[0];
        size[1] = weight.Sizes[1] * groups;
        for (int d = 0; d < spatial; d++)
        {
            Check.That(more[d] >= 0, $"negative output_padding is not supported");
            Check.That(more[d] < Math.Max(settings.Stride[d], settings.Dilation[d]), $"output padding must be smaller than either stride or dilation, but got output_padding_height: {more[d]} output_padding_width: {more[^1]} stride_height: {settings.Stride[d]} stride_width: {settings.Stride[^1]} dilation_height: {settings.Dilation[d]} dilation_width: {settings.Dilation[^1]}");
            size[d + 2] = (x.Sizes[d + 2] - 1) * settings.Stride[d] - 2 * settings.Padding[d] + settings.Dilation[d] * (weight.Sizes[d + 2] - 1) + more[d] + 1;
            Check.That(size[d + 2] > 0 || x.Numel == 0, $"Given input size per channel: {x.SizesRef[2..].Brackets()}. Calculated output size per channel: {new Size(size[2..]).Brackets()}. Output size is too small");
        }
        var target = new Size(size);
        x = Reaching(x, settings, more);
        Tensor result = Run(x, weight, bias, (a, w, b) => ConvolutionInputGradient.Call(a, w, b, target, settings));
        return batched ? result : SqueezeDim.Call(result, 0);
    }

    /// <summary>
    /// With zeros behind it where output_padding is a stride or more (a larger dilation permits that): a convolution of the result
    /// has that many positions more than the input.
    /// </summary>
    private static Tensor Reaching(Tensor input, ConvolutionSettings settings, long[] more)
    {
        var behind = new long[2 * more.Length];
        bool any = false;
        for (int d = 0; d < more.Length; d++) any |= (behind[2 * (more.Length - 1 - d) + 1] = more[d] / settings.Stride[d]) > 0;
        return any ? nn.functional.pad(input, behind) : input;
    }

    /// <summary>A complex convolution is four real ones.</summary>
    private static Tensor Run(Tensor input, Tensor weight, Tensor? bias, Func<Tensor, Tensor, Tensor?, Tensor> real)
    {
        if (!input.DType.is_complex) return real(input, weight, bias);
        Tensor xr = torch.real(input), xi = torch.imag(input), wr = torch.real(weight), wi = torch.imag(weight);
        Tensor re = real(xr, wr, null) - real(xi, wi, null), im = real(xr, wi, null) + real(xi, wr, null);
        Tensor result = ViewAsComplex.Call(torch.stack((re, im), -1));
        return bias is null ? result : result + bias.reshape([bias.Sizes[0], .. Enumerable.Repeat(1L, result.Rank - 2)]);
    }

    private static void CheckTypes(Tensor input, Tensor weight, Tensor? bias)
    {
        Check.That(input.DType == weight.DType, $"expected scalar type {input.DType.LegacyName} but found {weight.DType.LegacyName}");
        Check.That(bias is null || bias.DType == input.DType, $"Input type ({input.DType.LegacyName}) and bias type ({bias?.DType.LegacyName}) should be the same");
    }

    private static bool Batched(string op, int spatial, Tensor input, Tensor weight)
    {
        Check.That(weight.Rank == spatial + 2, $"weight should have {spatial + 2} dimensions for {op}, but got weight of size: {weight.SizesRef.Brackets()}");
        Check.That(input.Rank == spatial + 1 || input.Rank == spatial + 2,
            $"Expected {spatial + 1}D (unbatched) or {spatial + 2}D (batched) input to {op}, but got input of size: {input.SizesRef.Brackets()}");
        return input.Rank == spatial + 2;
    }
}
