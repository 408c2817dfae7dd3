using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Modules;

/// <summary>RAdam: Adam with a rectified variance in the first steps.</summary>
[Factory("torch.optim")]
public sealed partial class RAdam : FusedOptimizer
{
    /// <summary>RAdam: Adam with a rectified variance in the first steps.</summary>
    private RAdam(ParamGroupList @params, Scalar? lr = null, (Scalar, Scalar)? betas = null, Scalar? eps = null, Scalar weight_decay = default, bool? @foreach = null)
        : base(@params, ("lr", CheckedRate(lr ?? 1e-3, betas ?? (0.9, 0.999), eps ?? 1e-8, weight_decay)), ("betas", betas ?? (0.9, 0.999)), ("eps", eps ?? 1e-8),
            ("weight_decay", weight_decay), ("foreach", GroupOption.From(@foreach))) { }

    /// <summary>RAdam: Adam with a rectified variance in the first steps.</summary>
    [OverloadResolutionPriority(-2)]
    private RAdam(ParamGroupList parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
        : this(@params: parameters, lr: lr, betas: (beta1, beta2), eps: eps, weight_decay: weight_decay) { }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new AdamState(parameter, amsgrad: false);

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (AdamOptions)(group.Reading ??= new AdamOptions(group));
        var batch = new FusedUpdate<RAdamUpdate<T>, T>();
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.DenseGradient<T>(parameter, "RAdam does not support sparse gradients") is not { } gradient) continue;
            AdamState state = StateOf<AdamState>(group, i);
            batch.Add(new RAdamUpdate<T>(options.Rate, options.Beta1, options.Beta2, options.Epsilon, options.Decay, options.Maximize, ++state.Step),
                parameter, gradient, state.Mean, state.Square);
        }
        batch.Flush();
    }
}
