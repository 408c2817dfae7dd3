using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("fake_quantize_per_tensor_affine", Method = false, Out = false, Node = "FakeQuantizePerTensorAffineCachemaskBackward0")]
internal static partial class FakeQuantizePerTensorAffine
{
    /// <summary>Rounds each element to the nearest of quant_max − quant_min + 1 levels of distance <paramref name="scale"/>, as a quantised tensor would.</summary>
    static TensorSpec Infer(Tensor input, double scale, long zero_point, long quant_min, long quant_max)
    {
        Check.That(input.DType.is_floating_point, $"Expected a floating-point tensor, but got {input.DType.LegacyName}");
        Check.That(quant_min <= quant_max, $"`quant_min` should be less than or equal to `quant_max`.");
        Check.That(zero_point >= quant_min && zero_point <= quant_max, $"`zero_point` must be between `quant_min` and `quant_max`.");
        return TensorSpec.Pointwise(input);
    }

    static void Compute(Tensor input, double scale, long zero_point, long quant_min, long quant_max, Tensor result) =>
        Elementwise.Body(new Quantize(scale, zero_point, quant_min, quant_max), input, result, "fake_quantize");

    // Straight through, inside the range of levels.
    static Tensor GradInput(Tensor grad, Tensor input, double scale, long zero_point, long quant_min, long quant_max)
    {
        Tensor level = (input * (1 / scale)).round() + zero_point;
        return Derivatives.Where((level >= quant_min).logical_and(level <= quant_max), grad);
    }

    private readonly struct Quantize(double scale, long zeroPoint, long min, long max) : IFloatBody
    {
        public T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            T level = T.Round(x * T.CreateTruncating((float)(1 / (float)scale))) + T.CreateTruncating(zeroPoint);
            level = T.Min(T.Max(level, T.CreateTruncating(min)), T.CreateTruncating(max));
            return (level - T.CreateTruncating(zeroPoint)) * T.CreateTruncating((float)scale);
        }
    }
}
