using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>y = x^exponent for positive x.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class PowerTransform(Tensor exponent, int cache_size = 0) : transforms.Transform(cache_size)
{
    /// <summary>The exponent.</summary>
    public Tensor exponent { get; } = Parameters.Broadcast(exponent)[0];

    public override constraints.Constraint domain => constraints.positive;
    public override constraints.Constraint codomain => constraints.positive;
    public override bool bijective => true;
    public override Tensor sign => (exponent > 0).all() ? 1 : exponent.sign();
    protected override Tensor _call(Tensor x) => x.pow(exponent);
    protected override Tensor _inverse(Tensor y) => y.pow(1 / exponent);
    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y) => (exponent * y / x).abs().log();
    public override Size forward_shape(Size shape) => torch.broadcast_shapes(shape, exponent.shape);
    public override Size inverse_shape(Size shape) => torch.broadcast_shapes(shape, exponent.shape);
    public override bool Equals(object? obj) => obj is PowerTransform other && (bool)exponent.eq(other.exponent).all();
    public override int GetHashCode() => typeof(PowerTransform).GetHashCode();
}

/// <summary>y = loc + scale·x.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class AffineTransform : transforms.Transform
{
    private readonly int _eventDim;

    /// <param name="loc">What is added, a number or a tensor.</param>
    /// <param name="scale">The factor, a number or a tensor.</param>
    /// <param name="event_dim">How many dimensions make one value.</param>
    /// <param name="cache_size">How many pairs are remembered: 0 or 1.</param>
    public AffineTransform(Tensor loc, Tensor scale, int event_dim = 0, int cache_size = 0) : base(cache_size)
    {
        this.loc = loc;
        this.scale = scale;
        _eventDim = event_dim;
    }

    /// <summary>What is added.</summary>
    public Tensor loc { get; }

    /// <summary>The factor.</summary>
    public Tensor scale { get; }

    public override int event_dim => _eventDim;
    public override constraints.Constraint domain => _eventDim == 0 ? constraints.real : constraints.independent(constraints.real, _eventDim);
    public override constraints.Constraint codomain => domain;
    public override bool bijective => true;
    public override Tensor sign => scale.IsWrappedNumber ? Math.Sign(scale.item().ToDouble()) : scale.sign();
    protected override Tensor _call(Tensor x) => loc + scale * x;
    protected override Tensor _inverse(Tensor y) => (y - loc) / scale;

    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y)
    {
        Tensor result = scale.IsWrappedNumber ? torch.full_like(x, Math.Log(Math.Abs(scale.item().ToDouble()))) : scale.abs().log();
        if (_eventDim == 0) return result.expand(x.shape);
        return result.reshape(result.shape[..^_eventDim].Concat([-1])).sum(-1).expand(x.shape[..^_eventDim]);
    }

    public override Size forward_shape(Size shape) => torch.broadcast_shapes(shape, loc.shape, scale.shape);
    public override Size inverse_shape(Size shape) => torch.broadcast_shapes(shape, loc.shape, scale.shape);

    public override bool Equals(object? obj) => obj is AffineTransform other && (bool)loc.eq(other.loc).all() && (bool)scale.eq(other.scale).all();
    public override int GetHashCode() => typeof(AffineTransform).GetHashCode();
}
