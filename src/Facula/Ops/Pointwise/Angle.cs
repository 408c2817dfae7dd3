using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("angle")]
internal static partial class Angle
{
    /// <summary>Returns the angle of each element in radians; of a real number 0 or π.</summary>
    static TensorSpec Infer(Tensor input)
    {
        TensorSpec spec = TensorSpec.FloatPointwise(input);
        return spec.As(spec.DType.ToReal());
    }

    static void Compute(Tensor input, Tensor result)
    {
        if (input.DType.is_complex) Elementwise.RealOfComplex<PhaseOfParts>(input, result);
        else Elementwise.Float<AngleKernel>(input, result);
    }

    static Tensor GradInput(Tensor grad, Tensor input)
    {
        if (!input.is_complex()) return Derivatives.Zeros(grad);
        Tensor size = input.abs();
        return torch.where(size == 0, 0, grad * (input / (size * size)) * new Complex(0, 1));
    }
}
