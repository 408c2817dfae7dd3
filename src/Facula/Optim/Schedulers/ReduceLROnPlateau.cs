using System.Globalization;

namespace Facula.Modules;

/// <summary>Reduces the learning rates when a metric has stopped improving.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class ReduceLROnPlateau : torch.optim.lr_scheduler.LRScheduler
{
    private double _factor, _threshold, _eps, _best, _worst;
    private double[] _smallest;
    private long _patience, _cooldown, _cooldownCounter, _badEpochs;
    private string _mode, _thresholdMode;

    /// <summary>Reduces the learning rates by <paramref name="factor"/> when a metric has not improved for <paramref name="patience"/> epochs.</summary>
    public ReduceLROnPlateau(torch.optim.Optimizer optimizer, string mode = "min", double factor = 0.1, long patience = 10, double threshold = 1e-4,
        string threshold_mode = "rel", long cooldown = 0, PerGroup min_lr = default, double eps = 1e-8, bool verbose = false) : base(optimizer, verbose)
    {
        if (factor >= 1) throw new ArgumentException("Factor should be < 1.0.");
        _factor = factor;
        _smallest = min_lr.Expand(optimizer, (groups, count) => $"expected {groups} min_lrs, got {count}");
        _patience = patience;
        _cooldown = cooldown;
        _threshold = threshold;
        _eps = eps;
        (_mode, _thresholdMode) = (mode, threshold_mode);
        CheckModes();
        _best = _worst;
        NoteRates();
    }

    private void CheckModes()
    {
        if (_mode is not ("min" or "max")) throw new ArgumentException($"mode {_mode} is unknown!");
        if (_thresholdMode is not ("rel" or "abs")) throw new ArgumentException($"threshold mode {_thresholdMode} is unknown!");
        _worst = _mode == "min" ? double.PositiveInfinity : double.NegativeInfinity;
    }

    /// <summary>Whether the schedule waits after a reduction.</summary>
    public bool in_cooldown => _cooldownCounter > 0;

    /// <summary>Whether one value of the metric is better than another by more than the threshold.</summary>
    public bool is_better(double a, double best) => (_mode, _thresholdMode) switch
    {
        ("min", "rel") => a < best * (1 - _threshold),
        ("min", _) => a < best - _threshold,
        (_, "rel") => a > best * (_threshold + 1),
        _ => a > best + _threshold,
    };

    public override double[] get_lr() => Rates();

    /// <summary>This schedule needs the metric.</summary>
    public override void step() => throw new ArgumentException("step() missing 1 required positional argument: 'metrics'");

    /// <summary>Notes the metric of an epoch, and reduces the learning rates if it has stopped improving.</summary>
    public override void step(double metrics) => Note(metrics, last_epoch + 1);

    /// <summary>Notes the metric of the epoch given.</summary>
    public void step(double metrics, long epoch)
    {
        WarnEpoch();
        Note(metrics, epoch);
    }

    /// <summary>Notes the metric of an epoch, and reduces the learning rates if it has stopped improving.</summary>
    public void step(Tensor metrics) => step(metrics.item().ToDouble());

    private void Note(double current, long epoch)
    {
        last_epoch = epoch;
        if (is_better(current, _best)) (_best, _badEpochs) = (current, 0);
        else _badEpochs++;
        if (in_cooldown)
        {
            _cooldownCounter--;
            _badEpochs = 0;
        }
        if (_badEpochs > _patience)
        {
            Reduce(epoch);
            _cooldownCounter = _cooldown;
            _badEpochs = 0;
        }
        NoteRates();
    }

    private void Reduce(long epoch)
    {
        for (int i = 0; i < optimizer.param_groups.Count; i++)
        {
            double old = optimizer.param_groups[i]["lr"];
            double reduced = Math.Max(old * _factor, _smallest[i]);
            if (old - reduced <= _eps) continue;
            optimizer.param_groups[i]["lr"] = reduced;
            if (Verbose)
                Console.WriteLine($"Epoch {epoch.ToString("00000", CultureInfo.InvariantCulture)}: reducing learning rate of group {i} to {Exponential(reduced)}.");
        }
    }

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("factor", ref _factor);
        state.Field("min_lrs", ref _smallest);
        state.Field("patience", ref _patience);
        TransferVerbose(state);
        state.Field("cooldown", ref _cooldown);
        state.Field("cooldown_counter", ref _cooldownCounter);
        state.Field("mode", ref _mode);
        state.Field("threshold", ref _threshold);
        state.Field("threshold_mode", ref _thresholdMode);
        state.Field("best", ref _best);
        state.Field("num_bad_epochs", ref _badEpochs);
        state.Field("mode_worse", ref _worst);
        state.Field("eps", ref _eps);
        TransferLastEpoch(state);
        TransferLastRates(state);
        if (state.Loading) CheckModes();
    }
}
