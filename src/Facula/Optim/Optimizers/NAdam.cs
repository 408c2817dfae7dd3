using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Modules;

/// <summary>NAdam: Adam with Nesterov's momentum.</summary>
[Factory("torch.optim")]
public sealed partial class NAdam : FusedOptimizer
{
    /// <summary>NAdam: Adam with Nesterov's momentum.</summary>
    private NAdam(ParamGroupList @params, Scalar? lr = null, (Scalar, Scalar)? betas = null, Scalar? eps = null, Scalar weight_decay = default, Scalar? momentum_decay = null, bool? @foreach = null)
        : base(@params, ("lr", Checked(lr ?? 2e-3, betas ?? (0.9, 0.999), eps ?? 1e-8, weight_decay, momentum_decay ?? 4e-3)), ("betas", betas ?? (0.9, 0.999)),
            ("eps", eps ?? 1e-8), ("weight_decay", weight_decay), ("momentum_decay", momentum_decay ?? 4e-3), ("foreach", GroupOption.From(@foreach))) { }

    /// <summary>NAdam: Adam with Nesterov's momentum.</summary>
    [OverloadResolutionPriority(-2)]
    private NAdam(ParamGroupList parameters, double lr = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, double momentum_decay = 4e-3)
        : this(@params: parameters, lr: lr, betas: (beta1, beta2), eps: eps, weight_decay: weight_decay, momentum_decay: momentum_decay) { }

    private static Scalar Checked(Scalar lr, (Scalar, Scalar) betas, Scalar eps, Scalar decay, Scalar momentumDecay)
    {
        RequireNotNegative("momentum_decay value", momentumDecay);
        return CheckedRate(lr, betas, eps, decay);
    }

    private sealed class Options(ParamGroup group)
    {
        public readonly AdamOptions Adam = new(group);
        public readonly double MomentumDecay = group["momentum_decay"];
    }

    private sealed class State(Tensor parameter) : AdamState(parameter, amsgrad: false)
    {
        public float Product = 1;       // of the momenta so far; PyTorch keeps it in float32

        internal override void Export(OrderedDict<string, object?> entries)
        {
            base.Export(entries);
            entries["mu_product"] = Tensor.FromScalar(Product, torch.float32);
        }

        internal override void Import(string name, object? value)
        {
            if (name == "mu_product") Product = (float)Number(value);
            else base.Import(name, value);
        }
    }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new State(parameter);

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (Options)(group.Reading ??= new Options(group));
        AdamOptions adam = options.Adam;
        var batch = new FusedUpdate<NAdamUpdate<T>, T>();
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.DenseGradient<T>(parameter, "NAdam does not support sparse gradients") is not { } gradient) continue;
            State state = StateOf<State>(group, i);
            long step = ++state.Step;
            double momentum = adam.Beta1 * (1 - 0.5 * Math.Pow(0.96, step * options.MomentumDecay));
            double next = adam.Beta1 * (1 - 0.5 * Math.Pow(0.96, (step + 1) * options.MomentumDecay));
            state.Product *= (float)momentum;
            float nextProduct = state.Product * (float)momentum * (float)next;
            double ofGradient = adam.Rate * (1 - momentum) / (1.0 - state.Product), ofMean = adam.Rate * next / (1.0 - nextProduct);
            batch.Add(new NAdamUpdate<T>(adam.Beta1, adam.Beta2, adam.Epsilon, adam.Decay, adam.Maximize, step, ofGradient, ofMean),
                parameter, gradient, state.Mean, state.Square);
        }
        batch.Flush();
    }
}
