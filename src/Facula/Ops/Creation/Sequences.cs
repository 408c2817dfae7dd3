using System.Numerics;

namespace Facula.Ops;

[CompositeOp("arange", Method = false, Out = true)]
internal static partial class Arange
{
    /// <summary>The numbers from <paramref name="start"/> towards <paramref name="end"/>, which is not included, in steps of <paramref name="step"/>.</summary>
    static Tensor Compose(Scalar start, Scalar end, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        bool integral = start.IsIntegral && end.IsIntegral && step.IsIntegral;
        ScalarType type = dtype ?? (integral ? ScalarType.Int64 : Defaults.DType);
        Check.That((type.IsIntegral ? Math.Truncate(step.ToDouble()) : step.ToDouble()) != 0, $"step must be nonzero");
        CheckRange(start, end, step);
        long count;
        if (type == ScalarType.Int64 || (type.IsIntegral && integral))
        {
            long from = start.ToInt64(), by = step.ToInt64();
            count = (end.ToInt64() - from + by - Math.Sign(by)) / by;
        }
        else count = (long)Math.Ceiling((end.ToDouble() - start.ToDouble()) / step.ToDouble());
        if (type == ScalarType.Float32 || type == ScalarType.Float64)
        {
            Tensor result = Factories.Empty([count], type, device, false);
            if (type == ScalarType.Float32) Kernels.SequenceLoop.FillByBlocks(result.Span<float>(), start.ToDouble(), step.ToDouble());
            else Kernels.SequenceLoop.FillByBlocks(result.Span<double>(), start.ToDouble(), step.ToDouble());
            return requires_grad ? result.MadeToRequireGrad() : result;
        }
        return Sequence.Make(start, step, count, type, device, requires_grad);
    }

    internal static void CheckRange(Scalar start, Scalar end, Scalar step)
    {
        double from = start.ToDouble(), to = end.ToDouble(), by = step.ToDouble();
        Check.That(double.IsFinite(from) && double.IsFinite(to), $"unsupported range: {PythonText.Float(from)} -> {PythonText.Float(to)}");
        Check.That((by > 0 && to >= from) || (by < 0 && to <= from), $"upper bound and larger bound inconsistent with step sign");
    }
}

[CompositeOp("arange", Method = false, Out = true)]
internal static partial class ArangeStartEnd
{
    /// <summary>The numbers from <paramref name="start"/> up to <paramref name="end"/>, which is not included.</summary>
    static Tensor Compose(Scalar start, Scalar end, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Arange.Call(start, end, 1, dtype, device, requires_grad);
}

[CompositeOp("arange", Method = false, Out = true)]
internal static partial class ArangeEnd
{
    /// <summary>The numbers from 0 up to <paramref name="end"/>, which is not included.</summary>
    static Tensor Compose(Scalar end, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Arange.Call(0, end, 1, dtype, device, requires_grad);
}

[CompositeOp("range", Method = false, Out = true)]
internal static partial class RangeOp
{
    /// <summary>The numbers from <paramref name="start"/> to <paramref name="end"/>, which is included: deprecated in favour of arange.</summary>
    static Tensor Compose(Scalar start, Scalar end, Scalar? step = null, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        torch.warnings.warn("torch.range is deprecated and will be removed in a future release because its behavior is inconsistent with Python's range builtin. Instead, use torch.arange, which produces values in [start, end).");
        Scalar by = step ?? 1;
        Check.That((dtype is { IsIntegral: true } ? Math.Truncate(by.ToDouble()) : by.ToDouble()) != 0, $"step must be nonzero");
        Arange.CheckRange(start, end, by);
        long count = (long)Math.Floor((end.ToDouble() - start.ToDouble()) / by.ToDouble()) + 1;
        return Sequence.Make(start, by, count, dtype ?? Defaults.DType, device, requires_grad);
    }
}

[CompositeOp("linspace", Method = false, Out = true)]
internal static partial class Linspace
{
    /// <summary><paramref name="steps"/> evenly spaced numbers from <paramref name="start"/> to <paramref name="end"/>, both included.</summary>
    static Tensor Compose(Scalar start, Scalar end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Check.That(steps >= 0, $"number of steps must be non-negative");
        ScalarType type = Factories.FloatType(dtype, start, end);
        if (steps > 0) NumberRange.Require(start, type);
        if (steps > 0) NumberRange.Require(end, type);
        Tensor result = Factories.Empty([steps], type, device, false);
        if (type.is_complex) Sequence.Spread(result, start.ToComplex(), end.ToComplex());
        else if (steps > 1 && type == ScalarType.Float32) Kernels.SequenceLoop.SpreadByBlocks(result.Span<float>(), start.ToSingle(), end.ToSingle());
        else if (steps > 1 && type == ScalarType.Float64) Kernels.SequenceLoop.SpreadByBlocks(result.Span<double>(), start.ToDouble(), end.ToDouble());
        else if (type.is_floating_point) Sequence.Spread(result, start.ToDouble(), end.ToDouble());
        else Sequence.Spread(result, Sequence.Wrapped(start, type), Sequence.Wrapped(end, type));
        return requires_grad ? result.MadeToRequireGrad() : result;
    }
}

[CompositeOp("logspace", Method = false, Out = true)]
internal static partial class Logspace
{
    /// <summary><paramref name="steps"/> numbers from base^start to base^end, evenly spaced on a logarithmic scale.</summary>
    static Tensor Compose(Scalar start, Scalar end, long steps, double @base = 10.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Check.That(steps >= 0, $"number of steps must be non-negative");
        ScalarType type = Factories.FloatType(dtype, start, end);
        if (steps > 0) NumberRange.Require(start, type);
        if (steps > 0) NumberRange.Require(end, type);
        Tensor result = Factories.Empty([steps], type, device, false);
        if (type.is_complex)
        {
            Complex from = start.ToComplex(), to = end.ToComplex();
            for (long i = 0; i < steps; i++) result.SetElement(i, Complex.Pow(@base, from + (to - from) * Part(i, steps)));
        }
        else FillReal(result, start, end, @base);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    private static double Part(long i, long steps) => steps == 1 ? 0 : (double)i / (steps - 1);

    private static void FillReal(Tensor result, Scalar start, Scalar end, double @base)
    {
        ScalarType type = result.DType;
        bool integral = !type.is_floating_point, spread = integral && result.Numel > 1;
        double first = spread ? Sequence.Wrapped(start, type) : start.ToDouble(), last = spread ? Sequence.Wrapped(end, type) : end.ToDouble();
        Tensor powers = type == ScalarType.Float64 && result.device.IsCpu ? result : Tensor.Allocate(result.SizesRef, ScalarType.Float64);
        Span<double> numbers = powers.Span<double>()[..(int)powers.Numel];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = first + (last - first) * Part(i, numbers.Length);
        // The last bit of a double shows in whole numbers and doubles, not in shorter floats.
        if (integral || type == ScalarType.Float64)
            foreach (ref double number in numbers) number = Math.Pow(@base, number);
        else Elementwise.Float<Kernels.PowKernel>(Tensor.FromScalar(@base, ScalarType.Float64), powers, powers);
        if (!ReferenceEquals(powers, result)) result.CopyRaw(powers);
        GC.KeepAlive(powers);
    }
}

/// <summary>Fills sequences.</summary>
internal static class Sequence
{
    internal static Tensor Make(Scalar start, Scalar step, long count, ScalarType dtype, Device? device, bool requires_grad)
    {
        Tensor result = Factories.Empty([count], dtype, device, false);
        if (dtype.IsIntegral)
        {
            Tensor whole = dtype == ScalarType.Int64 ? result : Tensor.Allocate([count], ScalarType.Int64);
            Kernels.SequenceLoop.Fill(whole.Span<long>(), start.ToInt64(), step.ToInt64());
            if (!ReferenceEquals(whole, result)) result.CopyRaw(whole);
        }
        else
        {
            Tensor exact = dtype == ScalarType.Float64 ? result : Tensor.Allocate([count], ScalarType.Float64);
            Kernels.SequenceLoop.Fill(exact.Span<double>(), start.ToDouble(), step.ToDouble());
            if (!ReferenceEquals(exact, result)) result.CopyRaw(exact);
        }
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    // From both ends towards the middle, as PyTorch does: the ends are exact and the sequence is symmetric.
    internal static void Spread<T>(Tensor result, T start, T end) where T : struct, INumberBase<T>
    {
        long steps = result.Numel;
        if (steps == 1) result.SetElement(0, ToScalar(start));
        if (steps <= 1) return;
        if (typeof(T) == typeof(Complex))
        {
            Complex from = (Complex)(object)start, to = (Complex)(object)end, by = (to - from) / (steps - 1);
            for (long i = 0; i < steps; i++) result.SetElement(i, i < steps / 2 ? from + by * i : to - by * (steps - 1 - i));
            return;
        }
        double first = double.CreateChecked(start), last = double.CreateChecked(end), step = (last - first) / (steps - 1);
        long done = typeof(T) == typeof(long) ? SpreadBlocks(result, first, last, step) : 0;
        for (long i = done; i < steps; i++) result.SetElement(i, i < steps / 2 ? first + step * i : last - step * (steps - 1 - i));
    }

    // PyTorch fills integers a vector of 32 bytes at a time, whose first element is rounded before the steps are added.
    private static long SpreadBlocks(Tensor result, double first, double last, double step)
    {
        long steps = result.Numel, width = 32 / result.DType.itemsize, full = steps - steps % (2 * width);
        for (long i = 0; i < full; i += width)
        {
            long start = (long)(i < steps / 2 ? first + step * i : last - step * (steps - 1 - i));
            for (long j = 0; j < width; j++) result.SetElement(i + j, start + step * j);
        }
        return full;
    }

    /// <summary>A number in an integer dtype: it loses its fraction, and wraps round where the dtype has no sign.</summary>
    internal static long Wrapped(Scalar number, ScalarType dtype) => dtype == ScalarType.Byte ? (byte)number.ToInt64() : number.ToInt64();

    private static Scalar ToScalar<T>(T value) => value switch { long whole => whole, double real => real, object other => (Complex)other, _ => 0 };
}
