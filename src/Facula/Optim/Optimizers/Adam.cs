using System.Runtime.CompilerServices;

namespace Facula.Modules;

/// <summary>Adam: steps by the moving averages of gradient and squared gradient.</summary>
[Factory("torch.optim")]
public sealed partial class Adam : AdamOptimizer
{
    /// <summary>Adam: steps by the moving averages of gradient and squared gradient.</summary>
    private Adam(ParamGroupList @params, Scalar? lr = null, (Scalar, Scalar)? betas = null, Scalar? eps = null, Scalar weight_decay = default,
        bool amsgrad = false, bool? @foreach = null, bool maximize = false, bool capturable = false, bool differentiable = false, bool fused = false)
        : base(@params, ("lr", CheckedRate(lr ?? 1e-3, betas ?? (0.9, 0.999), eps ?? 1e-8, weight_decay)), ("betas", betas ?? (0.9, 0.999)), ("eps", eps ?? 1e-8),
            ("weight_decay", weight_decay), ("amsgrad", amsgrad), ("maximize", maximize), ("foreach", GroupOption.From(@foreach)),
            ("capturable", capturable), ("differentiable", differentiable), ("fused", fused))
    {
        if (fused && differentiable) throw new TorchException("`fused` cannot be `differentiable`");
        if (fused && param_groups.Any(g => g.Items.Any(p => !p.is_cuda || !p.is_floating_point())))
            throw new TorchException("FusedAdam requires all the params to be CUDA, floating point");
    }

    /// <summary>Adam: steps by the moving averages of gradient and squared gradient.</summary>
    [OverloadResolutionPriority(-2)]
    private Adam(ParamGroupList parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this(@params: parameters, lr: lr, betas: (beta1, beta2), eps: eps, weight_decay: weight_decay, amsgrad: amsgrad, maximize: maximize) { }

    private protected override bool Decoupled => false;

    private protected override string DenseRule => "Adam does not support sparse gradients, please consider SparseAdam instead";
}
