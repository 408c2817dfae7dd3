namespace Facula.Modules;

/// <summary>Lets the learning rates, and the momentum against them, go up and down between two bounds.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class CyclicLR : torch.optim.lr_scheduler.LRScheduler
{
    private readonly Func<double, double>? _custom;
    private double[] _maxRates, _baseMomenta = [], _maxMomenta = [];
    private double _total, _ratio, _gamma;
    private string _mode, _scaleMode;
    private bool _cycleMomentum;

    /// <summary>Lets the learning rates, and the momentum against them, go up and down between two bounds.</summary>
    public CyclicLR(torch.optim.Optimizer optimizer, PerGroup base_lr, PerGroup max_lr, long step_size_up = 2000, long? step_size_down = null, string mode = "triangular",
        double gamma = 1.0, Func<double, double>? scale_fn = null, string scale_mode = "cycle", bool cycle_momentum = true, PerGroup? base_momentum = null,
        PerGroup? max_momentum = null, long last_epoch = -1, bool verbose = false) : base(optimizer, verbose)
    {
        double[] bases = base_lr.Expand(optimizer, "base_lr");
        if (last_epoch == -1)
            for (int i = 0; i < bases.Length; i++) optimizer.param_groups[i]["lr"] = bases[i];
        _maxRates = max_lr.Expand(optimizer, "max_lr");
        _total = step_size_up + (step_size_down ?? step_size_up);
        _ratio = step_size_up / _total;
        if (mode is not ("triangular" or "triangular2" or "exp_range") && scale_fn is null) throw new ArgumentException("mode is invalid and scale_fn is None");
        _mode = mode;
        _gamma = gamma;
        _custom = scale_fn;
        _scaleMode = scale_fn is not null ? scale_mode : mode == "exp_range" ? "iterations" : "cycle";
        _cycleMomentum = cycle_momentum;
        if (cycle_momentum)
        {
            if (!optimizer.defaults.ContainsKey("momentum")) throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
            double[] momenta = (base_momentum ?? 0.8).Expand(optimizer, "base_momentum");
            if (last_epoch == -1)
                for (int i = 0; i < momenta.Length; i++) optimizer.param_groups[i]["momentum"] = momenta[i];
            _baseMomenta = Rates("momentum");
            _maxMomenta = (max_momentum ?? 0.9).Expand(optimizer, "max_momentum");
        }
        Begin(last_epoch);
        BaseRates = bases;
    }

    /// <summary>The height of a cycle, or of an iteration.</summary>
    public double scale_fn(double x)
    {
        if (_custom is not null) return _custom(x);
        return _mode switch
        {
            "triangular" => 1,
            "triangular2" => 1 / Math.Pow(2, x - 1),
            _ => Math.Pow(_gamma, x),
        };
    }

    public override double[] get_lr()
    {
        WarnOutsideStep();
        double cycle = Math.Floor(1 + last_epoch / _total);
        double x = 1 + last_epoch / _total - cycle;
        double height = x <= _ratio ? x / _ratio : (x - 1) / (_ratio - 1);
        height *= scale_fn(_scaleMode == "cycle" ? cycle : last_epoch);
        var rates = new double[BaseRates.Length];
        for (int i = 0; i < rates.Length; i++) rates[i] = BaseRates[i] + (_maxRates[i] - BaseRates[i]) * height;
        if (_cycleMomentum)
            for (int i = 0; i < _maxMomenta.Length; i++) optimizer.param_groups[i]["momentum"] = _maxMomenta[i] - (_maxMomenta[i] - _baseMomenta[i]) * height;
        return rates;
    }

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("max_lrs", ref _maxRates);
        state.Field("total_size", ref _total);
        state.Field("step_ratio", ref _ratio);
        state.Field("mode", ref _mode);
        state.Field("gamma", ref _gamma);
        state.Field("scale_mode", ref _scaleMode);
        state.Field("cycle_momentum", ref _cycleMomentum);
        if (_cycleMomentum)
        {
            state.Field("base_momentums", ref _baseMomenta);
            state.Field("max_momentums", ref _maxMomenta);
        }
        base.Transfer(state);
    }
}
