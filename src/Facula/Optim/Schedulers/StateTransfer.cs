namespace Facula;

/// <summary>Moves the fields of a scheduler into a dictionary or back: one description serves both directions.</summary>
internal sealed class StateTransfer
{
    private readonly OrderedDict<string, object?> _entries;
    private readonly bool _loading;

    /// <summary>Saves into an empty dictionary, or loads from the entries.</summary>
    internal StateTransfer(IEnumerable<(object Key, object? Value)>? saved = null)
    {
        _entries = [];
        _loading = saved is not null;
        if (saved is null) return;
        foreach ((object key, object? value) in saved) _entries[(string)key] = value;
    }

    internal OrderedDict<string, object?> Entries => _entries;

    internal bool Loading => _loading;

    private bool Read(string name, out object? value)
    {
        value = null;
        return _loading && _entries.TryGetValue(name, out value);
    }

    internal void Field(string name, ref long field)
    {
        if (!_loading) _entries[name] = field;
        else if (Read(name, out object? value)) field = (long)GroupOption.From(value);
    }

    internal void Field(string name, ref double field)
    {
        if (!_loading) _entries[name] = field;
        else if (Read(name, out object? value)) field = GroupOption.From(value);
    }

    internal void Field(string name, ref bool field)
    {
        if (!_loading) _entries[name] = field;
        else if (Read(name, out object? value)) field = (bool)GroupOption.From(value);
    }

    internal void Field(string name, ref string field)
    {
        if (!_loading) _entries[name] = field;
        else if (Read(name, out object? value) && value is string text) field = text;
    }

    internal void Field(string name, ref double[] field)
    {
        if (!_loading) _entries[name] = field.Select(x => (object?)x).ToList();
        else if (Read(name, out object? value)) field = [.. Mappings.Items(value, name).Select(x => (double)GroupOption.From(x))];
    }

    internal void Field(string name, ref long[] field)
    {
        if (!_loading) _entries[name] = field.Select(x => (object?)x).ToList();
        else if (Read(name, out object? value)) field = [.. Mappings.Items(value, name).Select(x => (long)GroupOption.From(x))];
    }

    /// <summary>The states of schedulers within.</summary>
    internal void Nested(string name, IReadOnlyList<torch.optim.lr_scheduler.LRScheduler> schedulers)
    {
        if (!_loading)
        {
            _entries[name] = schedulers.Select(s => (object?)s.state_dict()).ToList();
            return;
        }
        if (!Read(name, out object? value)) return;
        int i = 0;
        foreach (object? state in Mappings.Items(value, name)) schedulers[i++].load_state_dict(state!);
    }
}
