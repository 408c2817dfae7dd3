namespace Facula.Modules;

/// <summary>Lets the learning rates fall to 0 in <c>total_iters</c> epochs as a power of what is left.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class PolynomialLR : torch.optim.lr_scheduler.LRScheduler
{
    private long _totalIterations;
    private double _power;

    /// <summary>Lets the learning rates fall to 0 in <c>total_iters</c> epochs as a power of what is left.</summary>
    public PolynomialLR(torch.optim.Optimizer optimizer, long total_iters = 5, double power = 1.0, long last_epoch = -1, bool verbose = false) : base(optimizer, verbose)
    {
        _totalIterations = total_iters;
        _power = power;
        Begin(last_epoch);
    }

    public override double[] get_lr()
    {
        WarnOutsideStep();
        if (last_epoch == 0 || last_epoch > _totalIterations) return Rates();
        return Scaled(Math.Pow((1.0 - (double)last_epoch / _totalIterations) / (1.0 - (double)(last_epoch - 1) / _totalIterations), _power));
    }

    private protected override double[]? ClosedForm() => Array.ConvertAll(BaseRates, rate => rate * Math.Pow(1.0 - (double)Math.Min(_totalIterations, last_epoch) / _totalIterations, _power));

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("total_iters", ref _totalIterations);
        state.Field("power", ref _power);
        base.Transfer(state);
    }
}
