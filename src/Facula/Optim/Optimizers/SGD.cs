using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Modules;

/// <summary>Stochastic gradient descent, with momentum or Nesterov's momentum.</summary>
[Factory("torch.optim")]
public sealed partial class SGD : FusedOptimizer
{
    /// <summary>Stochastic gradient descent with learning rate <paramref name="lr"/>, with momentum or Nesterov's momentum.</summary>
    private SGD(ParamGroupList @params, Scalar? lr = null, Scalar momentum = default, Scalar dampening = default, Scalar weight_decay = default,
        bool nesterov = false, bool maximize = false, bool? @foreach = null, bool differentiable = false)
        : base(@params, ("lr", Checked(lr, momentum, dampening, weight_decay, nesterov)), ("momentum", momentum), ("dampening", dampening),
            ("weight_decay", weight_decay), ("nesterov", nesterov), ("maximize", maximize), ("foreach", GroupOption.From(@foreach)), ("differentiable", differentiable)) { }

    /// <summary>Stochastic gradient descent, with momentum or Nesterov's momentum.</summary>
    [OverloadResolutionPriority(-2)]
    private SGD(ParamGroupList parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this(@params: parameters, lr: learningRate, momentum: momentum, dampening: dampening, weight_decay: weight_decay, nesterov: nesterov, maximize: maximize) { }

    private static Scalar? Checked(Scalar? lr, Scalar momentum, Scalar dampening, Scalar decay, bool nesterov)
    {
        if (lr is { } rate) RequireNotNegative("learning rate", rate);
        RequireNotNegative("momentum value", momentum);
        RequireNotNegative("weight_decay value", decay);
        if (nesterov && (momentum.ToDouble() <= 0 || dampening.ToDouble() != 0))
            throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
        return lr;
    }

    private sealed class Options(ParamGroup group)
    {
        public readonly double Rate = group["lr"], Momentum = group["momentum"], Dampening = group["dampening"], Decay = group["weight_decay"];
        public readonly bool Nesterov = (bool)group["nesterov"], Maximize = (bool)group["maximize"];
    }

    private sealed class State : ParameterState
    {
        public Tensor? Buffer;

        internal override void Export(OrderedDict<string, object?> entries) => entries["momentum_buffer"] = Buffer;

        internal override void Import(string name, object? value)
        {
            if (name == "momentum_buffer") Buffer = value as Tensor;
        }
    }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new State();

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (Options)(group.Reading ??= new Options(group));
        var batch = new FusedUpdate<SgdUpdate<T>, T>();
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.Gradient<T>(parameter) is not { } gradient) continue;
            State state = StateOf<State>(group, i);
            if (gradient is SparseTensor sparse)
            {
                if (options.Momentum == 0 && options.Decay == 0)
                {
                    FusedUpdate<SgdUpdate<T>, T>.Rows(new SgdUpdate<T>(options.Rate, 0, 0, 0, false, options.Maximize, false), parameter, sparse);
                    continue;
                }
                // Momentum and decay reach every row.
                gradient = sparse.ToDense();
            }
            bool first = options.Momentum != 0 && state.Buffer is null;
            if (first) state.Buffer = ZerosLike(parameter);
            batch.Add(new SgdUpdate<T>(options.Rate, options.Momentum, options.Dampening, options.Decay, options.Nesterov, options.Maximize, first),
                parameter, gradient, options.Momentum != 0 ? state.Buffer : null);
        }
        batch.Flush();
    }
}
