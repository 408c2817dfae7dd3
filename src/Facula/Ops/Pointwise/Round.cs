using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("round", InPlace = true)]
[Alias("torch.special.round", InPlace = false)]
internal static partial class Round
{
    /// <summary>Returns each element rounded to <paramref name="decimals"/> decimals, ties to even.</summary>
    static TensorSpec Infer(Tensor input, long decimals = 0) => Rounding.Infer(input, "round");

    static string NodeName(long decimals) => decimals == 0 ? "RoundBackward0" : "RoundBackward1";

    static void Compute(Tensor input, long decimals, Tensor result)
    {
        if (decimals == 0) Rounding.Compute<RoundKernel>(input, result);
        else if (!Elementwise.MapFloat(new RoundDecimalsMap(decimals), input, result)) throw TypeSwitch.NotImplemented("round_vml_cpu", input.DType);
    }

    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);
}
