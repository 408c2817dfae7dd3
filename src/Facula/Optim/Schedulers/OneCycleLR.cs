namespace Facula.Modules;

/// <summary>Anneals the learning rates up to a maximum and down to almost nothing once, in a known number of steps, the momentum against them.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class OneCycleLR : torch.optim.lr_scheduler.LRScheduler
{
    private readonly record struct Phase(double End, string StartRate, string EndRate, string StartMomentum, string EndMomentum);

    private readonly Phase[] _phases;
    private long _totalSteps;
    private string _anneal;
    private bool _cycleMomentum, _useBeta;

    /// <summary>Anneals the learning rates up to <paramref name="max_lr"/> and down to almost nothing once, in a known number of steps, the momentum against them.</summary>
    public OneCycleLR(torch.optim.Optimizer optimizer, PerGroup max_lr, long? total_steps = null, long? epochs = null, long? steps_per_epoch = null, double pct_start = 0.3,
        string anneal_strategy = "cos", bool cycle_momentum = true, PerGroup? base_momentum = null, PerGroup? max_momentum = null, double div_factor = 25,
        double final_div_factor = 1e4, bool three_phase = false, long last_epoch = -1, bool verbose = false) : base(optimizer, verbose)
    {
        _totalSteps = Total(total_steps, epochs, steps_per_epoch);
        double up = pct_start * _totalSteps - 1, end = _totalSteps - 1;
        _phases = three_phase
            ?
            [
                new(up, "initial_lr", "max_lr", "max_momentum", "base_momentum"), new(2 * pct_start * _totalSteps - 2, "max_lr", "initial_lr", "base_momentum", "max_momentum"),
                new(end, "initial_lr", "min_lr", "max_momentum", "max_momentum"),
            ]
            : [new(up, "initial_lr", "max_lr", "max_momentum", "base_momentum"), new(end, "max_lr", "min_lr", "base_momentum", "max_momentum")];
        if (pct_start is < 0 or > 1) throw new ArgumentException($"Expected float between 0 and 1 pct_start, but got {(Scalar)pct_start}");
        if (anneal_strategy is not ("cos" or "linear")) throw new ArgumentException($"anneal_strategy must by one of 'cos' or 'linear', instead got {anneal_strategy}");
        _anneal = anneal_strategy;

        double[] maxima = max_lr.Expand(optimizer, "max_lr");
        for (int i = 0; i < maxima.Length && last_epoch == -1; i++)
        {
            ParamGroup group = optimizer.param_groups[i];
            group["initial_lr"] = maxima[i] / div_factor;
            group["max_lr"] = maxima[i];
            group["min_lr"] = maxima[i] / div_factor / final_div_factor;
        }
        _cycleMomentum = cycle_momentum;
        if (cycle_momentum) StartMomenta(base_momentum ?? 0.85, max_momentum ?? 0.95, last_epoch);
        Begin(last_epoch);
    }

    private static long Total(long? steps, long? epochs, long? stepsPerEpoch)
    {
        if (steps is null && epochs is null && stepsPerEpoch is null) throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)");
        if (steps is { } total) return total > 0 ? total : throw new ArgumentException($"Expected positive integer total_steps, but got {total}");
        if (epochs is not > 0) throw new ArgumentException($"Expected positive integer epochs, but got {GroupOption.From(epochs)}");
        if (stepsPerEpoch is not > 0) throw new ArgumentException($"Expected positive integer steps_per_epoch, but got {GroupOption.From(stepsPerEpoch)}");
        return epochs.Value * stepsPerEpoch.Value;
    }

    private void StartMomenta(PerGroup smallest, PerGroup largest, long lastEpoch)
    {
        _useBeta = optimizer.defaults.ContainsKey("betas");
        if (!_useBeta && !optimizer.defaults.ContainsKey("momentum")) throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
        double[] maxima = largest.Expand(optimizer, "max_momentum"), bases = smallest.Expand(optimizer, "base_momentum");
        for (int i = 0; i < maxima.Length && lastEpoch == -1; i++)
        {
            ParamGroup group = optimizer.param_groups[i];
            SetMomentum(group, maxima[i]);
            group["max_momentum"] = maxima[i];
            group["base_momentum"] = bases[i];
        }
    }

    private void SetMomentum(ParamGroup group, double momentum)
    {
        if (_useBeta) group["betas"] = (momentum, group["betas"].ToPair().Second);
        else group["momentum"] = momentum;
    }

    private double Anneal(double start, double end, double part) => _anneal == "cos"
        ? end + (start - end) / 2 * (Math.Cos(Math.PI * part) + 1)
        : (end - start) * part + start;

    public override double[] get_lr()
    {
        WarnOutsideStep();
        if (last_epoch > _totalSteps) throw new ArgumentException($"Tried to step {last_epoch + 1} times. The specified number of total steps is {_totalSteps}");
        double start = 0;
        int phase = 0;
        while (phase < _phases.Length - 1 && last_epoch > _phases[phase].End) start = _phases[phase++].End;
        Phase p = _phases[phase];
        double part = (last_epoch - start) / (p.End - start);
        var rates = new double[optimizer.param_groups.Count];
        for (int i = 0; i < rates.Length; i++)
        {
            ParamGroup group = optimizer.param_groups[i];
            rates[i] = Anneal(group[p.StartRate], group[p.EndRate], part);
            if (_cycleMomentum) SetMomentum(group, Anneal(group[p.StartMomentum], group[p.EndMomentum], part));
        }
        return rates;
    }

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("total_steps", ref _totalSteps);
        state.Field("anneal_func", ref _anneal);
        state.Field("cycle_momentum", ref _cycleMomentum);
        if (_cycleMomentum) state.Field("use_beta1", ref _useBeta);
        base.Transfer(state);
    }
}
