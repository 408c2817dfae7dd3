namespace Facula.Modules;

/// <summary>Lets the learning rates follow half a cosine from their start to <c>eta_min</c> in <c>T_max</c> epochs.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class CosineAnnealingLR : torch.optim.lr_scheduler.LRScheduler
{
    private long _period;
    private double _smallest;

    /// <summary>Lets the learning rates follow half a cosine from their start to <c>eta_min</c> in <c>T_max</c> epochs.</summary>
    public CosineAnnealingLR(torch.optim.Optimizer optimizer, long T_max, double eta_min = 0, long last_epoch = -1, bool verbose = false) : base(optimizer, verbose)
    {
        _period = T_max;
        _smallest = eta_min;
        Begin(last_epoch);
    }

    public override double[] get_lr()
    {
        WarnOutsideStep();
        if (last_epoch == 0) return Rates();
        if (CountedSteps == 1 && last_epoch > 0) return ClosedForm()!;
        double[] rates = Rates();
        bool restarts = (last_epoch - 1 - _period) % (2 * _period) == 0;
        for (int i = 0; i < rates.Length; i++)
        {
            rates[i] = restarts
                ? rates[i] + (BaseRates[i] - _smallest) * (1 - Math.Cos(Math.PI / _period)) / 2
                : (1 + Math.Cos(Math.PI * last_epoch / _period)) / (1 + Math.Cos(Math.PI * (last_epoch - 1) / _period)) * (rates[i] - _smallest) + _smallest;
        }
        return rates;
    }

    private protected override double[]? ClosedForm() => Array.ConvertAll(BaseRates, rate => _smallest + (rate - _smallest) * (1 + Math.Cos(Math.PI * last_epoch / _period)) / 2);

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("T_max", ref _period);
        state.Field("eta_min", ref _smallest);
        base.Transfer(state);
    }
}
