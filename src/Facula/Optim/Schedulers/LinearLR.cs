namespace Facula.Modules;

/// <summary>Multiplies the learning rates by a factor that goes linearly from <c>start_factor</c> to <c>end_factor</c> in <c>total_iters</c> epochs.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class LinearLR : torch.optim.lr_scheduler.LRScheduler
{
    private double _startFactor, _endFactor;
    private long _totalIterations;

    /// <summary>Multiplies the learning rates by a factor that goes linearly from <c>start_factor</c> to <c>end_factor</c> in <c>total_iters</c> epochs.</summary>
    public LinearLR(torch.optim.Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, long total_iters = 5, long last_epoch = -1, bool verbose = false) : base(optimizer, verbose)
    {
        if (start_factor is > 1 or < 0) throw new ArgumentException("Starting multiplicative factor expected to be between 0 and 1.");
        if (end_factor is > 1 or < 0) throw new ArgumentException("Ending multiplicative factor expected to be between 0 and 1.");
        _startFactor = start_factor;
        _endFactor = end_factor;
        _totalIterations = total_iters;
        Begin(last_epoch);
    }

    public override double[] get_lr()
    {
        WarnOutsideStep();
        if (last_epoch == 0) return Scaled(_startFactor);
        if (last_epoch > _totalIterations) return Rates();
        return Scaled(1 + (_endFactor - _startFactor) / (_totalIterations * _startFactor + (last_epoch - 1) * (_endFactor - _startFactor)));
    }

    private protected override double[]? ClosedForm() => Array.ConvertAll(BaseRates, rate => rate * (_startFactor + (_endFactor - _startFactor) * Math.Min(_totalIterations, last_epoch) / _totalIterations));

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("start_factor", ref _startFactor);
        state.Field("end_factor", ref _endFactor);
        state.Field("total_iters", ref _totalIterations);
        base.Transfer(state);
    }
}
