using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("fft_r2c", Public = false, Out = false)]
internal static unsafe partial class FftR2C
{
    /// <summary>The transform of real numbers over the dimensions, of the last of which only the first half is kept when <paramref name="onesided"/>; its conjugate on request.</summary>
    static TensorSpec Infer(Tensor input, Size dim, FftNorm norm, bool onesided, bool conjugate)
    {
        int last = (int)dim[-1];
        long length = input.Sizes[last];
        return new(input.SizesRef.With(last, onesided ? length / 2 + 1 : length), input.DType.ToComplex(), input.device);
    }

    // PyTorch conjugates in an op of its own, and transforms the other dimensions after it.
    static string NodeName(Size dim, bool conjugate) => !conjugate ? "FftR2CBackward0" : dim.Rank == 1 ? "ConjBackward0" : "FftC2CBackward0";

    static void Compute(Tensor input, Size dim, FftNorm norm, bool onesided, bool conjugate, Tensor result)
    {
        if (result.Numel == 0) return;
        int last = (int)dim[-1];
        var lines = new Lines(input.SizesRef, last);
        Tensor source = Dense.Of(input, input.DType), target = Dense.Target(result, result.DType);
        Tensor half = onesided ? target : Tensor.Allocate(result.SizesRef.With(last, lines.Extent / 2 + 1), result.DType);
        double scale = Fourier.Scale(norm, input.SizesRef, dim);
        fixed (byte* s = &source.Reference, h = &half.Reference)
        {
            if (input.DType == ScalarType.Float64) Fft.Real((double*)s, (double*)h, lines.Outer, lines.Extent, lines.Inner, conjugate, scale, lines.Extent);
            else Fft.Real((float*)s, (float*)h, lines.Outer, lines.Extent, lines.Inner, conjugate, scale, lines.Extent);
        }
        if (!onesided) Complete(half, target, lines);
        if (dim.Rank > 1) Fourier.Transform(target, target, dim[..^1], conjugate, 1);
        GC.KeepAlive(source);
        Dense.Finish(target, result);
    }

    private static void Complete(Tensor half, Tensor target, in Lines lines)
    {
        fixed (byte* h = &half.Reference, t = &target.Reference)
        {
            if (target.DType == ScalarType.ComplexFloat64) Fft.FillHermitian((double*)h, (double*)t, lines.Outer, lines.Extent, lines.Inner);
            else Fft.FillHermitian((float*)h, (float*)t, lines.Outer, lines.Extent, lines.Inner);
        }
        GC.KeepAlive(half);
    }

    // The real part of the transform back. Of a half spectrum it is that of the Hermitian one whose other half mirrors it, both halved.
    static Tensor GradInput(Tensor grad, Size input, Size dim, FftNorm norm, bool onesided, bool conjugate)
    {
        if (!onesided) return Real.Call(FftC2C.Call(grad, dim, norm, conjugate));
        long length = input[(int)dim[-1]];
        return FftC2R.Call(grad * Fourier.HalfWeights(TensorSpec.Like(grad), dim[-1], length, 1, 0.5), dim, norm, length, conjugate);
    }
}
