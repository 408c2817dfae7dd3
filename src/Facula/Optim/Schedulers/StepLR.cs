namespace Facula.Modules;

/// <summary>Multiplies the learning rates by <c>gamma</c> every <c>step_size</c> epochs.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class StepLR : torch.optim.lr_scheduler.LRScheduler
{
    private long _stepSize;
    private double _gamma;

    /// <summary>Multiplies the learning rates by <c>gamma</c> every <c>step_size</c> epochs.</summary>
    public StepLR(torch.optim.Optimizer optimizer, long step_size, double gamma = 0.1, long last_epoch = -1, bool verbose = false) : base(optimizer, verbose)
    {
        _stepSize = step_size;
        _gamma = gamma;
        Begin(last_epoch);
    }

    public override double[] get_lr()
    {
        WarnOutsideStep();
        return last_epoch == 0 || last_epoch % _stepSize != 0 ? Rates() : Scaled(_gamma);
    }

    private protected override double[]? ClosedForm() => Array.ConvertAll(BaseRates, rate => rate * Math.Pow(_gamma, Math.Floor((double)last_epoch / _stepSize)));

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("step_size", ref _stepSize);
        state.Field("gamma", ref _gamma);
        base.Transfer(state);
    }
}
