namespace Facula.Ops;

[CompositeOp("fftn", In = "torch.fft", Out = true)]
internal static partial class FftForwardN
{
    /// <summary>The discrete Fourier transform over several dimensions, all unless said otherwise, cut or filled with zeros to the extents <paramref name="s"/>.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.Complex(input, s, dim, norm, forward: true);

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("fftn", @out);
}

[CompositeOp("ifftn", In = "torch.fft", Out = true)]
internal static partial class FftInverseN
{
    /// <summary>The inverse discrete Fourier transform over several dimensions, all unless said otherwise, cut or filled with zeros to the extents <paramref name="s"/>.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.Complex(input, s, dim, norm, forward: false);

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("ifftn", @out);
}

[CompositeOp("rfftn", In = "torch.fft", Out = true)]
internal static partial class RealFftN
{
    /// <summary>The transform of real numbers over several dimensions, all unless said otherwise; of the last only the first half is kept.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.RealForward("rfftn", input, s, dim, norm);

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("rfftn", @out);
}

[CompositeOp("irfftn", In = "torch.fft", Out = true)]
internal static partial class InverseRealFftN
{
    /// <summary>The inverse of rfftn over several dimensions, all unless said otherwise: real numbers from a spectrum whose last dimension is given by half.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.ToReal("irfftn", input, s, dim, norm, forward: false);

    static void CheckOut(Tensor @out) => Fourier.RequireFloatOut("irfftn", @out);
}

[CompositeOp("hfftn", In = "torch.fft", Out = true)]
internal static partial class HermitianFftN
{
    /// <summary>The real spectrum of a Hermitian signal over several dimensions, all unless said otherwise; its last dimension is given by half.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.ToReal("hfftn", input, s, dim, norm, forward: true);

    static void CheckOut(Tensor @out) => Fourier.RequireFloatOut("hfftn", @out);
}

[CompositeOp("ihfftn", In = "torch.fft", Out = true)]
internal static partial class InverseHermitianFftN
{
    /// <summary>The inverse of hfftn over several dimensions, all unless said otherwise: the signal of a real spectrum, its last dimension by half.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.HermitianInverse("ihfftn", input, s, dim, norm);

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("ihfftn", @out);
}
