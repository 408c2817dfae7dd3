using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("nextafter", InPlace = true, Node = "NotImplemented")]
internal static partial class Nextafter
{
    /// <summary>Returns the next representable number from <paramref name="input"/> towards <paramref name="other"/>, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other)
    {
        TensorSpec spec = TensorSpec.Broadcast(input, other);
        if (spec.DType.IsLowPrecision) throw TypeSwitch.NotImplemented("nextafter_cpu", spec.DType);
        return spec;
    }

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Float<NextafterKernel>(input, other, result);

    static Tensor GradInput(Tensor grad) => Derivatives.NotImplemented("nextafter");

    static Tensor GradOther(Tensor grad) => Derivatives.NotImplemented("nextafter");
}
