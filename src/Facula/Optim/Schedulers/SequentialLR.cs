namespace Facula.Modules;

/// <summary>Several schedules one after another, changing at the milestones.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class SequentialLR : torch.optim.lr_scheduler.LRScheduler
{
    private readonly torch.optim.lr_scheduler.LRScheduler[] _schedulers;
    private long[] _milestones;

    /// <summary>Several schedules of one optimizer one after another, changing at the milestones.</summary>
    public SequentialLR(torch.optim.Optimizer optimizer, IEnumerable<torch.optim.lr_scheduler.LRScheduler> schedulers, IEnumerable<long> milestones, long last_epoch = -1, bool verbose = false)
        : base(optimizer, verbose)
    {
        _schedulers = [.. schedulers];
        _milestones = [.. milestones];
        for (int i = 0; i < _schedulers.Length; i++)
        {
            if (!ReferenceEquals(_schedulers[i].optimizer, optimizer))
                throw new ArgumentException("Sequential Schedulers expects all schedulers to belong to the same optimizer, but "
                    + $"got schedulers at index {i} to be different than the optimizer passed in.");
        }
        if (_milestones.Length != _schedulers.Length - 1)
            throw new ArgumentException("Sequential Schedulers expects number of schedulers provided to be one more than the number of milestone points, but got number of schedulers "
                + $"{_schedulers.Length} and the number of milestones to be equal to {_milestones.Length}");
        this.last_epoch = last_epoch + 1;
        foreach (ParamGroup group in optimizer.param_groups) group["lr"] = group["initial_lr"];
        // Each schedule made its first step when it was built; only that of the first one counts.
        foreach (torch.optim.lr_scheduler.LRScheduler scheduler in _schedulers) scheduler.last_epoch--;
        _schedulers[0].InitialStep();
        NoteRates(_schedulers[0].get_last_lr());
    }

    /// <summary>Several schedules of one optimizer one after another, changing at the milestones.</summary>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]
    public SequentialLR(torch.optim.Optimizer optimizer, IEnumerable<torch.optim.lr_scheduler.LRScheduler> schedulers, IEnumerable<int> milestones, long last_epoch = -1, bool verbose = false)
        : this(optimizer, schedulers, milestones.Select(m => (long)m), last_epoch, verbose) { }

    public override double[] get_lr() => Rates();

    /// <summary>A step of the schedule whose turn it is.</summary>
    public override void step()
    {
        last_epoch++;
        int index = 0;
        while (index < _milestones.Length && _milestones[index] <= last_epoch) index++;
        torch.optim.lr_scheduler.LRScheduler scheduler = _schedulers[index];
        if (index > 0 && _milestones[index - 1] == last_epoch) scheduler.step(0);
        else scheduler.step();
        NoteRates(scheduler.get_last_lr());
    }

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("_milestones", ref _milestones);
        TransferLastEpoch(state);
        TransferLastRates(state);
        state.Nested("_schedulers", _schedulers);
    }
}
