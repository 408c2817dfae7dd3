using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Modules;

/// <summary>The base of PyTorch's own optimizers: hooks, closure, and one fused pass over all parameters of a group.</summary>
public abstract class FusedOptimizer : torch.optim.Optimizer
{
    private long _stepCount;

    private protected FusedOptimizer(ParamGroupList groups, params ReadOnlySpan<(string Name, GroupOption? Value)> defaults) : base(groups, defaults) { }

    private protected override bool KeepsTypedState => true;

    internal override long? StepCount
    {
        get => _stepCount;
        set => _stepCount = value ?? 0;
    }

    /// <summary>Updates the parameters of one group that are computed in T, float or double.</summary>
    private protected abstract void StepGroup<T>(ParamGroup group) where T : unmanaged, IFloatingPointIeee754<T>;

    [return: NotNullIfNotNull(nameof(closure))]
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        RunStepPreHooks();
        _stepCount++;
        Tensor? loss = null;
        if (closure is not null)
        {
            using GradModeScope _ = torch.enable_grad();
            loss = closure();
        }
        List<ParamGroup> groups = param_groups;
        for (int i = 0; i < groups.Count; i++)
        {
            // A type that no parameter has is not compiled either.
            (bool single, bool wide) = FusedUpdate.ArithmeticOf(groups[i].Items);
            if (single) StepGroup<float>(groups[i]);
            if (wide) StepGroup<double>(groups[i]);
        }
        RunStepPostHooks();
        return loss;
    }

    /// <summary>The typed state of a parameter, made at its first step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected TState StateOf<TState>(ParamGroup group, int index) where TState : ParameterState =>
        group.States[index] is { } state ? Unsafe.As<TState>(state) : Unsafe.As<TState>(group.States[index] = MakeState(group, group.Items[index]));

    /// <summary>State of a parameter's shape, dtype and, where it is dense, order of elements.</summary>
    internal static Tensor ZerosLike(Tensor parameter) => FilledLike(parameter, 0);

    internal static Tensor FilledLike(Tensor parameter, Scalar value)
    {
        Tensor state = parameter.IsDense
            ? Tensor.Allocate(parameter.SizesRef, parameter.StridesRef, parameter.DType, parameter.device)
            : Tensor.Allocate(parameter.SizesRef, parameter.DType, parameter.device);
        state.DetachFromDisposeScope();
        state.FillRaw(value);
        return state;
    }

    // The rules of arguments, in PyTorch's words.
    private protected static void Require([DoesNotReturnIf(false)] bool condition, string name, Scalar value)
    {
        if (!condition) throw new ArgumentException($"Invalid {name}: {value}");
    }

    private protected static void RequireBetas((Scalar First, Scalar Second) betas)
    {
        Require(betas.First.ToDouble() is >= 0 and < 1, "beta parameter at index 0", betas.First);
        Require(betas.Second.ToDouble() is >= 0 and < 1, "beta parameter at index 1", betas.Second);
    }

    /// <summary>The learning rate, once it and the other arguments that Adam and its kin share are within their bounds.</summary>
    private protected static Scalar CheckedRate(Scalar rate, (Scalar, Scalar) betas, Scalar epsilon, Scalar decay)
    {
        RequireNotNegative("learning rate", rate);
        RequireNotNegative("epsilon value", epsilon);
        RequireBetas(betas);
        RequireNotNegative("weight_decay value", decay);
        return rate;
    }

    private protected static void RequireNotNegative(string name, Scalar value) => Require(value.ToDouble() >= 0, name, value);
}
