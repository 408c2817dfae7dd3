namespace Facula.Ops;

[CompositeOp("gumbel_softmax", In = "torch.nn.functional", Method = false)]
internal static partial class GumbelSoftmax
{
    /// <summary>A sample of the Gumbel-softmax distribution; <paramref name="hard"/> gives one-hot vectors with the soft sample's gradient.</summary>
    static Tensor Compose(Tensor logits, double tau = 1, bool hard = false, double eps = 1e-10, long dim = -1)
    {
        Tensor gumbels = -TensorSpec.Like(logits).Allocate().exponential_().log();
        Tensor soft = SoftmaxOp.Call((logits + gumbels) / tau, dim);
        if (!hard) return soft;
        Tensor best = MaxDim.Call(soft.detach(), dim, keepdim: true).indices;
        Tensor chosen = ZerosLike.Call(soft.detach()).scatter(dim, best, 1.0);
        return chosen - soft.detach() + soft;
    }
}
