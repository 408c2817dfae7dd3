using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>y = exp(x).</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class ExpTransform(int cache_size = 0) : transforms.Transform(cache_size)
{
    public override constraints.Constraint domain => constraints.real;
    public override constraints.Constraint codomain => constraints.positive;
    public override bool bijective => true;
    public override Tensor sign => 1;
    protected override Tensor _call(Tensor x) => x.exp();
    protected override Tensor _inverse(Tensor y) => y.log();
    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y) => x;
    public override bool Equals(object? obj) => obj is ExpTransform;
    public override int GetHashCode() => typeof(ExpTransform).GetHashCode();
}

/// <summary>y = tanh(x).</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class TanhTransform(int cache_size = 0) : transforms.Transform(cache_size)
{
    private static readonly constraints.Constraint s_codomain = constraints.interval(-1.0, 1.0);

    public override constraints.Constraint domain => constraints.real;
    public override constraints.Constraint codomain => s_codomain;
    public override bool bijective => true;
    public override Tensor sign => 1;
    protected override Tensor _call(Tensor x) => x.tanh();
    protected override Tensor _inverse(Tensor y) => y.atanh();

    // ln(1 − tanh²) in a form that keeps its digits far from zero.
    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y) => 2.0 * (Math.Log(2) - x - nn.functional.softplus(-2.0 * x));
    public override bool Equals(object? obj) => obj is TanhTransform;
    public override int GetHashCode() => typeof(TanhTransform).GetHashCode();
}

/// <summary>y = 1/(1 + exp(−x)), kept off 0 and 1.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class SigmoidTransform(int cache_size = 0) : transforms.Transform(cache_size)
{
    public override constraints.Constraint domain => constraints.real;
    public override constraints.Constraint codomain => constraints.unit_interval;
    public override bool bijective => true;
    public override Tensor sign => 1;
    protected override Tensor _call(Tensor x) => Clipped(x);

    protected override Tensor _inverse(Tensor y)
    {
        FloatInfo info = torch.finfo(y.DType);
        y = y.clamp(min: info.tiny, max: 1 - info.eps);
        return y.log() - (-y).log1p();
    }

    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y) => -nn.functional.softplus(-x) - nn.functional.softplus(x);
    public override bool Equals(object? obj) => obj is SigmoidTransform;
    public override int GetHashCode() => typeof(SigmoidTransform).GetHashCode();

    internal static Tensor Clipped(Tensor x)
    {
        FloatInfo info = torch.finfo(x.DType);
        return torch.sigmoid(x).clamp(min: info.tiny, max: 1 - info.eps);
    }
}

/// <summary>y = ln(1 + exp(x)).</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class SoftplusTransform(int cache_size = 0) : transforms.Transform(cache_size)
{
    public override constraints.Constraint domain => constraints.real;
    public override constraints.Constraint codomain => constraints.positive;
    public override bool bijective => true;
    public override Tensor sign => 1;
    protected override Tensor _call(Tensor x) => nn.functional.softplus(x);
    protected override Tensor _inverse(Tensor y) => (-y).expm1().neg().log() + y;
    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y) => -nn.functional.softplus(-x);
    public override bool Equals(object? obj) => obj is SoftplusTransform;
    public override int GetHashCode() => typeof(SoftplusTransform).GetHashCode();
}

/// <summary>y = |x|, whose inverse answers the nonnegative point.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class AbsTransform(int cache_size = 0) : transforms.Transform(cache_size)
{
    public override constraints.Constraint domain => constraints.real;
    public override constraints.Constraint codomain => constraints.positive;
    protected override Tensor _call(Tensor x) => x.abs();
    protected override Tensor _inverse(Tensor y) => y;
    public override bool Equals(object? obj) => obj is AbsTransform;
    public override int GetHashCode() => typeof(AbsTransform).GetHashCode();
}
