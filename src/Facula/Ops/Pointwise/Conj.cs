using System.Numerics;
using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("conj_physical", InPlace = true, Public = false)]
internal static partial class ConjPhysical
{
    /// <summary>The complex conjugate of each element, written to memory.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Like(input);

    static void Compute(Tensor input, Tensor result)
    {
        if (input.DType.is_complex) Elementwise.Map<ConjMap, Complex, Complex>(default, input, result, ScalarType.ComplexFloat64, ScalarType.ComplexFloat64);
        else Copying.Copy(input, result);
    }

    static Tensor GradInput(Tensor grad) => grad.conj();

    private readonly struct ConjMap : IMap<Complex, Complex>
    {
        public static bool IsVectorized => false;
        public Complex Invoke(Complex x) => Complex.Conjugate(x);
        public Vector512<Complex> Invoke(Vector512<Complex> x) => throw new InvalidOperationException();
    }
}

[CompositeOp("conj_physical", Out = true)]
internal static partial class ConjPhysicalOrSelf
{
    /// <summary>The complex conjugate of each element, written to memory; a real tensor is its own.</summary>
    static Tensor Compose(Tensor input) => input.DType.is_complex ? ConjPhysical.Call(input) : input;
}

[CompositeOp("conj_physical_")]
internal static partial class ConjPhysicalInPlace
{
    /// <summary>Conjugates each element, in place.</summary>
    static Tensor Compose(Tensor input) => input.DType.is_complex ? ConjPhysical.CallInPlace(input) : input;
}

[CompositeOp("conj")]
internal static partial class Conj
{
    /// <summary>The complex conjugate; a real tensor is its own.</summary>
    static Tensor Compose(Tensor input) => input.DType.is_complex ? ConjPhysical.Call(input) : input;
}
