using System.Runtime.CompilerServices;

namespace Facula.Modules;

/// <summary>AdamW: Adam with weight decay apart from the gradient.</summary>
[Factory("torch.optim")]
public sealed partial class AdamW : AdamOptimizer
{
    /// <summary>AdamW: Adam with weight decay apart from the gradient.</summary>
    private AdamW(ParamGroupList @params, Scalar? lr = null, (Scalar, Scalar)? betas = null, Scalar? eps = null, Scalar? weight_decay = null,
        bool amsgrad = false, bool maximize = false, bool? @foreach = null, bool capturable = false)
        : base(@params, ("lr", CheckedRate(lr ?? 1e-3, betas ?? (0.9, 0.999), eps ?? 1e-8, weight_decay ?? 1e-2)), ("betas", betas ?? (0.9, 0.999)), ("eps", eps ?? 1e-8),
            ("weight_decay", weight_decay ?? 1e-2), ("amsgrad", amsgrad), ("foreach", GroupOption.From(@foreach)), ("maximize", maximize), ("capturable", capturable)) { }

    /// <summary>AdamW: Adam with weight decay apart from the gradient.</summary>
    [OverloadResolutionPriority(-2)]
    private AdamW(ParamGroupList parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 1e-2, bool amsgrad = false, bool maximize = false)
        : this(@params: parameters, lr: lr, betas: (beta1, beta2), eps: eps, weight_decay: weight_decay, amsgrad: amsgrad, maximize: maximize) { }

    private protected override bool Decoupled => true;

    private protected override string DenseRule => "AdamW does not support sparse gradients";
}
