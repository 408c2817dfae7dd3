namespace Facula.Modules;

/// <summary>Several schedules at once: each step is a step of all of them.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class ChainedScheduler : torch.optim.lr_scheduler.LRScheduler
{
    private readonly torch.optim.lr_scheduler.LRScheduler[] _schedulers;

    /// <summary>Several schedules of one optimizer at once: each step is a step of all of them.</summary>
    public ChainedScheduler(IEnumerable<torch.optim.lr_scheduler.LRScheduler> schedulers) : base(schedulers.First().optimizer)
    {
        _schedulers = [.. schedulers];
        for (int i = 1; i < _schedulers.Length; i++)
            if (!ReferenceEquals(_schedulers[i].optimizer, optimizer))
                throw new ArgumentException($"ChainedScheduler expects all schedulers to belong to the same optimizer, but got schedulers at index 0 and {i} to be different");
        NoteRates();
    }

    public override double[] get_lr() => Rates();

    /// <summary>A step of each schedule.</summary>
    public override void step()
    {
        foreach (torch.optim.lr_scheduler.LRScheduler scheduler in _schedulers) scheduler.step();
        NoteRates();
    }

    private protected override void Transfer(StateTransfer state)
    {
        TransferLastRates(state);
        state.Nested("_schedulers", _schedulers);
    }
}
