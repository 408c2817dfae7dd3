namespace Facula.Modules;

/// <summary>Multiplies the learning rates by <c>gamma</c> every epoch.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class ExponentialLR : torch.optim.lr_scheduler.LRScheduler
{
    private double _gamma;

    /// <summary>Multiplies the learning rates by <c>gamma</c> every epoch.</summary>
    public ExponentialLR(torch.optim.Optimizer optimizer, double gamma, long last_epoch = -1, bool verbose = false) : base(optimizer, verbose)
    {
        _gamma = gamma;
        Begin(last_epoch);
    }

    public override double[] get_lr()
    {
        WarnOutsideStep();
        return last_epoch == 0 ? Rates() : Scaled(_gamma);
    }

    private protected override double[]? ClosedForm() => Array.ConvertAll(BaseRates, rate => rate * Math.Pow(_gamma, last_epoch));

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("gamma", ref _gamma);
        base.Transfer(state);
    }
}
