namespace Facula.Modules;

/// <summary>Multiplies the learning rates by <c>factor</c> until epoch <c>total_iters</c>.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class ConstantLR : torch.optim.lr_scheduler.LRScheduler
{
    private double _factor;
    private long _totalIterations;

    /// <summary>Multiplies the learning rates by <c>factor</c> until epoch <c>total_iters</c>.</summary>
    public ConstantLR(torch.optim.Optimizer optimizer, double factor = 1.0 / 3, long total_iters = 5, long last_epoch = -1, bool verbose = false) : base(optimizer, verbose)
    {
        if (factor is > 1 or < 0) throw new ArgumentException("Constant multiplicative factor expected to be between 0 and 1.");
        _factor = factor;
        _totalIterations = total_iters;
        Begin(last_epoch);
    }

    public override double[] get_lr()
    {
        WarnOutsideStep();
        if (last_epoch == 0) return Scaled(_factor);
        return last_epoch == _totalIterations ? Scaled(1.0 / _factor) : Rates();
    }

    private protected override double[]? ClosedForm() => Array.ConvertAll(BaseRates, rate => rate * (last_epoch >= _totalIterations ? 1 : _factor));

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("factor", ref _factor);
        state.Field("total_iters", ref _totalIterations);
        base.Transfer(state);
    }
}
