using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("fft_c2r", Public = false, Out = false, Node = "FftC2RBackward0")]
internal static unsafe partial class FftC2R
{
    /// <summary>The real transform back, over the dimensions, of a Hermitian spectrum of which the last dimension is stored by half; of its conjugate on request.</summary>
    static TensorSpec Infer(Tensor input, Size dim, FftNorm norm, long length, bool conjugate) =>
        new(input.SizesRef.With((int)dim[-1], length), input.DType.ToReal(), input.device);

    static void Compute(Tensor input, Size dim, FftNorm norm, long length, bool conjugate, Tensor result)
    {
        if (result.Numel == 0) return;
        int last = (int)dim[-1];
        Tensor source = Dense.Of(input, input.DType), target = Dense.Target(result, result.DType);
        if (dim.Rank > 1)
        {
            Tensor columns = Tensor.Allocate(source.SizesRef, source.DType);
            Fourier.Transform(source, columns, dim[..^1], !conjugate, 1);
            source = columns;
        }
        var lines = new Lines(result.SizesRef, last);
        double scale = Fourier.Scale(norm, result.SizesRef, dim);
        long present = source.Sizes[last];
        fixed (byte* s = &source.Reference, t = &target.Reference)
        {
            if (result.DType == ScalarType.Float64) Fft.RealInverse((double*)s, (double*)t, lines.Outer, length, lines.Inner, conjugate, scale, present);
            else Fft.RealInverse((float*)s, (float*)t, lines.Outer, length, lines.Inner, conjugate, scale, present);
        }
        GC.KeepAlive(source);
        Dense.Finish(target, result);
    }

    // Numbers that stand for their mirror images, too, count twice.
    static Tensor GradInput(Tensor grad, Size dim, FftNorm norm, long length, bool conjugate)
    {
        Tensor spectrum = FftR2C.Call(grad, dim, norm, onesided: true, conjugate);
        return spectrum * Fourier.HalfWeights(TensorSpec.Like(spectrum), dim[-1], length, 1, 2);
    }
}
