namespace Facula.Modules;

/// <summary>Multiplies the learning rates by <c>gamma</c> at each milestone.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class MultiStepLR : torch.optim.lr_scheduler.LRScheduler
{
    private readonly SortedDictionary<long, long> _milestones = [];
    private double _gamma;

    /// <summary>Multiplies the learning rates by <paramref name="gamma"/> at each milestone; one named twice counts twice.</summary>
    public MultiStepLR(torch.optim.Optimizer optimizer, IEnumerable<long> milestones, double gamma = 0.1, long last_epoch = -1, bool verbose = false) : base(optimizer, verbose)
    {
        foreach (long milestone in milestones) _milestones[milestone] = _milestones.GetValueOrDefault(milestone) + 1;
        _gamma = gamma;
        Begin(last_epoch);
    }

    /// <summary>Multiplies the learning rates by <paramref name="gamma"/> at each milestone; one named twice counts twice.</summary>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]
    public MultiStepLR(torch.optim.Optimizer optimizer, IEnumerable<int> milestones, double gamma = 0.1, long last_epoch = -1, bool verbose = false)
        : this(optimizer, milestones.Select(m => (long)m), gamma, last_epoch, verbose) { }

    public override double[] get_lr()
    {
        WarnOutsideStep();
        return _milestones.TryGetValue(last_epoch, out long times) ? Scaled(Math.Pow(_gamma, times)) : Rates();
    }

    private protected override double[]? ClosedForm()
    {
        long passed = _milestones.Where(m => m.Key <= last_epoch).Sum(m => m.Value);
        return Array.ConvertAll(BaseRates, rate => rate * Math.Pow(_gamma, passed));
    }

    private protected override void Transfer(StateTransfer state)
    {
        if (!state.Loading)
        {
            // Python's Counter: how often each milestone was named.
            var counts = new OrderedDict<object, object?>();
            foreach ((long milestone, long times) in _milestones) counts[milestone] = times;
            state.Entries["milestones"] = counts;
        }
        else if (state.Entries.TryGetValue("milestones", out object? saved))
        {
            _milestones.Clear();
            foreach ((object key, object? times) in Mappings.Entries(saved, "milestones"))
                _milestones[(long)GroupOption.From(key)] = (long)GroupOption.From(times);
        }
        state.Field("gamma", ref _gamma);
        base.Transfer(state);
    }
}
