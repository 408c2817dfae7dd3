namespace Facula.Ops;

[CompositeOp("isclose")]
internal static partial class IsClose
{
    /// <summary>Tests elementwise whether |input − other| ≤ <paramref name="atol"/> + <paramref name="rtol"/> · |other|.</summary>
    static Tensor Compose(Tensor input, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
    {
        Check.That(input.DType == other.DType, $"{input.DType.LegacyName} did not match {other.DType.LegacyName}");
        Check.That(rtol >= 0, $"rtol must be greater than or equal to zero, but got {rtol}");
        Check.That(atol >= 0, $"atol must be greater than or equal to zero, but got {atol}");
        Tensor close = Eq.Call(input, other);
        bool real = !input.DType.IsDifferentiable;
        if (equal_nan && !real) close = LogicalOr.Call(close, LogicalAnd.Call(IsNaN.Call(input), IsNaN.Call(other)));
        if (rtol == 0 && atol == 0) return close;
        if (real)
        {
            input = input.to(Defaults.DType);
            other = other.to(Defaults.DType);
        }
        using (torch.no_grad())
        {
            Tensor allowed = atol + (rtol * other).abs();
            Tensor error = (input - other).abs();
            return LogicalOr.Call(close, LogicalAnd.Call(IsFinite.Call(error), Le.Call(error, allowed)));
        }
    }
}
