namespace Facula.Ops;

[CompositeOp("fft2", In = "torch.fft", Out = true)]
internal static partial class FftForward2
{
    /// <summary>The discrete Fourier transform over two dimensions, the last ones unless said otherwise, cut or filled with zeros to the extents <paramref name="s"/>.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.Complex(input, s, dim.IsNone ? (-2, -1) : dim, norm, forward: true);

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("fft2", @out);
}

[CompositeOp("ifft2", In = "torch.fft", Out = true)]
internal static partial class FftInverse2
{
    /// <summary>The inverse discrete Fourier transform over two dimensions, the last ones unless said otherwise, cut or filled with zeros to the extents <paramref name="s"/>.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.Complex(input, s, dim.IsNone ? (-2, -1) : dim, norm, forward: false);

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("ifft2", @out);
}

[CompositeOp("rfft2", In = "torch.fft", Out = true)]
internal static partial class RealFft2
{
    /// <summary>The transform of real numbers over two dimensions, the last ones unless said otherwise; of the last only the first half is kept.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.RealForward("rfft2", input, s, dim.IsNone ? (-2, -1) : dim, norm);

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("rfft2", @out);
}

[CompositeOp("irfft2", In = "torch.fft", Out = true)]
internal static partial class InverseRealFft2
{
    /// <summary>The inverse of rfft2 over two dimensions, the last ones unless said otherwise: real numbers from a spectrum whose last dimension is given by half.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.ToReal("irfft2", input, s, dim.IsNone ? (-2, -1) : dim, norm, forward: false);

    static void CheckOut(Tensor @out) => Fourier.RequireFloatOut("irfft2", @out);
}

[CompositeOp("hfft2", In = "torch.fft", Out = true)]
internal static partial class HermitianFft2
{
    /// <summary>The real spectrum of a Hermitian signal over two dimensions, the last ones unless said otherwise; its last dimension is given by half.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.ToReal("hfft2", input, s, dim.IsNone ? (-2, -1) : dim, norm, forward: true);

    static void CheckOut(Tensor @out) => Fourier.RequireFloatOut("hfft2", @out);
}

[CompositeOp("ihfft2", In = "torch.fft", Out = true)]
internal static partial class InverseHermitianFft2
{
    /// <summary>The inverse of hfft2 over two dimensions, the last ones unless said otherwise: the signal of a real spectrum, its last dimension by half.</summary>
    static Tensor Compose(Tensor input, Dims s = default, Dims dim = default, string? norm = null) => SeveralDimensions.HermitianInverse("ihfft2", input, s, dim.IsNone ? (-2, -1) : dim, norm);

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("ihfft2", @out);
}
