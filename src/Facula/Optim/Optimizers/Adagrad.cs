using System.Numerics;
using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Modules;

/// <summary>Adagrad: steps divided by the root of the sum of squared gradients.</summary>
[Factory("torch.optim")]
public sealed partial class Adagrad : FusedOptimizer
{
    // PyTorch asks no group for it.
    private readonly double _initial;

    /// <summary>Adagrad: steps divided by the root of the sum of squared gradients.</summary>
    private Adagrad(ParamGroupList @params, Scalar? lr = null, Scalar lr_decay = default, Scalar weight_decay = default, Scalar initial_accumulator_value = default,
        Scalar? eps = null, bool? @foreach = null, bool maximize = false)
        : base(@params, ("lr", Checked(lr ?? 1e-2, lr_decay, weight_decay, initial_accumulator_value, eps ?? 1e-10)), ("lr_decay", lr_decay), ("eps", eps ?? 1e-10),
            ("weight_decay", weight_decay), ("initial_accumulator_value", initial_accumulator_value), ("foreach", GroupOption.From(@foreach)), ("maximize", maximize))
    {
        _initial = initial_accumulator_value.ToDouble();
        // PyTorch's Adagrad has its state from the start.
        foreach (ParamGroup group in param_groups)
            for (int i = 0; i < group.Items.Length; i++) StateOf<State>(group, i);
    }

    /// <summary>Adagrad: steps divided by the root of the sum of squared gradients.</summary>
    [OverloadResolutionPriority(-2)]
    private Adagrad(ParamGroupList parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
        : this(@params: parameters, lr: lr, lr_decay: lr_decay, weight_decay: weight_decay, initial_accumulator_value: initial_accumulator_value, eps: eps) { }

    private static Scalar Checked(Scalar lr, Scalar lrDecay, Scalar decay, Scalar initial, Scalar eps)
    {
        RequireNotNegative("learning rate", lr);
        RequireNotNegative("lr_decay value", lrDecay);
        RequireNotNegative("weight_decay value", decay);
        RequireNotNegative("initial_accumulator_value value", initial);
        RequireNotNegative("epsilon value", eps);
        return lr;
    }

    private sealed class Options(ParamGroup group)
    {
        public readonly double Rate = group["lr"], RateDecay = group["lr_decay"], Epsilon = group["eps"], Decay = group["weight_decay"];
        public readonly bool Maximize = (bool)group["maximize"];
    }

    private sealed class State(Tensor parameter, double initial) : ParameterState
    {
        public Tensor Sum = FilledLike(parameter, parameter.DType.is_complex ? new Complex(initial, initial) : initial);

        internal override void Export(OrderedDict<string, object?> entries)
        {
            entries["step"] = StepAsTensor();
            entries["sum"] = Sum;
        }

        internal override void Import(string name, object? value)
        {
            if (name == "step") Step = (long)Number(value);
            if (name == "sum") Sum = (Tensor)value!;
        }
    }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new State(parameter, _initial);

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (Options)(group.Reading ??= new Options(group));
        var batch = new FusedUpdate<AdagradUpdate<T>, T>();
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.Gradient<T>(parameter) is not { } gradient) continue;
            State state = StateOf<State>(group, i);
            var update = new AdagradUpdate<T>(options.Rate, options.RateDecay, options.Epsilon, options.Decay, options.Maximize, ++state.Step);
            if (gradient is SparseTensor sparse)
            {
                if (options.Decay != 0) throw new TorchException("weight_decay option is not compatible with sparse gradients");
                FusedUpdate<AdagradUpdate<T>, T>.Rows(update, parameter, sparse, state.Sum);
                continue;
            }
            batch.Add(update, parameter, gradient, state.Sum);
        }
        batch.Flush();
    }
}
