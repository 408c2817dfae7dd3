using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("addcdiv", InPlace = true)]
internal static partial class Addcdiv
{
    /// <summary>Returns input + <paramref name="value"/> · tensor1 / tensor2, elementwise and broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor tensor1, Tensor tensor2, Scalar? value = null)
    {
        Check.That(tensor1.DType.IsDifferentiable || tensor2.DType.IsDifferentiable,
            $"Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future addcdiv behavior is just the latter implementation: (input + value * tensor1 / tensor2), for all dtypes.");
        return Addcmul.InferSpec(input, tensor1, tensor2, value);
    }

    static void Compute(Tensor input, Tensor tensor1, Tensor tensor2, Scalar? value, Tensor result) =>
        Elementwise.Number3(new AddcdivMap((value ?? 1).ToComplex()), input, tensor1, tensor2, result, "addcdiv_cpu_out");

    static Tensor GradInput(Tensor grad) => grad;

    static Tensor GradTensor1(Tensor grad, Tensor tensor2, Scalar? value) => grad * ((value ?? 1) / tensor2).conj();

    static Tensor GradTensor2(Tensor grad, Tensor tensor1, Tensor tensor2, Scalar? value) => -grad * (tensor1 * (value ?? 1) / (tensor2 * tensor2)).conj();
}
