namespace Facula.Modules;

/// <summary>Sets the learning rates to their start times a function of the epoch.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class LambdaLR : torch.optim.lr_scheduler.LRScheduler
{
    private readonly Func<int, double>[] _functions;

    /// <summary>Sets the learning rates to their start times a function of the epoch.</summary>
    public LambdaLR(torch.optim.Optimizer optimizer, Func<int, double> lr_lambda, long last_epoch = -1, bool verbose = false)
        : this(optimizer, Enumerable.Repeat(lr_lambda, optimizer.param_groups.Count), last_epoch, verbose) { }

    /// <summary>Sets the learning rates to their start times a function of the epoch. There is one function for each group.</summary>
    public LambdaLR(torch.optim.Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambda, long last_epoch = -1, bool verbose = false) : base(optimizer, verbose)
    {
        _functions = [.. lr_lambda];
        if (_functions.Length != optimizer.param_groups.Count)
            throw new ArgumentException($"Expected {optimizer.param_groups.Count} lr_lambdas, but got {_functions.Length}");
        Begin(last_epoch);
    }

    public override double[] get_lr()
    {
        WarnOutsideStep();
        double[] rates = [.. BaseRates];
        for (int i = 0; i < rates.Length; i++) rates[i] *= _functions[i]((int)last_epoch);
        return rates;
    }

    private protected override void Transfer(StateTransfer state)
    {
        base.Transfer(state);
        // Functions are code, which is not saved.
        if (!state.Loading) state.Entries["lr_lambdas"] = new List<object?>(new object?[_functions.Length]);
    }
}
