using System.Globalization;

namespace Facula.Serialization;

/// <summary>The files of a checkpoint manager: their names, which are the best, and which may go.</summary>
internal sealed class CheckpointFolder
{
    private const string Prefix = "step-", Ending = ".pt";

    private readonly string _path;
    private readonly int _keep, _best;
    private readonly bool _largest;

    public CheckpointFolder(string path, int keep, int best, bool largest)
    {
        (_path, _keep, _best, _largest) = (path, keep, best, largest);
        Directory.CreateDirectory(path);
    }

    /// <summary>The metrics of the checkpoints kept, by steps; every file carries them, so that no index can disagree with the files.</summary>
    public OrderedDict<object, object?> Metrics { get; set; } = new();

    public string PathOf(long steps) => Path.Join(_path, $"{Prefix}{steps.ToString("D10", CultureInfo.InvariantCulture)}{Ending}");

    public string[] Files() => [.. Directory.EnumerateFiles(_path, $"{Prefix}*{Ending}").Where(file => Steps(file) is not null).OrderBy(Steps)];

    public string? Best() => Ranked().Select(entry => PathOf(entry.Steps)).FirstOrDefault(File.Exists);

    public bool IsAmongBest(double? metric)
    {
        if (_best == 0 || metric is not { } value || double.IsNaN(value))
            return false;
        double[] best = [.. Ranked().Take(_best).Select(entry => entry.Metric)];
        return best.Length < _best || IsBetter(value, best[^1]);
    }

    public void Note(long steps, double? metric)
    {
        if (metric is { } value && !double.IsNaN(value))
            Metrics[steps] = value;
        // Metrics of files that the next sweep removes have nothing to say any more.
        HashSet<long> kept = [.. Kept(Files().Select(file => Steps(file)!.Value).Append(steps))];
        foreach (object key in Metrics.Keys.ToArray())
        {
            if (!kept.Contains((long)key))
                Metrics.Remove(key);
        }
    }

    public void Sweep()
    {
        HashSet<long> kept = [.. Kept(Files().Select(file => Steps(file)!.Value))];
        foreach (string file in Files())
        {
            if (!kept.Contains(Steps(file)!.Value))
                File.Delete(file);
        }
    }

    /// <summary>Removes what a process left behind that was killed while it wrote.</summary>
    public void RemoveUnfinished()
    {
        foreach (string file in Directory.EnumerateFiles(_path, $".{Prefix}*{AtomicFile.TemporarySuffix}"))
            File.Delete(file);
    }

    private IEnumerable<long> Kept(IEnumerable<long> steps)
    {
        long[] all = [.. steps.Distinct().Order()];
        return all.TakeLast(_keep).Concat(Ranked().Select(entry => entry.Steps).Where(all.Contains).Take(_best));
    }

    private IEnumerable<(long Steps, double Metric)> Ranked()
    {
        var entries = Metrics.Select(entry => (Steps: (long)entry.Key, Metric: (double)entry.Value!));
        return _largest ? entries.OrderByDescending(entry => entry.Metric) : entries.OrderBy(entry => entry.Metric);
    }

    private bool IsBetter(double value, double other) => _largest ? value > other : value < other;

    private static long? Steps(string file) =>
        long.TryParse(Path.GetFileName(file).AsSpan()[Prefix.Length..^Ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long steps) ? steps : null;
}
