using Facula.Kernels;

namespace Facula.Ops;

[CompositeOp("fftfreq", In = "torch.fft", Out = true)]
internal static partial class FftFreq
{
    /// <summary>The frequencies of a transform of <paramref name="n"/> samples <paramref name="d"/> apart, the positive ones first.</summary>
    static Tensor Compose(long n, double d = 1.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Arange.CheckRange(0, n, 1);
        double step = 1.0 / (n * d);
        return Make("fftfreq", n, (n + 1) / 2, -(n / 2), step, dtype, device, requires_grad);
    }

    /// <summary>Multiples of the step: 0, 1 … up to a count, then from a negative number on.</summary>
    internal static Tensor Make(string op, long count, long positive, long lowest, double step, ScalarType? dtype, Device? device, bool requires_grad)
    {
        ScalarType type = dtype ?? Defaults.DType;
        Check.That(type.IsDifferentiable, $"{op} requires a floating point or complex dtype");
        Check.That(!type.is_complex, $"\"arange_cpu\" not implemented for '{type.LegacyName}'");
        Tensor exact = Tensor.Allocate([count], ScalarType.Float64), result = Factories.Empty([count], type, device, false);
        Span<double> values = exact.Span<double>();
        for (int i = 0; i < values.Length; i++) values[i] = (i < positive ? i : lowest + i - positive) * step;
        result.CopyRaw(exact);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }
}

[CompositeOp("rfftfreq", In = "torch.fft", Out = true)]
internal static partial class RealFftFreq
{
    /// <summary>The frequencies of the half spectrum that rfft gives for <paramref name="n"/> samples <paramref name="d"/> apart.</summary>
    static Tensor Compose(long n, double d = 1.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Arange.CheckRange(0, n / 2 + 1, 1);
        return FftFreq.Make("rfftfreq", n / 2 + 1, n / 2 + 1, 0, 1.0 / (n * d), dtype, device, requires_grad);
    }
}
