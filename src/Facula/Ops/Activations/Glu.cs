using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("glu", In = "torch.nn.functional", Out = false)]
internal static partial class Glu
{
    /// <summary>Splits <paramref name="input"/> in halves a and b along <paramref name="dim"/> and returns a · sigmoid(b).</summary>
    static TensorSpec Infer(Tensor input, long dim = -1)
    {
        Check.That(input.Rank > 0, $"glu does not support 0-dimensional tensors");
        int d = Check.Dim(dim, input.Rank);
        long extent = input.Sizes[d];
        Check.That(extent % 2 == 0, $"Halving dimension must be even, but dimension {d} is size {extent}");
        return TensorSpec.Like(input).WithSizes(input.SizesRef.With(d, extent / 2));
    }

    static void Compute(Tensor input, long dim, Tensor result) =>
        Elementwise.Float<GluKernel>(Half(input, dim, 0), Half(input, dim, 1), result);

    static Tensor GradInput(Tensor grad, Tensor input, long dim)
    {
        Tensor value = Half(input, dim, 0), gate = Half(input, dim, 1);
        if (GradMode.Enabled)
        {
            gate = gate.sigmoid();
            return torch.cat(new[] { grad * gate, grad * value * gate * (1 - gate) }, dim);
        }
        Tensor gradient = TensorSpec.Like(input).Allocate();
        Elementwise.Float<GluKernel>(grad, gate, Half(gradient, dim, 0));
        Elementwise.Float3<GateGradient>(default, grad, value, gate, Half(gradient, dim, 1));
        return gradient;
    }

    private static Tensor Half(Tensor input, long dim, long which)
    {
        long half = input.Sizes[Check.Dim(dim, input.Rank)] / 2;
        return Narrow.Call(input, dim, which * half, half);
    }
}
