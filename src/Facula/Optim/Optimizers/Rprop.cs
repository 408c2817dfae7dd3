using System.Numerics;
using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Modules;

/// <summary>Resilient backpropagation: step sizes per element, from the signs of successive gradients.</summary>
[Factory("torch.optim")]
public sealed partial class Rprop : FusedOptimizer
{
    /// <summary>Resilient backpropagation: step sizes per element, from the signs of successive gradients.</summary>
    private Rprop(ParamGroupList @params, Scalar? lr = null, (Scalar, Scalar)? etas = null, (Scalar, Scalar)? step_sizes = null, bool? @foreach = null, bool maximize = false)
        : base(@params, ("lr", Checked(lr ?? 1e-2, etas ?? (0.5, 1.2))), ("etas", etas ?? (0.5, 1.2)), ("step_sizes", step_sizes ?? (1e-6, 50)),
            ("foreach", GroupOption.From(@foreach)), ("maximize", maximize)) { }

    /// <summary>Resilient backpropagation: step sizes per element, from the signs of successive gradients.</summary>
    [OverloadResolutionPriority(-2)]
    private Rprop(ParamGroupList parameters, double lr = 1e-2, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6, double max_step = 50)
        : this(@params: parameters, lr: lr, etas: (etaminus, etaplus), step_sizes: (min_step, max_step)) { }

    private static Scalar Checked(Scalar lr, (Scalar First, Scalar Second) etas)
    {
        RequireNotNegative("learning rate", lr);
        if (!(etas.First.ToDouble() is > 0 and < 1 && etas.Second.ToDouble() > 1)) throw new ArgumentException($"Invalid eta values: {etas.First}, {etas.Second}");
        return lr;
    }

    private sealed class Options
    {
        public readonly double Shrink, Grow, Smallest, Largest;
        public readonly bool Maximize;

        public Options(ParamGroup group)
        {
            (Shrink, Grow) = group["etas"].ToPair();
            (Smallest, Largest) = group["step_sizes"].ToPair();
            Maximize = (bool)group["maximize"];
        }
    }

    private sealed class State(Tensor parameter, double rate) : ParameterState
    {
        public Tensor Previous = ZerosLike(parameter), Size = FilledLike(parameter, parameter.DType.is_complex ? new Complex(rate, rate) : rate);

        internal override void Export(OrderedDict<string, object?> entries)
        {
            entries["step"] = Step;
            entries["prev"] = Previous;
            entries["step_size"] = Size;
        }

        internal override void Import(string name, object? value)
        {
            switch (name)
            {
                case "step": Step = (long)Number(value); break;
                case "prev": Previous = (Tensor)value!; break;
                case "step_size": Size = (Tensor)value!; break;
            }
        }
    }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new State(parameter, group["lr"]);

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (Options)(group.Reading ??= new Options(group));
        var batch = new FusedUpdate<RpropUpdate<T>, T>();
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.DenseGradient<T>(parameter, "Rprop does not support sparse gradients") is not { } gradient) continue;
            State state = StateOf<State>(group, i);
            state.Step++;
            batch.Add(new RpropUpdate<T>(options.Shrink, options.Grow, options.Smallest, options.Largest, options.Maximize), parameter, gradient, state.Previous, state.Size);
        }
        batch.Flush();
    }
}
