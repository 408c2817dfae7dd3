using Facula.Testing.Binding;
using Facula.Testing.Golden.Suites;

namespace Facula.Testing.Golden;

/// <summary>What came of a case.</summary>
public enum Outcome { Passed, Failed, Unsupported }

/// <summary>The outcome of a case, with the reason when it did not pass.</summary>
public sealed record CaseResult(Outcome Outcome, string Reason);

/// <summary>Replays cases on a thread of its own, with a time limit; whatever is thrown is a failure with its reason.</summary>
public sealed class Replay(TimeSpan limit) : IDisposable
{
    private const int StackBytes = 256 << 20;
    private Worker? _worker;

    private static readonly Dictionary<string, Func<GoldenCase, string?>> s_suites = new()
    {
        ["ops"] = OpsSuite.Check, ["repr"] = ReprSuite.Check, ["rng"] = RngSuite.Check, ["autograd"] = AutogradSuite.Check,
        ["optim"] = OptimSuite.Check, ["lr_scheduler"] = SchedulerSuite.Check,
    };

    /// <summary>Runs one case.</summary>
    public CaseResult Run(GoldenCase c)
    {
        _worker ??= new Worker();
        if (_worker.TryRun(() => Check(c), limit) is { } result) return result;
        _worker = null;     // it is stuck; leave it
        return new CaseResult(Outcome.Failed, $"took more than {limit.TotalSeconds:0} s");
    }

    private static CaseResult Check(GoldenCase c)
    {
        if (!s_suites.TryGetValue(c.Suite, out Func<GoldenCase, string?>? check)) return new CaseResult(Outcome.Unsupported, $"suite {c.Suite} is not replayed");
        try
        {
            return check(c) is { } reason ? new CaseResult(Outcome.Failed, reason) : new CaseResult(Outcome.Passed, "");
        }
        catch (UnsupportedException e)
        {
            return new CaseResult(Outcome.Unsupported, e.Message);
        }
        catch (BindingException e)
        {
            return new CaseResult(Outcome.Failed, e.Message);
        }
        catch (Exception e)
        {
            string where = e is TorchException or ArgumentException ? "" : " at " + e.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
            return new CaseResult(Outcome.Failed, $"{e.GetType().Name}: {e.Message.Split('\n')[0]}{where}");
        }
    }

    public void Dispose() => _worker?.Stop();

    private sealed class Worker
    {
        private readonly SemaphoreSlim _asked = new(0), _answered = new(0);
        private Func<CaseResult>? _job;
        private CaseResult? _result;

        internal Worker()
        {
            new Thread(Loop, StackBytes) { IsBackground = true, Name = "golden" }.Start();
        }

        internal CaseResult? TryRun(Func<CaseResult> job, TimeSpan limit)
        {
            _job = job;
            _asked.Release();
            return _answered.Wait(limit) ? _result : null;
        }

        internal void Stop()
        {
            _job = null;
            _asked.Release();
        }

        private void Loop()
        {
            while (true)
            {
                _asked.Wait();
                if (_job is not { } job) return;
                _result = job();
                _answered.Release();
            }
        }
    }
}
