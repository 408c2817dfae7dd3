using Facula.Modules;
using Facula.Serialization;

namespace Facula;

/// <summary>
/// Saves a training run every few steps and resumes it exactly: everything tracked, the random numbers and the place in the data come back,
/// so that a run that was killed and resumed ends with the same bits as one that was not. Checkpoints are files that PyTorch reads.
/// </summary>
/// <example><code>
/// var checkpoints = new CheckpointManager("runs/a", every: 100, keep: 3, best: 1);
/// checkpoints.Track("model", net);
/// checkpoints.Track("optimizer", optimizer);
/// checkpoints.Track("scheduler", scheduler);
/// checkpoints.Track("data", loader);
/// checkpoints.resume();
/// while (loader.epoch &lt; 10)
///     foreach (var (x, y) in loader)
///     {
///         …
///         checkpoints.step(loss.item().ToDouble());
///     }
/// </code></example>
public sealed class CheckpointManager
{
    private readonly CheckpointFolder _folder;
    private readonly long _every;
    private readonly bool _sync;
    private readonly OrderedDict<string, (Func<object?> Save, Action<object> Load)> _tracked = new();

    /// <param name="folder">Where the files are kept; it is made when missing.</param>
    /// <param name="every">Save at every so many steps.</param>
    /// <param name="keep">How many of the latest checkpoints are kept.</param>
    /// <param name="best">How many of those with the best metric are kept besides.</param>
    /// <param name="mode">Whether the best metric is the smallest (<c>min</c>) or the largest (<c>max</c>).</param>
    /// <param name="sync">Whether each file is flushed to the disk before it replaces an older one.</param>
    public CheckpointManager(string folder, long every = 1, int keep = 3, int best = 0, string mode = "min", bool sync = true)
    {
        if (every < 1 || keep < 1 || best < 0)
            throw new ArgumentException($"CheckpointManager: every={every} and keep={keep} must be positive, and best={best} not negative");
        if (mode is not ("min" or "max"))
            throw new ArgumentException($"CheckpointManager: mode '{mode}' is neither 'min' nor 'max'");
        _folder = new CheckpointFolder(folder, keep, best, mode == "max");
        _every = every;
        _sync = sync;
    }

    /// <summary>How many steps the run has made.</summary>
    public long steps { get; private set; }

    /// <summary>Values of the program's own that are saved and come back: numbers, strings, lists, tensors.</summary>
    public OrderedDict<string, object?> values { get; private set; } = new();

    /// <summary>The checkpoints that are there, the oldest first.</summary>
    public IReadOnlyList<string> files => _folder.Files();

    /// <summary>The checkpoint with the best metric; null when none has one.</summary>
    public string? best_file => _folder.Best();

    /// <summary>Tracks a module's parameters and buffers.</summary>
    public void Track(string name, nn.Module module) => Track(name, () => module.state_dict(), state => module.load_state_dict(state));

    /// <summary>Tracks an optimizer's state and the options of its groups.</summary>
    public void Track(string name, torch.optim.Optimizer optimizer) => Track(name, optimizer.state_dict, state => optimizer.load_state_dict(state));

    /// <summary>Tracks a learning rate scheduler.</summary>
    public void Track(string name, torch.optim.lr_scheduler.LRScheduler scheduler) => Track(name, scheduler.state_dict, state => scheduler.load_state_dict(state));

    /// <summary>Tracks the place in the data, in the middle of a pass as well.</summary>
    public void Track<TSample, TBatch>(string name, DataLoader<TSample, TBatch> loader) => Track(name, loader.state_dict, loader.load_state_dict);

    /// <summary>Tracks a generator besides the default one, which always is.</summary>
    public void Track(string name, Generator generator) => Track(name, generator.get_state, state => generator.set_state((Tensor)state));

    /// <summary>Tracks anything that gives its state as plain data and takes it back.</summary>
    public void Track(string name, Func<object?> state_dict, Action<object> load_state_dict)
    {
        if (!_tracked.TryAdd(name, (state_dict, load_state_dict)))
            throw new ArgumentException($"CheckpointManager: '{name}' is tracked already");
    }

    /// <summary>Counts a step, and saves when one is due or the metric is among the best; says whether it did.</summary>
    public bool step(double? metric = null)
    {
        steps++;
        if (steps % _every != 0 && !_folder.IsAmongBest(metric))
            return false;
        save(metric);
        return true;
    }

    /// <summary>Saves now, and removes what need not be kept any more; gives the file's path.</summary>
    public string save(double? metric = null)
    {
        var state = new OrderedDict<string, object?>();
        foreach (var (name, (saveState, _)) in _tracked)
            state[name] = saveState();
        _folder.Note(steps, metric);
        string path = _folder.PathOf(steps);
        torch.save(new OrderedDict<string, object?>
        {
            ["steps"] = steps,
            ["state"] = state,
            ["values"] = values,
            ["rng_state"] = torch.get_rng_state(),
            ["metrics"] = _folder.Metrics,
        }, path, _sync);
        _folder.Sweep();
        return path;
    }

    /// <summary>Loads the latest checkpoint into everything tracked; gives the steps made, 0 when there is none.</summary>
    public long resume()
    {
        _folder.RemoveUnfinished();
        foreach (string path in _folder.Files().Reverse())
        {
            OrderedDict<string, object?> saved;
            try
            {
                saved = torch.load<OrderedDict<string, object?>>(path);
            }
            catch (InvalidDataException damaged)
            {
                // Only the disk can have done this; the checkpoint before is better than none.
                torch.warnings.warn($"CheckpointManager: a checkpoint is damaged and left out: {damaged.Message}");
                continue;
            }
            Restore(saved, path);
            return steps;
        }
        return 0;
    }

    private void Restore(OrderedDict<string, object?> saved, string path)
    {
        var state = LoadedAs.Convert<OrderedDict<string, object>>(saved["state"]);
        foreach (var (name, (_, load)) in _tracked)
        {
            if (!state.TryGetValue(name, out object? value))
                throw new ArgumentException($"CheckpointManager: {path} holds nothing for '{name}', only {string.Join(", ", state.Keys.Select(key => $"'{key}'"))}");
            load(value);
        }
        steps = (long)saved["steps"]!;
        values = LoadedAs.Convert<OrderedDict<string, object?>>(saved["values"]);
        _folder.Metrics = LoadedAs.Convert<OrderedDict<object, object?>>(saved["metrics"]);
        torch.set_rng_state((Tensor)saved["rng_state"]!);
    }
}
