using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("acosh", InPlace = true)]
[Alias("torch.arccosh")]
internal static partial class Acosh
{
    /// <summary>Returns the inverse hyperbolic cosine of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<AcoshKernel>(input, result);

    // √((x+1)(x−1)) may not be merged into one root for complex numbers: the branches differ.
    static Tensor GradInput(Tensor grad, Tensor input) => input.is_complex()
        ? grad * ((input + 1).rsqrt() * (input - 1).rsqrt()).conj()
        : grad * (input * input - 1).rsqrt();
}
