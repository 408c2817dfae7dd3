using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("complex", Method = false)]
internal static partial class ComplexOf
{
    /// <summary>Returns complex numbers with the given real and imaginary parts, broadcast.</summary>
    static TensorSpec Infer(Tensor real, Tensor imag)
    {
        ComplexParts.Check2(real, imag);
        TensorSpec spec = TensorSpec.Broadcast(real, imag);
        return spec.As(spec.DType.ToComplex());
    }

    static void Compute(Tensor real, Tensor imag, Tensor result)
    {
        ComplexParts.Of(result, 0).CopyRaw(real);
        ComplexParts.Of(result, 1).CopyRaw(imag);
    }

    static Tensor GradReal(Tensor grad) => torch.real(grad);

    static Tensor GradImag(Tensor grad) => torch.real(grad * new Complex(0, -1));
}

[TensorOp("polar", Method = false)]
internal static partial class Polar
{
    /// <summary>Returns complex numbers of the given sizes and angles, broadcast.</summary>
    static TensorSpec Infer(Tensor abs, Tensor angle)
    {
        ComplexParts.Check2(abs, angle);
        TensorSpec spec = TensorSpec.Broadcast(abs, angle);
        return spec.As(spec.DType.ToComplex());
    }

    static void Compute(Tensor abs, Tensor angle, Tensor result)
    {
        Tensor part = Tensor.Allocate(angle.SizesRef, result.DType.ToReal()), turned = Elementwise.Cast(angle, part.DType);
        Elementwise.Float<CosKernel>(turned, part);
        Elementwise.Number<MulKernel>(abs, part, ComplexParts.Of(result, 0));
        Elementwise.Float<SinKernel>(turned, part);
        Elementwise.Number<MulKernel>(abs, part, ComplexParts.Of(result, 1));
    }

    static Tensor GradAbs(Tensor grad, Tensor result) => torch.real(grad.conj() * torch.sgn(result));

    static Tensor GradAngle(Tensor grad, Tensor result) => torch.real(grad.conj() * result * new Complex(0, 1));
}

/// <summary>What the makers of complex numbers share.</summary>
internal static class ComplexParts
{
    internal static void Check2(Tensor first, Tensor second)
    {
        Check.That(first.DType.is_floating_point && second.DType.is_floating_point && first.DType != ScalarType.BFloat16 && second.DType != ScalarType.BFloat16,
            $"Expected both inputs to be Half, Float or Double tensors but got {first.DType.LegacyName} and {second.DType.LegacyName}");
        Check.That(first.DType == second.DType, $"Expected object of scalar type {first.DType.LegacyName} but got scalar type {second.DType.LegacyName} for second argument");
    }

    /// <summary>The real (0) or imaginary (1) parts in the memory of complex numbers.</summary>
    internal static Tensor Of(Tensor numbers, long part)
    {
        int rank = numbers.Rank;
        Span<long> strides = stackalloc long[rank];
        for (int i = 0; i < rank; i++) strides[i] = 2 * numbers.Strides[i];
        return numbers.Alias(numbers.SizesRef, new Size(strides), 2 * numbers.Offset + part, numbers.DType.ToReal());
    }
}
