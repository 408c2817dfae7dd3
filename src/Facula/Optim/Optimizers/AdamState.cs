namespace Facula.Modules;

/// <summary>The state of the Adam family: step, moving averages of gradient and square.</summary>
internal class AdamState(Tensor parameter, bool amsgrad) : ParameterState
{
    public Tensor Mean = FusedOptimizer.ZerosLike(parameter), Square = FusedOptimizer.ZerosLike(parameter);
    public Tensor? Largest = amsgrad ? FusedOptimizer.ZerosLike(parameter) : null;

    internal override void Export(OrderedDict<string, object?> entries)
    {
        entries["step"] = StepAsTensor();
        entries["exp_avg"] = Mean;
        entries["exp_avg_sq"] = Square;
        if (Largest is not null) entries["max_exp_avg_sq"] = Largest;
    }

    internal override void Import(string name, object? value)
    {
        switch (name)
        {
            case "step": Step = (long)Number(value); break;
            case "exp_avg": Mean = (Tensor)value!; break;
            case "exp_avg_sq": Square = (Tensor)value!; break;
            case "max_exp_avg_sq": Largest = value as Tensor; break;
        }
    }
}

/// <summary>The options that the Adam family shares, read once.</summary>
internal sealed class AdamOptions
{
    public readonly double Rate, Beta1, Beta2, Epsilon, Decay;
    public readonly bool Amsgrad, Maximize;

    public AdamOptions(ParamGroup group)
    {
        (Rate, Epsilon, Decay) = (group["lr"], group["eps"], group.ContainsKey("weight_decay") ? group["weight_decay"] : 0);
        (Beta1, Beta2) = group["betas"].ToPair();
        Amsgrad = group.ContainsKey("amsgrad") && (bool)group["amsgrad"];
        Maximize = group.ContainsKey("maximize") && (bool)group["maximize"];
    }
}
