namespace Facula.Ops;

[TensorOp("fft_c2c", Public = false, Out = false, Node = "FftC2CBackward0")]
internal static partial class FftC2C
{
    /// <summary>The transform of complex numbers over the dimensions.</summary>
    static TensorSpec Infer(Tensor input, Size dim, FftNorm norm, bool forward) => TensorSpec.Like(input);

    static void Compute(Tensor input, Size dim, FftNorm norm, bool forward, Tensor result)
    {
        if (result.Numel == 0) return;
        if (dim.Rank == 0)
        {
            result.CopyRaw(input);
            return;
        }
        Tensor target = Dense.Target(result, result.DType);
        Fourier.Transform(Dense.Of(input, input.DType), target, dim, !forward, Fourier.Scale(norm, result.SizesRef, dim));
        Dense.Finish(target, result);
    }

    static Tensor GradInput(Tensor grad, Size dim, FftNorm norm, bool forward) => Call(grad, dim, norm, !forward);
}
