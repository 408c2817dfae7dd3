namespace Facula.Ops;

[CompositeOp("ndtr", In = "torch.special", Out = true)]
internal static partial class Ndtr
{
    /// <summary>Returns the normal distribution function of each element.</summary>
    static Tensor Compose(Tensor input) => (1 + (input / Math.Sqrt(2)).erf()) * 0.5;
}
