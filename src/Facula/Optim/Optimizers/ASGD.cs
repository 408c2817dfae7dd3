using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Modules;

/// <summary>Averaged stochastic gradient descent; the average is the state <c>ax</c>.</summary>
[Factory("torch.optim")]
public sealed partial class ASGD : FusedOptimizer
{
    /// <summary>Averaged stochastic gradient descent; the average is the state <c>ax</c>.</summary>
    private ASGD(ParamGroupList @params, Scalar? lr = null, Scalar? lambd = null, Scalar? alpha = null, Scalar? t0 = null, Scalar weight_decay = default,
        bool? @foreach = null, bool maximize = false)
        : base(@params, ("lr", Checked(lr ?? 1e-2, weight_decay)), ("lambd", lambd ?? 1e-4), ("alpha", alpha ?? 0.75), ("t0", t0 ?? 1e6),
            ("weight_decay", weight_decay), ("foreach", GroupOption.From(@foreach)), ("maximize", maximize)) { }

    /// <summary>Averaged stochastic gradient descent; the average is the state <c>ax</c>.</summary>
    [OverloadResolutionPriority(-2)]
    private ASGD(ParamGroupList parameters, double lr = 1e-2, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weight_decay = 0)
        : this(@params: parameters, lr: lr, lambd: lambd, alpha: alpha, t0: t0, weight_decay: weight_decay) { }

    private static Scalar Checked(Scalar lr, Scalar decay)
    {
        RequireNotNegative("learning rate", lr);
        RequireNotNegative("weight_decay value", decay);
        return lr;
    }

    private sealed class Options(ParamGroup group)
    {
        public readonly double Rate = group["lr"], Lambda = group["lambd"], Alpha = group["alpha"], Start = group["t0"], Decay = group["weight_decay"];
        public readonly bool Maximize = (bool)group["maximize"];
    }

    // PyTorch keeps both numbers in float32.
    private sealed class State(Tensor parameter, double rate) : ParameterState
    {
        public float Rate = (float)rate, Weight = 1;
        public Tensor Average = ZerosLike(parameter);

        internal override void Export(OrderedDict<string, object?> entries)
        {
            entries["step"] = StepAsTensor();
            entries["eta"] = Tensor.FromScalar(Rate, torch.float32);
            entries["mu"] = Tensor.FromScalar(Weight, torch.float32);
            entries["ax"] = Average;
        }

        internal override void Import(string name, object? value)
        {
            switch (name)
            {
                case "step": Step = (long)Number(value); break;
                case "eta": Rate = (float)Number(value); break;
                case "mu": Weight = (float)Number(value); break;
                case "ax": Average = (Tensor)value!; break;
            }
        }
    }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new State(parameter, group["lr"]);

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (Options)(group.Reading ??= new Options(group));
        var batch = new FusedUpdate<AsgdUpdate<T>, T>();
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.DenseGradient<T>(parameter, "ASGD does not support sparse gradients") is not { } gradient) continue;
            State state = StateOf<State>(group, i);
            long step = ++state.Step;
            batch.Add(new AsgdUpdate<T>(state.Rate, options.Lambda, state.Weight, options.Decay, options.Maximize), parameter, gradient, state.Average);
            state.Rate = (float)(options.Rate / Math.Pow(1 + options.Lambda * options.Rate * step, options.Alpha));
            state.Weight = (float)(1 / Math.Max(1, step - options.Start));
        }
        batch.Flush();
    }
}
