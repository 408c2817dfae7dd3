namespace Facula.Modules;

/// <summary>Anneals the learning rates to a constant, as stochastic weight averaging wants it.</summary>
[Factory("torch.optim.swa_utils")]
public sealed class SWALR : torch.optim.lr_scheduler.LRScheduler
{
    private readonly bool _cosine;
    private long _epochs;

    /// <summary>Anneals the learning rates to <paramref name="swa_lr"/> in <paramref name="anneal_epochs"/> epochs, by <c>cos</c> or <c>linear</c>.</summary>
    public SWALR(torch.optim.Optimizer optimizer, PerGroup swa_lr, long anneal_epochs = 10, string anneal_strategy = "cos", long last_epoch = -1) : base(optimizer)
    {
        double[] rates = swa_lr.Expand(optimizer, (groups, count) =>
            $"swa_lr must have the same length as optimizer.param_groups: swa_lr has {count}, optimizer.param_groups has {groups}");
        for (int i = 0; i < rates.Length; i++) optimizer.param_groups[i]["swa_lr"] = rates[i];
        if (anneal_strategy is not ("cos" or "linear")) throw new ArgumentException($"anneal_strategy must by one of 'cos' or 'linear', instead got {anneal_strategy}");
        if (anneal_epochs < 0) throw new ArgumentException($"anneal_epochs must be equal or greater than 0, got {anneal_epochs}");
        _cosine = anneal_strategy == "cos";
        _epochs = anneal_epochs;
        Begin(last_epoch);
    }

    private double Part(double step)
    {
        double t = Math.Clamp(step / Math.Max(1, _epochs), 0, 1);
        return _cosine ? (1 - Math.Cos(Math.PI * t)) / 2 : t;
    }

    public override double[] get_lr()
    {
        WarnOutsideStep();
        long step = CountedSteps - 1;
        if (_epochs == 0) step = Math.Max(1, step);
        double before = Part(step - 1), now = Part(step);
        double[] rates = Rates();
        for (int i = 0; i < rates.Length; i++)
        {
            double target = optimizer.param_groups[i]["swa_lr"];
            double start = before == 1 ? target : (rates[i] - before * target) / (1 - before);
            rates[i] = target * now + start * (1 - now);
        }
        return rates;
    }

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("anneal_epochs", ref _epochs);
        base.Transfer(state);
    }
}
