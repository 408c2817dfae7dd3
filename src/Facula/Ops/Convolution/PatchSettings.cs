using Facula.Kernels;

namespace Facula.Ops;

/// <summary>The sliding patches of (N, C, H, W); each number stands for height and width.</summary>
internal sealed record PatchSettings(long[] Kernel, long[] Dilation, long[] Padding, long[] Stride)
{
    internal static PatchSettings Create(Dims kernel, Dims dilation, Dims padding, Dims stride)
    {
        var settings = new PatchSettings(Expand(kernel, "kernel_size", 1), Expand(dilation, "dilation", 1), Expand(padding, "padding", 0), Expand(stride, "stride", 1));
        (long[] k, long[] d, long[] p, long[] s) = settings;
        Check.That(k[0] > 0 && k[1] > 0, $"kernel size should be greater than zero, but got kernel_height: {k[0]} kernel_width: {k[1]}");
        Check.That(d[0] > 0 && d[1] > 0, $"dilation should be greater than zero, but got dilation_height: {d[0]} dilation_width: {d[1]}");
        Check.That(p[0] >= 0 && p[1] >= 0, $"padding should be non-negative, but got pad_height: {p[0]} pad_width: {p[1]}");
        Check.That(s[0] > 0 && s[1] > 0, $"stride should be greater than zero, but got stride_height: {s[0]} stride_width: {s[1]}");
        return settings;
    }

    internal static long[] Expand(Dims value, string name, long filler)
    {
        if (value.IsNone) return [filler, filler];
        Check.That(value.Count is 1 or 2, $"It is expected {name} equals to 2, but got size {value.Count}");
        return [value[0], value[value.Count - 1]];
    }

    /// <summary>Patches along one dimension; below 1 when none fits.</summary>
    internal long Count(long size, int d) => (long)Math.Floor((double)(size + 2 * Padding[d] - Dilation[d] * (Kernel[d] - 1) - 1) / Stride[d]) + 1;

    internal PatchShape Shape(long planes, long height, long width) => new(planes, height, width, Kernel[0], Kernel[1], Count(height, 0), Count(width, 1))
    {
        Stride = (Stride[0], Stride[1]),
        Padding = (Padding[0], Padding[1]),
        Dilation = (Dilation[0], Dilation[1]),
    };

    internal string Describe(bool strided) => $"kernel_size={Pair(Kernel)}, dilation={Pair(Dilation)}, padding={Pair(Padding)}" + (strided ? $", stride={Pair(Stride)}" : "");

    internal static string Pair(ReadOnlySpan<long> two) => $"({two[0]}, {two[1]})";
}
