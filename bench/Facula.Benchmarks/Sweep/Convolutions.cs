using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Sweep;

/// <summary>Convolutions of the shapes that the list leaves out: those of ResNet-18, and small, odd, grouped, strided, dilated and transposed ones.</summary>
internal static class Convolutions
{
     private sealed record Case(long[] Input, long Filters, long[] Kernel, long Stride = 1, long Padding = 0, long Groups = 1, long Dilation = 1, bool Transposed = false, bool Double = false)
    {
        public string Name => $"{(Transposed ? "transposed " : "")}{string.Join('x', Input)} k{Filters} {string.Join('x', Kernel)}{(Stride > 1 ? $" s{Stride}" : "")}{(Padding > 0 ? $" p{Padding}" : "")}"
            + $"{(Groups > 1 ? $" g{Groups}" : "")}{(Dilation > 1 ? $" d{Dilation}" : "")}{(Double ? " float64" : "")}";
    }

    /// <summary>The distinct convolutions of ResNet-18 but its first: image's side, channels, filters, kernel, stride.</summary>
    private static readonly (long Side, long Channels, long Filters, long Kernel, long Stride)[] Residual =
    [
        (56, 64, 64, 3, 1), (56, 64, 128, 3, 2), (56, 64, 128, 1, 2), (28, 128, 128, 3, 1), (28, 128, 256, 3, 2), (28, 128, 256, 1, 2), (14, 256, 256, 3, 1), (14, 256, 512, 3, 2), (14, 256, 512, 1, 2), (7, 512, 512, 3, 1),
    ];

    private static readonly Case[] Others =
    [
        new([16, 64, 28, 28], 128, [1, 1], Stride: 2), new([8, 512, 7, 7], 2048, [1, 1]), new([8, 24, 56, 56], 144, [1, 1]), new([8, 96, 28, 28], 24, [1, 1]),
        new([16, 32, 32, 32], 64, [3, 3], Stride: 2, Padding: 1), new([16, 3, 64, 64], 32, [3, 3], Stride: 2, Padding: 1), new([8, 20, 12, 12], 50, [5, 5]), new([16, 16, 28, 28], 32, [5, 5], Padding: 2),
        new([16, 3, 64, 64], 64, [7, 7], Stride: 2, Padding: 3), new([1, 3, 224, 224], 64, [11, 11], Stride: 4, Padding: 2),
        new([16, 256, 8, 8], 128, [4, 4], 2, 1, Transposed: true), new([16, 64, 32, 32], 3, [4, 4], 2, 1, Transposed: true), new([16, 128, 4, 4], 64, [4, 4], 2, 1, Transposed: true),
        new([8, 128, 16, 16], 64, [2, 2], 2, Transposed: true), new([8, 32, 28, 28], 32, [3, 3], 1, 1, Transposed: true), new([8, 32, 14, 14], 16, [3, 3], 2, 1, Transposed: true),
        new([16, 3, 64, 64], 64, [4, 4], 2, 1), new([16, 64, 32, 32], 128, [4, 4], 2, 1),
        new([16, 64, 28, 28], 64, [3, 3], 1, 1, Groups: 64), new([16, 64, 56, 56], 64, [3, 3], 2, 1, Groups: 64), new([16, 96, 14, 14], 96, [3, 3], 1, 1, Groups: 96), new([16, 96, 14, 14], 96, [5, 5], 1, 2, Groups: 96), new([16, 320, 7, 7], 320, [3, 3], 1, 1, Groups: 320),
        new([8, 64, 28, 28], 64, [3, 3], 1, 1, Groups: 2), new([8, 64, 28, 28], 128, [3, 3], 2, 1, Groups: 4), new([8, 128, 28, 28], 128, [3, 3], 1, 1, Groups: 32),
        new([8, 64, 28, 28], 64, [3, 3], 1, 2, Dilation: 2), new([4, 256, 14, 14], 256, [3, 3], 1, 4, Dilation: 4),
        new([16, 64, 200], 64, [3], 1, 1), new([16, 32, 500], 64, [7], 1, 3), new([8, 1, 8000], 32, [80], 16), new([8, 1, 8000], 128, [80], 4), new([8, 128, 124], 256, [3]), new([32, 1, 100], 16, [3], 1, 1), new([16, 64, 200], 64, [3], 1, 4, Dilation: 4), new([16, 64, 200], 64, [1]),
        new([2, 3, 8, 32, 32], 16, [3, 3, 3], 1, 1), new([2, 16, 8, 16, 16], 32, [3, 3, 3], 1, 1), new([2, 8, 16, 16, 16], 16, [2, 2, 2], 2),
        new([1, 3, 32, 32], 32, [3, 3], 1, 1), new([1, 1, 28, 28], 6, [5, 5], 1, 2), new([1, 16, 14, 14], 16, [3, 3], 1, 1), new([1, 64, 55, 55], 64, [3, 3], 1, 1),
        new([16, 32, 7, 7], 32, [3, 3], 1, 1), new([16, 48, 13, 13], 96, [3, 3], 1, 1), new([8, 64, 27, 27], 192, [5, 5], 1, 2), new([8, 64, 55, 55], 64, [3, 3], 1, 1),
        new([16, 3, 32, 32], 10, [3, 3], 1, 1), new([16, 10, 28, 28], 20, [5, 5]), new([16, 20, 16, 16], 50, [3, 3], 1, 1), new([16, 50, 14, 14], 100, [3, 3], 1, 1), new([16, 100, 7, 7], 100, [3, 3], 1, 1),
        new([8, 16, 28, 28], 32, [3, 3], 1, 1, Double: true), new([8, 64, 14, 14], 64, [3, 3], 2, 1, Double: true), new([8, 32, 14, 14], 64, [1, 1], Double: true), new([8, 32, 8, 8], 16, [4, 4], 2, 1, Transposed: true, Double: true),
    ];

    public static void AddTo(WorkloadList list)
    {
        foreach (long batch in (long[])[1, 8])
            foreach (var (side, channels, filters, kernel, stride) in Residual)
                Add(list, "residual convolutions", new Case([batch, channels, side, side], filters, [kernel, kernel], stride, kernel / 2), isTrained: batch > 1);
        foreach (Case c in Others) Add(list, "convolutions", c, isTrained: true);
    }

    private static void Add(WorkloadList list, string group, Case c, bool isTrained)
    {
        int spatial = c.Kernel.Length;
        long[] weight = c.Transposed ? [c.Input[1], c.Filters / c.Groups, .. c.Kernel] : [c.Filters, c.Input[1] / c.Groups, .. c.Kernel];
        string type = c.Double ? ", dtype=torch.float64" : "";
        string setup(string leaf) => $"x = torch.randn({string.Join(", ", c.Input)}{type}{leaf}); w = torch.randn({string.Join(", ", weight)}{type}{leaf}); b = torch.randn({c.Filters}{type}{leaf})";
        string call = $"F.conv{(c.Transposed ? "_transpose" : "")}{spatial}d(x, w, b, stride={c.Stride}, padding={c.Padding}, groups={c.Groups}, dilation={c.Dilation})";
        list.Sweep(group, c.Name + " fwd", setup(""), $"without_grad(lambda: {call})()", () =>
        {
            (Tensor x, Tensor w, Tensor b) = Make(c, weight, isTrained: false);
            return () => { using (no_grad()) Run(c, spatial, x, w, b); };
        });
        if (!isTrained) return;
        list.Sweep(group, c.Name + " fwdbwd", setup(", requires_grad=True"), $"backward({call}, x, w, b)", () =>
        {
            (Tensor x, Tensor w, Tensor b) = Make(c, weight, isTrained: true);
            return () => Networks.Backward(Run(c, spatial, x, w, b), x, w, b);
        });
    }

    private static (Tensor x, Tensor w, Tensor b) Make(Case c, long[] weight, bool isTrained)
    {
        var type = c.Double ? float64 : float32;
        return (randn(new Size(c.Input), dtype: type, requires_grad: isTrained), randn(new Size(weight), dtype: type, requires_grad: isTrained), randn([c.Filters], dtype: type, requires_grad: isTrained));
    }

    private static Tensor Run(Case c, int spatial, Tensor x, Tensor w, Tensor b) => (spatial, c.Transposed) switch
    {
        (1, _) => F.conv1d(x, w, b, stride: c.Stride, padding: c.Padding, dilation: c.Dilation, groups: c.Groups),
        (2, false) => F.conv2d(x, w, b, stride: c.Stride, padding: c.Padding, dilation: c.Dilation, groups: c.Groups),
        (2, true) => F.conv_transpose2d(x, w, b, stride: c.Stride, padding: c.Padding, groups: c.Groups, dilation: c.Dilation),
        _ => F.conv3d(x, w, b, stride: c.Stride, padding: c.Padding, dilation: c.Dilation, groups: c.Groups),
    };
}
