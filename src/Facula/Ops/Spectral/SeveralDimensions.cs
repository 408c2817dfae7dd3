namespace Facula.Ops;

/// <summary>Transforms over several dimensions.</summary>
internal static class SeveralDimensions
{
    internal static Tensor Complex(Tensor input, Dims s, Dims dim, string? norm, bool forward)
    {
        (Size dims, Size shape) = Fourier.Plan(input, s, dim);
        Tensor signal = Fourier.Resized(Fourier.Promoted(input, complex: true), dims, shape);
        return FftC2C.Call(signal, dims, Fourier.Norm(norm, forward), forward);
    }

    internal static Tensor RealForward(string op, Tensor input, Dims s, Dims dim, string? norm)
    {
        Fourier.RequireReal("rfftn", "real-valued input", input);
        return FromReal(op, input, s, dim, norm, forward: true);
    }

    internal static Tensor HermitianInverse(string op, Tensor input, Dims s, Dims dim, string? norm)
    {
        Fourier.RequireReal(op, "real input", input);
        return FromReal(op, input, s, dim, norm, forward: false);
    }

    private static Tensor FromReal(string op, Tensor input, Dims s, Dims dim, string? norm, bool forward)
    {
        (Size dims, Size shape) = Fourier.Plan(input, s, dim);
        Check.That(dims.Rank > 0, $"{op} must transform at least one axis");
        Tensor signal = Fourier.Resized(Fourier.Promoted(input, complex: false), dims, shape);
        return FftR2C.Call(signal, dims, Fourier.Norm(norm, forward), onesided: true, conjugate: !forward);
    }

    internal static Tensor ToReal(string op, Tensor input, Dims s, Dims dim, string? norm, bool forward)
    {
        (Size dims, Size shape, long length) = Fourier.HalfPlan(op, input, s, dim);
        Tensor spectrum = Fourier.Resized(Fourier.Promoted(input, complex: true), dims, shape);
        return FftC2R.Call(spectrum, dims, Fourier.Norm(norm, forward), length, conjugate: forward);
    }
}
