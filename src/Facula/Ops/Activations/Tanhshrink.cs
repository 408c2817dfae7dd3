namespace Facula.Ops;

[CompositeOp("tanhshrink", In = "torch.nn.functional")]
internal static partial class Tanhshrink
{
    /// <summary>Returns x − tanh(x) of each element.</summary>
    static Tensor Compose(Tensor input) => input - input.tanh();
}
