using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("dot")]
internal static partial class Dot
{
    /// <summary>The sum of the products of two vectors' elements.</summary>
    static TensorSpec Infer(Tensor input, Tensor tensor)
    {
        Require(input, tensor);
        return new([], input.DType, input.device);
    }

    internal static void Require(Tensor input, Tensor tensor)
    {
        Check.That(input.Rank == 1 && tensor.Rank == 1, $"1D tensors expected, but got {input.Rank}D and {tensor.Rank}D tensors");
        Check.That(input.DType == tensor.DType, $"dot : expected both vectors to have same dtype, but found {input.DType.LegacyName} and {tensor.DType.LegacyName}");
        Check.That(input.Sizes[0] == tensor.Sizes[0],
            $"inconsistent tensor size, expected tensor [{input.Sizes[0]}] and src [{tensor.Sizes[0]}] to have the same number of elements, but got {input.Sizes[0]} and {tensor.Sizes[0]} elements respectively");
    }

    static void Compute(Tensor input, Tensor tensor, Tensor result) => Product(input, tensor, result);

    internal static void Product(Tensor input, Tensor tensor, Tensor result)
    {
        Tensor row = input.Alias(input.SizesRef.Insert(0, 1), input.StridesRef.Insert(0, 1), input.Offset);
        Products.MultiplyVector("dot", row, tensor, result.Alias([1], [1], result.Offset));
    }

    static Tensor GradInput(Tensor grad, Tensor tensor) => grad * tensor.conj();

    static Tensor GradTensor(Tensor grad, Tensor input) => grad * input.conj();
}

[TensorOp("vdot")]
internal static partial class Vdot
{
    /// <summary>The dot product with the first vector conjugated.</summary>
    static TensorSpec Infer(Tensor input, Tensor other)
    {
        Dot.Require(input, other);
        return new([], input.DType, input.device);
    }

    static unsafe void Compute(Tensor input, Tensor other, Tensor result)
    {
        if (result.Code is not (TypeCode.Complex64 or TypeCode.Complex128))
        {
            Dot.Product(input, other, result);
            return;
        }
        long count = input.Numel, step = input.Strides[0], otherStep = other.Strides[0];
        fixed (byte* a = &input.Reference, b = &other.Reference, c = &result.Reference)
        {
            if (result.Code == TypeCode.Complex64)
                Gemm.Multiply((Complex64*)a, count, step, (Complex64*)b, otherStep, 1, (Complex64*)c, 1, 1, 1, count, Complex64.One, Complex64.Zero, conjugateA: true);
            else
                Gemm.Multiply((Complex*)a, count, step, (Complex*)b, otherStep, 1, (Complex*)c, 1, 1, 1, count, Complex.One, Complex.Zero, conjugateA: true);
        }
        GC.KeepAlive(input);
        GC.KeepAlive(other);
        GC.KeepAlive(result);
    }

    static Tensor GradInput(Tensor grad, Tensor other) => grad.conj() * other;

    static Tensor GradOther(Tensor grad, Tensor input) => grad * input;
}
