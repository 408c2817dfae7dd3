using Facula.Modules;
using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>Two-dimensional convolutions, forward and with both gradients.</summary>
internal static class Convolutions
{
    private sealed record Case(string Tag, string Group, int[] Shape, int Filters, int Kernel, int Stride = 1, int Groups = 1, bool Extra = false, bool Quick = false);

    private static readonly Case[] Cases =
    [
        new("32x64x56x56_k64_3x3", "convolution 3×3", [32, 64, 56, 56], 64, 3),
        new("64x1x28x28_k32_3x3", "convolution 3×3", [64, 1, 28, 28], 32, 3),
        new("64x32x28x28_k64_3x3", "convolution 3×3", [64, 32, 28, 28], 64, 3, Quick: true),
        new("8x256x14x14_k256_3x3", "convolution 3×3", [8, 256, 14, 14], 256, 3),
        new("32x256x14x14_k64_1x1", "convolution, other kernels", [32, 256, 14, 14], 64, 1),
        new("8x3x224x224_k64_7x7_s2", "convolution, stem and depthwise", [8, 3, 224, 224], 64, 7, 2, Extra: true),
        new("32x64x56x56_k64_3x3_depthwise", "convolution, stem and depthwise", [32, 64, 56, 56], 64, 3, Groups: 64, Extra: true),
        new("8x64x56x56_k128_3x3_s2", "convolution, other kernels", [8, 64, 56, 56], 128, 3, 2, Extra: true),
        new("16x64x28x28_k128_5x5", "convolution, other kernels", [16, 64, 28, 28], 128, 5, Extra: true),
    ];

    public static void AddTo(WorkloadList list)
    {
        foreach (Case c in Cases)
        {
            list.Add(c.Group, "conv2d_fwd_" + c.Tag, () => Forward(c), c.Quick, c.Extra);
            list.Add(c.Group, "conv2d_fwdbwd_" + c.Tag, () => ForwardBackward(c), c.Quick, c.Extra);
        }
    }

    private static (Tensor x, Conv2d layer) Make(Case c) =>
        (randn(c.Shape[0], c.Shape[1], c.Shape[2], c.Shape[3], requires_grad: true),
         nn.Conv2d(c.Shape[1], c.Filters, c.Kernel, stride: c.Stride, padding: c.Kernel / 2, groups: c.Groups));

    private static Action Forward(Case c)
    {
        (Tensor x, Conv2d layer) = Make(c);
        return () => { using (no_grad()) layer.call(x); };
    }

    private static Action ForwardBackward(Case c)
    {
        (Tensor x, Conv2d layer) = Make(c);
        Tensor g;
        using (no_grad()) g = randn_like(layer.call(x));
        return () =>
        {
            x.grad = null;
            layer.zero_grad(set_to_none: true);
            layer.call(x).backward(g);
        };
    }
}
