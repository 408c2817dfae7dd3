using Facula.Kernels;

namespace Facula.Ops;

/// <summary>Stride, padding, dilation and groups of a convolution over 1–3 spatial dimensions.</summary>
internal sealed record ConvolutionSettings(long[] Stride, long[] Padding, long[] Dilation, long Groups)
{
    /// <summary>One number for each spatial dimension.</summary>
    internal static long[] Expand(Dims value, int spatial, string name, long filler)
    {
        if (value.IsNone) return Enumerable.Repeat(filler, spatial).ToArray();
        if (value.Count == 1) return Enumerable.Repeat(value[0], spatial).ToArray();
        Check.That(value.Count == spatial, $"expected {name} to be a single integer value or a list of {spatial} values to match the convolution dimensions, but got {name}=[{string.Join(", ", value)}]");
        return value.ToArray();
    }

    /// <summary>The kernels' description; checks what PyTorch checks.</summary>
    internal ConvolutionShape Shape(in Size input, in Size weight)
    {
        ReadOnlySpan<long> i = input.AsSpan(), w = weight.AsSpan();
        return ConvolutionShape.Create(i[0], Groups, i[1], w[0], i[2..], w[2..], Stride, Padding, Dilation);
    }

    internal Size OutputSize(in Size input, in Size weight)
    {
        Span<long> size = stackalloc long[input.Rank];
        size[0] = input[0];
        size[1] = weight[0];
        for (int d = 2; d < input.Rank; d++)
            size[d] = ConvolutionShape.OutputSize(input[d], weight[d], Stride[d - 2], Padding[d - 2], Dilation[d - 2]);
        return new Size(size);
    }

    internal void Validate(in Size input, in Size weight, Tensor? bias, bool transposed)
    {
        foreach (long s in Stride) Check.That(s > 0, $"non-positive stride is not supported");
        foreach (long p in Padding) Check.That(p >= 0, $"negative padding is not supported");
        foreach (long d in Dilation) Check.That(d > 0, $"dilation should be greater than zero");
        Check.That(Groups > 0, $"non-positive groups is not supported");
        if (!transposed)
        {
            Check.That(weight[0] >= Groups, $"Given groups={Groups}, expected weight to be at least {Groups} at dimension 0, but got weight of size {weight.Brackets()} instead");
            Check.That(weight[0] % Groups == 0, $"Given groups={Groups}, expected weight to be divisible by {Groups} at dimension 0, but got weight of size {weight.Brackets()} instead");
            Check.That(input[1] == weight[1] * Groups, $"Given groups={Groups}, weight of size {weight.Brackets()}, expected input{input.Brackets()} to have {weight[1] * Groups} channels, but got {input[1]} channels instead");
            Check.That(bias is null || (bias.Rank == 1 && bias.Sizes[0] == weight[0]), $"Given weight of size {weight.Brackets()}, expected bias to be 1-dimensional with {weight[0]} elements, but got bias of size {bias?.SizesRef.Brackets()} instead");
            bool fits = true;
            for (int d = 2; d < input.Rank; d++) fits &= input[d] + 2 * Padding[d - 2] >= Dilation[d - 2] * (weight[d] - 1) + 1;
            if (!fits)
            {
                long[] padding = Padding, dilation = Dilation;
                Size i = input, w = weight;
                string padded = string.Join(" x ", Enumerable.Range(2, i.Rank - 2).Select(d => i[d] + 2 * padding[d - 2]));
                string kernel = string.Join(" x ", Enumerable.Range(2, i.Rank - 2).Select(d => dilation[d - 2] * (w[d] - 1) + 1));
                throw new TorchException($"Calculated padded input size per channel: ({padded}). Kernel size: ({kernel}). Kernel size can't be greater than actual input size");
            }
            return;
        }
        Check.That(input[1] == weight[0], $"Given transposed=1, weight of size {weight.Brackets()}, expected input{input.Brackets()} to have {weight[0]} channels, but got {input[1]} channels instead");
        Check.That(bias is null || (bias.Rank == 1 && bias.Sizes[0] == weight[1] * Groups), $"Given transposed=1, weight of size {weight.Brackets()}, expected bias to be 1-dimensional with {weight[1] * Groups} elements, but got bias of size {bias?.SizesRef.Brackets()} instead");
    }
}
