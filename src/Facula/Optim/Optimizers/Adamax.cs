using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Modules;

/// <summary>Adamax: Adam with the infinity norm.</summary>
[Factory("torch.optim")]
public sealed partial class Adamax : FusedOptimizer
{
    /// <summary>Adamax: Adam with the infinity norm.</summary>
    private Adamax(ParamGroupList @params, Scalar? lr = null, (Scalar, Scalar)? betas = null, Scalar? eps = null, Scalar weight_decay = default, bool? @foreach = null, bool maximize = false)
        : base(@params, ("lr", CheckedRate(lr ?? 2e-3, betas ?? (0.9, 0.999), eps ?? 1e-8, weight_decay)), ("betas", betas ?? (0.9, 0.999)), ("eps", eps ?? 1e-8),
            ("weight_decay", weight_decay), ("foreach", GroupOption.From(@foreach)), ("maximize", maximize)) { }

    /// <summary>Adamax: Adam with the infinity norm.</summary>
    [OverloadResolutionPriority(-2)]
    private Adamax(ParamGroupList parameters, double lr = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
        : this(@params: parameters, lr: lr, betas: (beta1, beta2), eps: eps, weight_decay: weight_decay) { }

    private sealed class State(Tensor parameter) : ParameterState
    {
        public Tensor Mean = ZerosLike(parameter), Largest = ZerosLike(parameter);

        internal override void Export(OrderedDict<string, object?> entries)
        {
            entries["step"] = StepAsTensor();
            entries["exp_avg"] = Mean;
            entries["exp_inf"] = Largest;
        }

        internal override void Import(string name, object? value)
        {
            switch (name)
            {
                case "step": Step = (long)Number(value); break;
                case "exp_avg": Mean = (Tensor)value!; break;
                case "exp_inf": Largest = (Tensor)value!; break;
            }
        }
    }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new State(parameter);

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (AdamOptions)(group.Reading ??= new AdamOptions(group));
        var batch = new FusedUpdate<AdamaxUpdate<T>, T>();
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.DenseGradient<T>(parameter, "Adamax does not support sparse gradients") is not { } gradient) continue;
            State state = StateOf<State>(group, i);
            batch.Add(new AdamaxUpdate<T>(options.Rate, options.Beta1, options.Beta2, options.Epsilon, options.Decay, options.Maximize, ++state.Step),
                parameter, gradient, state.Mean, state.Largest);
        }
        batch.Flush();
    }
}
