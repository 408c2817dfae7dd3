using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Modules;

/// <summary>AdamW: Adam with weight decay apart from the gradient.</summary>
[Factory("torch.optim")]
public sealed partial class AdamW : FusedOptimizer
{
    /// <summary>AdamW: Adam with weight decay apart from the gradient.</summary>
    private AdamW(ParamGroupList @params, Scalar? lr = null, (Scalar, Scalar)? betas = null, Scalar? eps = null, Scalar? weight_decay = null,
        bool amsgrad = false, bool maximize = false, bool? @foreach = null, bool capturable = false)
        : base(@params, ("lr", Checked(lr ?? 1e-3, betas ?? (0.9, 0.999), eps ?? 1e-8, weight_decay ?? 1e-2)), ("betas", betas ?? (0.9, 0.999)), ("eps", eps ?? 1e-8),
            ("weight_decay", weight_decay ?? 1e-2), ("amsgrad", amsgrad), ("foreach", GroupOption.From(@foreach)), ("maximize", maximize), ("capturable", capturable)) { }

    /// <summary>AdamW: Adam with weight decay apart from the gradient.</summary>
    [OverloadResolutionPriority(-2)]
    private AdamW(ParamGroupList parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 1e-2, bool amsgrad = false, bool maximize = false)
        : this(@params: parameters, lr: lr, betas: (beta1, beta2), eps: eps, weight_decay: weight_decay, amsgrad: amsgrad, maximize: maximize) { }

    private static Scalar Checked(Scalar lr, (Scalar, Scalar) betas, Scalar eps, Scalar decay)
    {
        RequireNotNegative("learning rate", lr);
        RequireNotNegative("epsilon value", eps);
        RequireBetas(betas);
        RequireNotNegative("weight_decay value", decay);
        return lr;
    }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new AdamState(parameter, (bool)group["amsgrad"]);

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (AdamOptions)(group.Reading ??= new AdamOptions(group));
        var batch = new FusedUpdate<AdamUpdate<T>, T>();
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.DenseGradient<T>(parameter, "AdamW does not support sparse gradients") is not { } gradient) continue;
            AdamState state = StateOf<AdamState>(group, i);
            if (options.Amsgrad) state.Largest ??= ZerosLike(parameter);
            var update = new AdamUpdate<T>(options.Rate, options.Beta1, options.Beta2, options.Epsilon, options.Decay, decoupled: true, options.Amsgrad, options.Maximize, ++state.Step);
            batch.Add(update, parameter, gradient, state.Mean, state.Square, options.Amsgrad ? state.Largest : null);
        }
        batch.Flush();
    }
}
