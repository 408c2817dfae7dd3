using System.Numerics;
using System.Runtime.Intrinsics;
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

    static void Compute(Tensor real, Tensor imag, Tensor result) =>
        Elementwise.Zip<ComplexParts.Join, double, Complex>(default, real, imag, result, ScalarType.Float64, ScalarType.ComplexFloat64);

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

    static void Compute(Tensor abs, Tensor angle, Tensor result) =>
        Elementwise.Zip<ComplexParts.Turn, double, Complex>(default, abs, angle, result, ScalarType.Float64, ScalarType.ComplexFloat64);

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

    internal readonly struct Join : IZip<double, Complex>
    {
        public static bool IsVectorized => false;
        public Complex Invoke(double x, double y) => new(x, y);
        public Vector512<Complex> Invoke(Vector512<double> x, Vector512<double> y) => throw new InvalidOperationException();
    }

    internal readonly struct Turn : IZip<double, Complex>
    {
        public static bool IsVectorized => false;
        public Complex Invoke(double x, double y) => new(x * Math.Cos(y), x * Math.Sin(y));
        public Vector512<Complex> Invoke(Vector512<double> x, Vector512<double> y) => throw new InvalidOperationException();
    }
}
