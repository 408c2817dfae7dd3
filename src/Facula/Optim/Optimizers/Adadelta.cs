using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Modules;

/// <summary>Adadelta: step sizes from the ratio of past updates to past gradients.</summary>
[Factory("torch.optim")]
public sealed partial class Adadelta : FusedOptimizer
{
    /// <summary>Adadelta: step sizes from the ratio of past updates to past gradients.</summary>
    private Adadelta(ParamGroupList @params, Scalar? lr = null, Scalar? rho = null, Scalar? eps = null, Scalar weight_decay = default, bool? @foreach = null, bool maximize = false)
        : base(@params, ("lr", Checked(lr ?? 1.0, rho ?? 0.9, eps ?? 1e-6, weight_decay)), ("rho", rho ?? 0.9), ("eps", eps ?? 1e-6),
            ("weight_decay", weight_decay), ("maximize", maximize), ("foreach", GroupOption.From(@foreach))) { }

    /// <summary>Adadelta: step sizes from the ratio of past updates to past gradients.</summary>
    [OverloadResolutionPriority(-2)]
    private Adadelta(ParamGroupList parameters, double lr = 1, double rho = 0.9, double eps = 1e-6, double weight_decay = 0)
        : this(@params: parameters, lr: lr, rho: rho, eps: eps, weight_decay: weight_decay) { }

    private static Scalar Checked(Scalar lr, Scalar rho, Scalar eps, Scalar decay)
    {
        RequireNotNegative("learning rate", lr);
        Require(rho.ToDouble() is >= 0 and <= 1, "rho value", rho);
        RequireNotNegative("epsilon value", eps);
        RequireNotNegative("weight_decay value", decay);
        return lr;
    }

    private sealed class Options(ParamGroup group)
    {
        public readonly double Rate = group["lr"], Rho = group["rho"], Epsilon = group["eps"], Decay = group["weight_decay"];
        public readonly bool Maximize = (bool)group["maximize"];
    }

    private sealed class State(Tensor parameter) : ParameterState
    {
        public Tensor Square = ZerosLike(parameter), Delta = ZerosLike(parameter);

        internal override void Export(OrderedDict<string, object?> entries)
        {
            entries["step"] = Step;
            entries["square_avg"] = Square;
            entries["acc_delta"] = Delta;
        }

        internal override void Import(string name, object? value)
        {
            switch (name)
            {
                case "step": Step = (long)Number(value); break;
                case "square_avg": Square = (Tensor)value!; break;
                case "acc_delta": Delta = (Tensor)value!; break;
            }
        }
    }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new State(parameter);

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (Options)(group.Reading ??= new Options(group));
        var batch = new FusedUpdate<AdadeltaUpdate<T>, T>();
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.DenseGradient<T>(parameter, "Adadelta does not support sparse gradients") is not { } gradient) continue;
            State state = StateOf<State>(group, i);
            state.Step++;
            batch.Add(new AdadeltaUpdate<T>(options.Rate, options.Rho, options.Epsilon, options.Decay, options.Maximize), parameter, gradient, state.Square, state.Delta);
        }
        batch.Flush();
    }
}
