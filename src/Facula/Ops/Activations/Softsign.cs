namespace Facula.Ops;

[CompositeOp("softsign", In = "torch.nn.functional")]
internal static partial class Softsign
{
    /// <summary>Returns x / (1 + |x|) of each element.</summary>
    static Tensor Compose(Tensor input) => input / (input.abs() + 1);
}
