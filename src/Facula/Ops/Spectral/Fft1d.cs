namespace Facula.Ops;

[CompositeOp("fft", In = "torch.fft", Out = true)]
internal static partial class FftForward
{
    /// <summary>The discrete Fourier transform along one dimension, cut or filled with zeros to <paramref name="n"/> numbers.</summary>
    static Tensor Compose(Tensor input, long? n = null, long dim = -1, string? norm = null) => OneDimension.Complex(input, n, dim, norm, forward: true, "fft");

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("fft", @out);
}

[CompositeOp("ifft", In = "torch.fft", Out = true)]
internal static partial class FftInverse
{
    /// <summary>The inverse discrete Fourier transform along one dimension, cut or filled with zeros to <paramref name="n"/> numbers.</summary>
    static Tensor Compose(Tensor input, long? n = null, long dim = -1, string? norm = null) => OneDimension.Complex(input, n, dim, norm, forward: false, "ifft");

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("ifft", @out);
}

[CompositeOp("rfft", In = "torch.fft", Out = true)]
internal static partial class RealFft
{
    /// <summary>The first half, n/2 + 1 numbers, of the transform of real numbers along one dimension; the other half mirrors it.</summary>
    static Tensor Compose(Tensor input, long? n = null, long dim = -1, string? norm = null) =>
        OneDimension.FromReal("rfft", input, n, dim, norm, forward: true, onesided: true);

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("rfft", @out);
}

[CompositeOp("irfft", In = "torch.fft", Out = true)]
internal static partial class InverseRealFft
{
    /// <summary>The <paramref name="n"/> real numbers that have the given half spectrum along one dimension; the inverse of rfft.</summary>
    static Tensor Compose(Tensor input, long? n = null, long dim = -1, string? norm = null) => OneDimension.ToReal(input, n, dim, norm, forward: false);

    static void CheckOut(Tensor @out) => Fourier.RequireFloatOut("irfft", @out);
}

[CompositeOp("hfft", In = "torch.fft", Out = true)]
internal static partial class HermitianFft
{
    /// <summary>The real spectrum of <paramref name="n"/> numbers of a Hermitian signal along one dimension, which is given by half.</summary>
    static Tensor Compose(Tensor input, long? n = null, long dim = -1, string? norm = null) => OneDimension.ToReal(input, n, dim, norm, forward: true);

    static void CheckOut(Tensor @out) => Fourier.RequireFloatOut("hfft", @out);
}

[CompositeOp("ihfft", In = "torch.fft", Out = true)]
internal static partial class InverseHermitianFft
{
    /// <summary>The first half of the Hermitian signal that has the given real spectrum along one dimension; the inverse of hfft.</summary>
    static Tensor Compose(Tensor input, long? n = null, long dim = -1, string? norm = null) =>
        OneDimension.FromReal("ihfft", input, n, dim, norm, forward: false, onesided: true);

    static void CheckOut(Tensor @out) => Fourier.RequireComplexOut("ihfft", @out);
}

/// <summary>Transforms along one dimension.</summary>
internal static class OneDimension
{
    internal static Tensor Complex(Tensor input, long? n, long dim, string? norm, bool forward, string op)
    {
        if (!input.DType.is_complex) return FromReal(op, input, n, dim, norm, forward, onesided: false);
        int d = Fourier.Dim(input, dim);
        long length = n ?? input.Sizes[d];
        Fourier.RequirePoints(length);
        return FftC2C.Call(Fourier.Resized(input, [d], [length]), [d], Fourier.Norm(norm, forward), forward);
    }

    internal static Tensor FromReal(string op, Tensor input, long? n, long dim, string? norm, bool forward, bool onesided)
    {
        Fourier.RequireReal(op, "real input", input);
        input = Fourier.Promoted(input, complex: false);
        int d = Fourier.Dim(input, dim);
        long length = n ?? input.Sizes[d];
        Fourier.RequirePoints(length);
        return FftR2C.Call(Fourier.Resized(input, [d], [length]), [d], Fourier.Norm(norm, forward), onesided, conjugate: !forward);
    }

    internal static Tensor ToReal(Tensor input, long? n, long dim, string? norm, bool forward)
    {
        input = Fourier.Promoted(input, complex: true);
        int d = Fourier.Dim(input, dim);
        long length = n ?? 2 * (input.Sizes[d] - 1);
        Fourier.RequirePoints(length);
        return FftC2R.Call(Fourier.Resized(input, [d], [length / 2 + 1]), [d], Fourier.Norm(norm, forward), length, conjugate: forward);
    }
}
