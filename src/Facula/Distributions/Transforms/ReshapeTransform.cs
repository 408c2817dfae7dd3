using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>Another shape of the rightmost dimensions.</summary>
[Factory("torch.distributions.transforms")]
[Factory("torch.distributions")]
public sealed class ReshapeTransform : transforms.Transform
{
    public ReshapeTransform(Size in_shape, Size out_shape, int cache_size = 0) : base(cache_size)
    {
        if (in_shape.numel() != out_shape.numel()) throw new ArgumentException("in_shape, out_shape have different numbers of elements");
        this.in_shape = in_shape;
        this.out_shape = out_shape;
    }

    /// <summary>The shape of one input.</summary>
    public Size in_shape { get; }

    /// <summary>The shape of one output.</summary>
    public Size out_shape { get; }

    public override constraints.Constraint domain => constraints.independent(constraints.real, in_shape.Length);
    public override constraints.Constraint codomain => constraints.independent(constraints.real, out_shape.Length);
    public override bool bijective => true;
    protected override Tensor _call(Tensor x) => x.reshape(x.shape[..^in_shape.Length].Concat(out_shape.AsSpan()));
    protected override Tensor _inverse(Tensor y) => y.reshape(y.shape[..^out_shape.Length].Concat(in_shape.AsSpan()));
    public override Tensor log_abs_det_jacobian(Tensor x, Tensor y) => x.new_zeros(x.shape[..^in_shape.Length]);
    public override Size forward_shape(Size shape) => Exchanged(shape, in_shape, out_shape);
    public override Size inverse_shape(Size shape) => Exchanged(shape, out_shape, in_shape);

    private static Size Exchanged(in Size shape, in Size from, in Size to)
    {
        if (shape.Length < from.Length) throw new ArgumentException("Too few dimensions on input");
        int cut = shape.Length - from.Length;
        if (shape[cut..] != from) throw new ArgumentException($"Shape mismatch: expected {shape[cut..]} but got {from}");
        return shape[..cut].Concat(to.AsSpan());
    }
}
