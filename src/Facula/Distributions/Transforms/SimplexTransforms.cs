using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>Unconstrained vectors to probabilities by a softmax; not one to one, but well suited to optimisation.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class SoftmaxTransform(int cache_size = 0) : transforms.Transform(cache_size)
{
    public override constraints.Constraint domain => constraints.real_vector;
    public override constraints.Constraint codomain => constraints.simplex;

    protected override Tensor _call(Tensor x)
    {
        Tensor probs = (x - x.max(-1, true).values).exp();
        return probs / probs.sum(-1, true);
    }

    protected override Tensor _inverse(Tensor y) => y.log();
    public override Size forward_shape(Size shape) => shape.Length < 1 ? throw new ArgumentException("Too few dimensions on input") : shape;
    public override Size inverse_shape(Size shape) => forward_shape(shape);
    public override bool Equals(object? obj) => obj is SoftmaxTransform;
    public override int GetHashCode() => typeof(SoftmaxTransform).GetHashCode();
}

/// <summary>Unconstrained vectors to probabilities of one more class, by breaking a stick piece by piece; one to one.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class StickBreakingTransform(int cache_size = 0) : transforms.Transform(cache_size)
{
    public override constraints.Constraint domain => constraints.real_vector;
    public override constraints.Constraint codomain => constraints.simplex;
    public override bool bijective => true;

    protected override Tensor _call(Tensor x)
    {
        Tensor z = SigmoidTransform.Clipped(x - Offset(x, x.shape[^1]).log());
        Tensor left = (1 - z).cumprod(-1);
        return nn.functional.pad(z, [0, 1], value: 1) * nn.functional.pad(left, [1, 0], value: 1);
    }

    protected override Tensor _inverse(Tensor y)
    {
        Tensor cropped = y[Ellipsis, ..^1];
        Tensor left = (1 - cropped.cumsum(-1)).clamp(min: torch.finfo(y.DType).tiny);
        return cropped.log() - left.log() + Offset(y, cropped.shape[^1]).log();
    }

    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y)
    {
        x = x - Offset(x, x.shape[^1]).log();
        return (-x + nn.functional.logsigmoid(x) + y[Ellipsis, ..^1].log()).sum(-1);
    }

    public override Size forward_shape(Size shape) =>
        shape.Length < 1 ? throw new ArgumentException("Too few dimensions on input") : shape.With(shape.Length - 1, shape[^1] + 1);

    public override Size inverse_shape(Size shape) =>
        shape.Length < 1 ? throw new ArgumentException("Too few dimensions on input") : shape.With(shape.Length - 1, shape[^1] - 1);

    // n, n − 1, …, 1: with it a zero vector breaks the stick evenly.
    private static Tensor Offset(Tensor like, long n) => n + 1 - like.new_ones(new Size(n)).cumsum(-1);

    public override bool Equals(object? obj) => obj is StickBreakingTransform;
    public override int GetHashCode() => typeof(StickBreakingTransform).GetHashCode();
}
