namespace Facula.Benchmarks;

/// <summary>Facula against PyTorch in its best setting: both sides take turns, the fastest sample of each counts.</summary>
internal sealed class Race(int threads, double seconds, TextWriter output) : IDisposable
{
    // A turn of long steps holds few samples, and the clock of a shared machine wanders: more turns then.
    private const int Rounds = 4, RoundsOfLongSteps = 8;
    private const double LongStep = 5;

    // A setting this much slower than the best one after two turns will not win any more.
    private const double Hopeless = 1.12;

    private readonly List<Peer> _peers = [.. PeerSetting.Torch.Select(setting => Peer.Start(setting, threads))];

    /// <summary>The other side's version.</summary>
    public string Version => _peers[0].Version;

    /// <summary>Races one workload.</summary>
    public Row Run(Workload workload)
    {
        var row = new Row(workload.Name, workload.Group, threads, null, null, null, workload.IsExtra, null);
        LocalPlayer? ours = null;
        try
        {
            if (workload.Open is { } open) ours = new LocalPlayer(open());
            // The first turn is longer, and short work must stay as fast for a while: the runtime compiles hot methods anew in the background, twice, each time 0.1 seconds after the last new method.
            double first = ours?.Run(seconds / 2) ?? 0;
            for (int i = 0, settled = 0; i < 10 && settled < 4 && ours is not null && first < 1; i++)
            {
                double again = ours.Run(seconds / 4);
                settled = again > first * 0.97 ? settled + 1 : 0;
                first = Math.Min(first, again);
            }
            row = row with { FaculaMs = ours is null ? null : first };
        }
        catch (Exception error)
        {
            ours = null;
            row = row with { Error = error.Message };
        }

        var left = new List<(Peer peer, double best)>();
        foreach (Peer peer in _peers)
        {
            if (!peer.Knows(workload)) continue;
            if (peer.Open(workload) is not { } problem) left.Add((peer, double.MaxValue));
            else if (workload.Code is not null) output.WriteLine($"{workload.Name}: {problem}");
        }
        var opened = left.Select(entry => entry.peer).ToArray();
        double turn = seconds / 16;
        for (int round = 0, rounds = Rounds; round < rounds; round++)
        {
            for (int i = 0; i < left.Count; i++) left[i] = (left[i].peer, Math.Min(left[i].best, left[i].peer.Run(turn)));
            if (ours is not null) row = row with { FaculaMs = Math.Min(row.FaculaMs!.Value, ours.Run(turn * 2)) };
            // Of long steps two turns are enough: a sample lasts as long as many interruptions.
            bool slow = left.Count > 0 && left.Min(entry => entry.best) > 500;
            double best = left.Count > 0 ? left.Min(entry => entry.best) : 0;
            if (best > LongStep) rounds = RoundsOfLongSteps;
            if (round >= 1 || slow) left.RemoveAll(entry => entry.best > best * Hopeless);
            if (slow && round >= 1) break;
        }
        if (left.Count > 0)
        {
            (Peer winner, double best) = left.MinBy(entry => entry.best);
            row = row with { TorchMs = best, Setting = winner.Setting.Name };
        }
        foreach (Peer peer in opened) peer.Close();
        output.WriteLine(Report.Line(row));
        return row;
    }

    public void Dispose()
    {
        foreach (Peer peer in _peers) peer.Dispose();
    }
}
