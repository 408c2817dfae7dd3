using Facula.Kernels;

namespace Facula.Modules;

/// <summary>The step that Adam and AdamW share; they part in where the weight decay goes.</summary>
public abstract class AdamOptimizer : FusedOptimizer
{
    private protected AdamOptimizer(ParamGroupList groups, params ReadOnlySpan<(string Name, GroupOption? Value)> defaults) : base(groups, defaults) { }

    /// <summary>Whether weight decay acts on the parameter itself rather than on the gradient.</summary>
    private protected abstract bool Decoupled { get; }

    /// <summary>What a sparse gradient is refused with.</summary>
    private protected abstract string DenseRule { get; }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new AdamState(parameter, (bool)group["amsgrad"]);

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (AdamOptions)(group.Reading ??= new AdamOptions(group));
        var batch = new FusedUpdate<AdamUpdate<T>, T>();
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.DenseGradient<T>(parameter, DenseRule) is not { } gradient) continue;
            AdamState state = StateOf<AdamState>(group, i);
            if (options.Amsgrad) state.Largest ??= ZerosLike(parameter);
            var update = new AdamUpdate<T>(options.Rate, options.Beta1, options.Beta2, options.Epsilon, options.Decay, Decoupled, options.Amsgrad, options.Maximize, ++state.Step);
            batch.Add(update, parameter, gradient, state.Mean, state.Square, options.Amsgrad ? state.Largest : null);
        }
        batch.Flush();
    }
}
