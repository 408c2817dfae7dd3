using System.Globalization;

namespace Facula;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary><c>torch.optim.lr_scheduler</c>.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>The base of the schedulers, which set the learning rates of an optimizer's groups epoch by epoch.</summary>
            public abstract class LRScheduler
            {
                private const string EpochDeprecation =
                    "The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where possible. Please use `scheduler.step()` to step the "
                    + "scheduler. During the deprecation, if epoch is different from None, the closed form is used instead of the new chainable form, where available. "
                    + "Please open an issue if you are unable to replicate your use case: https://github.com/pytorch/pytorch/issues/new/choose.";

                private double[] _baseRates = [], _lastRates = [];
                private long _lastEpoch, _stepCount;
                private bool _verbose, _within;

                /// <summary>A scheduler of your own calls <see cref="Begin"/> at the end of its constructor.</summary>
                protected LRScheduler(Optimizer optimizer, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    this.optimizer = optimizer;
                    _verbose = verbose;
                }

                /// <summary>The optimizer whose learning rates are set.</summary>
                public Optimizer optimizer { get; }

                /// <summary>The learning rates that the schedule starts from.</summary>
                public IReadOnlyList<double> base_lrs => _baseRates;

                /// <summary>The number of the last epoch.</summary>
                public long last_epoch
                {
                    get => _lastEpoch;
                    set => _lastEpoch = value;
                }

                private protected double[] BaseRates
                {
                    get => _baseRates;
                    set => _baseRates = value;
                }

                private protected long CountedSteps => _stepCount;

                private protected bool Verbose => _verbose;

                /// <summary>Notes the initial learning rates, and sets those of the first epoch.</summary>
                protected void Begin(long last_epoch = -1)
                {
                    for (int i = 0; i < optimizer.param_groups.Count; i++)
                    {
                        ParamGroup group = optimizer.param_groups[i];
                        if (last_epoch == -1) group.setdefault("initial_lr", group["lr"]);
                        else if (!group.ContainsKey("initial_lr"))
                            throw new KeyNotFoundException($"param 'initial_lr' is not specified in param_groups[{i}] when resuming an optimizer");
                    }
                    _baseRates = Rates("initial_lr");
                    _lastEpoch = last_epoch;
                    InitialStep();
                }

                internal void InitialStep()
                {
                    optimizer.StepCount = 0;
                    _stepCount = 0;
                    step();
                }

                /// <summary>The values of a number option of all groups.</summary>
                private protected double[] Rates(string option = "lr")
                {
                    var rates = new double[optimizer.param_groups.Count];
                    for (int i = 0; i < rates.Length; i++) rates[i] = optimizer.param_groups[i][option];
                    return rates;
                }

                /// <summary>Every group's present rate, times a factor.</summary>
                private protected double[] Scaled(double factor) => Array.ConvertAll(Rates(), rate => rate * factor);

                /// <summary>The learning rates of the present epoch, from those before it.</summary>
                public abstract double[] get_lr();

                /// <summary>The learning rates of the present epoch by formula, for those schedules that have one.</summary>
                private protected virtual double[]? ClosedForm() => null;

                /// <summary>The learning rates that were set last.</summary>
                public virtual double[] get_last_lr() => _lastRates;

                private protected void WarnOutsideStep()
                {
                    if (!_within) warnings.warn("To get the last learning rate computed by the scheduler, please use `get_last_lr()`.");
                }

                /// <summary>Goes to the next epoch.</summary>
                public virtual void step() => Advance(null);

                /// <summary>Goes to the epoch given.</summary>
                public virtual void step(double epoch)
                {
                    WarnEpoch();
                    Advance(epoch);
                }

                private protected static void WarnEpoch() => warnings.warn(EpochDeprecation);

                private void Advance(double? epoch)
                {
                    if (_stepCount == 1 && optimizer.StepCount < 1)
                        warnings.warn("Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and later, you should call them in the opposite order: "
                            + "`optimizer.step()` before `lr_scheduler.step()`.  Failure to do this will result in PyTorch skipping the first value of the learning rate schedule. "
                            + "See more details at https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate");
                    _stepCount++;
                    _within = true;
                    double[] rates;
                    try
                    {
                        if (epoch is { } given) _lastEpoch = (long)given;
                        else _lastEpoch++;
                        rates = epoch is null ? get_lr() : ClosedForm() ?? get_lr();
                    }
                    finally
                    {
                        _within = false;
                    }
                    SetRates(rates, epoch);
                }

                /// <summary>Sets the groups' learning rates within a step of a schedule with counting of its own.</summary>
                private protected void SetRates(Func<double[]> compute, double? epoch)
                {
                    _within = true;
                    try
                    {
                        SetRates(compute(), epoch);
                    }
                    finally
                    {
                        _within = false;
                    }
                }

                private void SetRates(double[] rates, double? epoch)
                {
                    for (int i = 0; i < optimizer.param_groups.Count && i < rates.Length; i++)
                    {
                        optimizer.param_groups[i]["lr"] = rates[i];
                        print_lr(_verbose, i, rates[i], epoch);
                    }
                    NoteRates();
                }

                private protected void NoteRates() => _lastRates = Rates();

                private protected void NoteRates(double[] rates) => _lastRates = rates;

                /// <summary>Says which learning rate a group got.</summary>
                public void print_lr(bool is_verbose, int group, double lr, double? epoch = null)
                {
                    if (!is_verbose) return;
                    string start = epoch is { } e ? $"Epoch {((long)e).ToString("00000", CultureInfo.InvariantCulture)}: adjusting" : "Adjusting";
                    Console.WriteLine($"{start} learning rate of group {group} to {Exponential(lr)}.");
                }

                private protected static string Exponential(double value) => value.ToString("0.0000e+00", CultureInfo.InvariantCulture);

                /// <summary>The schedule's numbers by PyTorch's names.</summary>
                public OrderedDict<string, object?> state_dict()
                {
                    var transfer = new StateTransfer();
                    Transfer(transfer);
                    return transfer.Entries;
                }

                /// <summary>Takes over the numbers that <see cref="state_dict"/> gave, also as <c>torch.load</c> gives them.</summary>
                public virtual void load_state_dict(object state_dict) => Transfer(new StateTransfer(Mappings.Entries(state_dict, "state_dict")));

                /// <summary>Names the fields that are saved.</summary>
                private protected virtual void Transfer(StateTransfer state)
                {
                    state.Field("base_lrs", ref _baseRates);
                    state.Field("last_epoch", ref _lastEpoch);
                    state.Field("verbose", ref _verbose);
                    state.Field("_step_count", ref _stepCount);
                    state.Field("_get_lr_called_within_step", ref _within);
                    TransferLastRates(state);
                }

                private protected void TransferLastRates(StateTransfer state) => state.Field("_last_lr", ref _lastRates);

                private protected void TransferLastEpoch(StateTransfer state) => state.Field("last_epoch", ref _lastEpoch);

                private protected void TransferVerbose(StateTransfer state) => state.Field("verbose", ref _verbose);
            }
        }
    }
}
