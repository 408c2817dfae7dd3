using System.Diagnostics;

namespace Facula.Benchmarks;

/// <summary>Facula's side: times a workload in this process.</summary>
internal sealed class LocalPlayer(Action work)
{
    // Long enough that reading the clock does not count, short enough that an interruption spoils few samples.
    private const double SampleSeconds = 100e-6;

    private int _inner = 1;

    /// <summary>Runs for about that long and answers the fastest sample in milliseconds per call.</summary>
    public double Run(double seconds)
    {
        long end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        double best = double.MaxValue;
        while (best == double.MaxValue || Stopwatch.GetTimestamp() < end)
        {
            double sample = Sample();
            // A sample of few ticks of the clock says nothing: it only sets the number of calls.
            bool tooShort = _inner * sample < SampleSeconds / 2 && _inner < 100000;
            if (tooShort) _inner = Math.Max(_inner * 2, (int)Math.Min(SampleSeconds / sample, 100000));
            best = tooShort ? double.MaxValue : Math.Min(best, sample);
        }
        return best * 1e3;
    }

    private double Sample()
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _inner; i++) work();
        return Math.Max(Stopwatch.GetElapsedTime(start).TotalSeconds, 1e-9) / _inner;
    }
}
