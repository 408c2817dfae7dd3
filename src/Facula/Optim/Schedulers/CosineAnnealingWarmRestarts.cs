namespace Facula.Modules;

/// <summary>Cosine annealing that starts again after <c>T_0</c> epochs, each time <c>T_mult</c> times as long.</summary>
[Factory("torch.optim.lr_scheduler")]
public sealed class CosineAnnealingWarmRestarts : torch.optim.lr_scheduler.LRScheduler
{
    private long _first, _multiple;
    private double _period, _position, _smallest;

    /// <summary>Cosine annealing that starts again after <paramref name="T_0"/> epochs, each time <paramref name="T_mult"/> times as long.</summary>
    public CosineAnnealingWarmRestarts(torch.optim.Optimizer optimizer, long T_0, long T_mult = 1, double eta_min = 0, long last_epoch = -1, bool verbose = false) : base(optimizer, verbose)
    {
        if (T_0 <= 0) throw new ArgumentException($"Expected positive integer T_0, but got {T_0}");
        if (T_mult < 1) throw new ArgumentException($"Expected integer T_mult >= 1, but got {T_mult}");
        _first = T_0;
        _period = T_0;
        _multiple = T_mult;
        _smallest = eta_min;
        _position = last_epoch;
        Begin(last_epoch);
    }

    public override double[] get_lr()
    {
        WarnOutsideStep();
        return Array.ConvertAll(BaseRates, rate => _smallest + (rate - _smallest) * (1 + Math.Cos(Math.PI * _position / _period)) / 2);
    }

    /// <summary>Goes to the next epoch.</summary>
    public override void step()
    {
        if (last_epoch < 0)
        {
            step(0);
            return;
        }
        _position++;
        if (_position >= _period)
        {
            _position -= _period;
            _period *= _multiple;
        }
        last_epoch++;
        SetRates(get_lr, last_epoch);
    }

    /// <summary>Goes to the epoch given, which may lie between two whole ones.</summary>
    public override void step(double epoch)
    {
        if (epoch < 0) throw new ArgumentException($"Expected non-negative epoch, but got {(Scalar)epoch}");
        if (epoch < _first)
        {
            _period = _first;
            _position = epoch;
        }
        else if (_multiple == 1)
        {
            _position = epoch % _first;
        }
        else
        {
            // The number of whole periods before the epoch, from the sum of a geometric series.
            double n = Math.Truncate(Math.Log(epoch / _first * (_multiple - 1) + 1) / Math.Log(_multiple));
            _position = epoch - _first * (Math.Pow(_multiple, n) - 1) / (_multiple - 1);
            _period = _first * Math.Pow(_multiple, n);
        }
        last_epoch = (long)Math.Floor(epoch);
        SetRates(get_lr, epoch);
    }

    private protected override void Transfer(StateTransfer state)
    {
        state.Field("T_0", ref _first);
        state.Field("T_i", ref _period);
        state.Field("T_mult", ref _multiple);
        state.Field("eta_min", ref _smallest);
        state.Field("T_cur", ref _position);
        base.Transfer(state);
    }
}
