using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("addcmul", InPlace = true)]
internal static partial class Addcmul
{
    /// <summary>Returns input + <paramref name="value"/> · tensor1 · tensor2, elementwise and broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor tensor1, Tensor tensor2, Scalar? value = null) => InferSpec(input, tensor1, tensor2, value);

    internal static TensorSpec InferSpec(Tensor input, Tensor tensor1, Tensor tensor2, Scalar? value)
    {
        Size sizes = Broadcasting.Shape(input.SizesRef, Broadcasting.Shape(tensor1.SizesRef, tensor2.SizesRef));
        ScalarType dtype = Promotion.ResultType(input, tensor1, tensor2);
        if (value is { } factor) NumberRange.Require(factor, dtype);
        return TensorSpec.Pointwise(sizes, dtype, input.device, input, tensor1, tensor2);
    }

    static void Compute(Tensor input, Tensor tensor1, Tensor tensor2, Scalar? value, Tensor result)
    {
        Scalar factor = value ?? 1;
        Elementwise.Number3(new AddcmulMap(factor.ToComplex(), factor.IsComplex ? 0 : factor.ToInt64()), input, tensor1, tensor2, result, "addcmul_cpu_out");
    }

    static Tensor GradInput(Tensor grad) => grad;

    static Tensor GradTensor1(Tensor grad, Tensor tensor2, Scalar? value) => grad * (tensor2 * (value ?? 1)).conj();

    static Tensor GradTensor2(Tensor grad, Tensor tensor1, Scalar? value) => grad * (tensor1 * (value ?? 1)).conj();
}
