using Facula.Kernels;

namespace Facula.Modules;

/// <summary>Adam for sparse gradients: only the rows that appear in the gradient move, and only their averages.</summary>
[Factory("torch.optim")]
public sealed partial class SparseAdam : FusedOptimizer
{
    /// <summary>Adam for sparse gradients: only the rows that appear in the gradient move, and only their averages.</summary>
    private SparseAdam(ParamGroupList @params, Scalar? lr = null, (Scalar, Scalar)? betas = null, Scalar? eps = null, bool maximize = false)
        : base(@params, ("lr", Checked(@params, lr ?? 1e-3, betas ?? (0.9, 0.999), eps ?? 1e-8)), ("betas", betas ?? (0.9, 0.999)), ("eps", eps ?? 1e-8), ("maximize", maximize)) { }

    private static Scalar Checked(ParamGroupList groups, Scalar lr, (Scalar, Scalar) betas, Scalar eps)
    {
        Require(lr.ToDouble() > 0, "learning rate", lr);
        Require(eps.ToDouble() > 0, "epsilon value", eps);
        RequireBetas(betas);
        int[] sparse = [.. groups.Items.SelectMany(g => g.Items).Index().Where(p => p.Item.is_sparse).Select(p => p.Index)];
        if (sparse.Length > 0) throw new ArgumentException($"Sparse params at indices [{string.Join(", ", sparse)}]: SparseAdam requires dense parameter tensors");
        return lr;
    }

    private sealed class State(Tensor parameter) : AdamState(parameter, amsgrad: false)
    {
        // Here PyTorch counts with a plain number.
        internal override void Export(OrderedDict<string, object?> entries)
        {
            base.Export(entries);
            entries["step"] = Step;
        }
    }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new State(parameter);

    private protected override void StepGroup<T>(ParamGroup group)
    {
        var options = (AdamOptions)(group.Reading ??= new AdamOptions(group));
        for (int i = 0; i < group.Items.Length; i++)
        {
            Tensor parameter = group.Items[i];
            if (FusedUpdate.Gradient<T>(parameter) is not { } gradient) continue;
            if (gradient is not SparseTensor sparse) throw new TorchException("SparseAdam does not support dense gradients, please consider Adam instead");
            State state = StateOf<State>(group, i);
            var update = new AdamUpdate<T>(options.Rate, options.Beta1, options.Beta2, options.Epsilon, options.Maximize, ++state.Step);
            FusedUpdate<AdamUpdate<T>, T>.Rows(update, parameter, sparse, state.Mean, state.Square);
        }
    }
}
