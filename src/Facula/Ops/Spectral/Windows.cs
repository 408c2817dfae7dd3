using Facula.Kernels;

namespace Facula.Ops;

[CompositeOp("hann_window", Method = false)]
internal static partial class HannWindow
{
    /// <summary>Hann's window, a raised cosine; periodic for use with a Fourier transform, else symmetric.</summary>
    static Tensor Compose(long window_length, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Windows.Make("hann_window", window_length, periodic, (w, length) => WindowLoop.Cosines(w, length, 0.5, 0.5, 0), dtype, device, requires_grad);
}

[CompositeOp("hamming_window", Method = false)]
internal static partial class HammingWindow
{
    /// <summary>Hamming's window, alpha − beta·cos; periodic for use with a Fourier transform, else symmetric.</summary>
    static Tensor Compose(long window_length, bool periodic = true, double alpha = 0.54, double beta = 0.46,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Windows.Make("hamming_window", window_length, periodic, (w, length) => WindowLoop.Cosines(w, length, alpha, beta, 0), dtype, device, requires_grad);
}

[CompositeOp("blackman_window", Method = false)]
internal static partial class BlackmanWindow
{
    /// <summary>Blackman's window of two cosines; periodic for use with a Fourier transform, else symmetric.</summary>
    static Tensor Compose(long window_length, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Windows.Make("blackman_window", window_length, periodic, (w, length) => WindowLoop.Cosines(w, length, 0.42, 0.5, 0.08), dtype, device, requires_grad);
}

[CompositeOp("bartlett_window", Method = false)]
internal static partial class BartlettWindow
{
    /// <summary>Bartlett's window, a triangle; periodic for use with a Fourier transform, else symmetric.</summary>
    static Tensor Compose(long window_length, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Windows.Make("bartlett_window", window_length, periodic, WindowLoop.Triangle, dtype, device, requires_grad);
}

[CompositeOp("kaiser_window", Method = false)]
internal static partial class KaiserWindow
{
    /// <summary>Kaiser's window of shape <paramref name="beta"/>; periodic for use with a Fourier transform, else symmetric.</summary>
    static Tensor Compose(long window_length, bool periodic = true, double beta = 12.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Windows.Make("kaiser_window", window_length, periodic, (w, length) => WindowLoop.Kaiser(w, length, beta), dtype, device, requires_grad);
}

/// <summary>What the window functions share.</summary>
internal static class Windows
{
    internal delegate void Fill(Span<double> destination, long length);

    internal static Tensor Make(string op, long window_length, bool periodic, Fill fill, ScalarType? dtype, Device? device, bool requires_grad)
    {
        ScalarType type = dtype ?? Defaults.DType;
        Check.That(type.IsDifferentiable, $"{op} expects floating point dtypes, got: {type}");
        Check.That(!type.is_complex, $"\"arange_cpu\" not implemented for '{type.LegacyName}'");
        Check.That(window_length >= 0, $"{op} requires non-negative window_length, got window_length={window_length}");
        Tensor result = Factories.Empty([window_length], type, device, false);
        if (window_length == 1) result.FillRaw(1);
        else if (window_length > 1)
        {
            Tensor exact = Tensor.Allocate([window_length], ScalarType.Float64);
            // A periodic window is a symmetric one of one point more, without its last.
            fill(exact.Span<double>(), periodic ? window_length + 1 : window_length);
            result.CopyRaw(exact);
        }
        return requires_grad ? result.MadeToRequireGrad() : result;
    }
}
