using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Modules;

/// <summary>RMSprop: steps divided by the root of a moving average of squared gradients.</summary>
[Factory("torch.optim")]
[Factory("torch.optim", Name = "RMSProp")]
public sealed partial class RMSprop : FusedOptimizer
{
    /// <summary>RMSprop: steps divided by the root of a moving average of squared gradients.</summary>
    private RMSprop(ParamGroupList @params, Scalar? lr = null, Scalar? alpha = null, Scalar? eps = null, Scalar weight_decay = default, Scalar momentum = default,
        bool centered = false, bool? @foreach = null, bool maximize = false, bool differentiable = false)
        : base(@params, ("lr", Checked(lr ?? 1e-2, alpha ?? 0.99, eps ?? 1e-8, weight_decay, momentum)), ("momentum", momentum), ("alpha", alpha ?? 0.99),
            ("eps", eps ?? 1e-8), ("centered", centered), ("weight_decay", weight_decay), ("foreach", GroupOption.From(@foreach)), ("maximize", maximize),
            ("differentiable", differentiable)) { }

    /// <summary>RMSprop: steps divided by the root of a moving average of squared gradients.</summary>
    [OverloadResolutionPriority(-2)]
    private RMSprop(ParamGroupList parameters, double lr = 1e-2, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false)
        : this(@params: parameters, lr: lr, alpha: alpha, eps: eps, weight_decay: weight_decay, momentum: momentum, centered: centered) { }

    private static Scalar Checked(Scalar lr, Scalar alpha, Scalar eps, Scalar decay, Scalar momentum)
    {
        RequireNotNegative("learning rate", lr);
        RequireNotNegative("epsilon value", eps);
        RequireNotNegative("momentum value", momentum);
        RequireNotNegative("weight_decay value", decay);
        RequireNotNegative("alpha value", alpha);
        return lr;
    }

    private sealed class Options(ParamGroup group)
    {
        public readonly double Rate = group["lr"], Momentum = group["momentum"], Alpha = group["alpha"], Epsilon = group["eps"], Decay = group["weight_decay"];
        public readonly bool Centered = (bool)group["centered"], Maximize = (bool)group["maximize"];
    }

    private sealed class State(Tensor parameter, bool momentum, bool centered) : ParameterState
    {
        public Tensor Square = ZerosLike(parameter);
        public Tensor? Buffer = momentum ? ZerosLike(parameter) : null, Mean = centered ? ZerosLike(parameter) : null;

        internal override void Export(OrderedDict<string, object?> entries)
        {
            entries["step"] = Step;
            entries["square_avg"] = Square;
            if (Buffer is not null) entries["momentum_buffer"] = Buffer;
            if (Mean is not null) entries["grad_avg"] = Mean;
        }

        internal override void Import(string name, object? value)
        {
            switch (name)
            {
                case "step": Step = (long)Number(value); break;
                case "square_avg": Square = (Tensor)value!; break;
                case "momentum_buffer": Buffer = value as Tensor; break;
                case "grad_avg": Mean = value as Tensor; break;
            }
        }
    }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new State(parameter, group["momentum"] > 0, (bool)group["centered"]);

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (Options)(group.Reading ??= new Options(group));
        var batch = new FusedUpdate<RmsPropUpdate<T>, T>();
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.DenseGradient<T>(parameter, "RMSprop does not support sparse gradients") is not { } gradient) continue;
            State state = StateOf<State>(group, i);
            state.Step++;
            // A schedule may turn momentum on after the first step.
            if (options.Momentum > 0) state.Buffer ??= ZerosLike(parameter);
            if (options.Centered) state.Mean ??= ZerosLike(parameter);
            batch.Add(new RmsPropUpdate<T>(options.Rate, options.Alpha, options.Epsilon, options.Decay, options.Momentum, options.Centered, options.Maximize),
                parameter, gradient, state.Square, options.Momentum > 0 ? state.Buffer : null, options.Centered ? state.Mean : null);
        }
        batch.Flush();
    }
}
