using System.Diagnostics.CodeAnalysis;
using Facula.Modules;

namespace Facula;

/// <summary>
/// Parameters with the options they are optimized with: Python's dictionary with <c>params</c>, <c>lr</c> and so on, in order.
/// Options that the group does not state are the optimizer's.
/// </summary>
public sealed class ParamGroup
{
    private readonly OrderedDict<string, GroupOption> _options = [];
    private Tensor[] _parameters;

    /// <summary>A group of one parameter.</summary>
    public ParamGroup(Tensor @params) => _parameters = [@params];

    /// <summary>A group of these parameters; options follow between braces: <c>new ParamGroup(parameters) { ["lr"] = 1e-3 }</c>.</summary>
    public ParamGroup(IEnumerable<Tensor> @params) => _parameters = @params as Tensor is { } single ? [single] : [.. @params];

    /// <summary>A group of these parameters, given with their names.</summary>
    public ParamGroup(IEnumerable<(string name, Parameter parameter)> @params) => _parameters = [.. @params.Select(p => p.parameter)];

    /// <summary>Python's form of a group: a dictionary with the key <c>params</c>.</summary>
    public static implicit operator ParamGroup(Dictionary<string, object> options) => FromMapping(options.Select(o => (o.Key, (object?)o.Value)));

    internal static ParamGroup FromMapping(IEnumerable<(string Key, object? Value)> entries)
    {
        ParamGroup? group = null;
        var options = new List<(string, object?)>();
        foreach ((string key, object? value) in entries)
        {
            if (key == "params") group = new ParamGroup(ParametersFrom(value));
            else options.Add((key, value));
        }
        if (group is null) throw new KeyNotFoundException("'params'");
        foreach ((string key, object? value) in options) group[key] = GroupOption.From(value);
        return group;
    }

    private static IEnumerable<Tensor> ParametersFrom(object? value) => value switch
    {
        Tensor tensor => [tensor],
        IEnumerable<Tensor> tensors => tensors,
        System.Collections.IEnumerable items => items.Cast<object?>().Select(item => item as Tensor
            ?? throw new ArgumentException($"optimizer can only optimize Tensors, but one of the params is {item?.GetType().Name ?? "NoneType"}")),
        _ => throw new ArgumentException($"optimizer can only optimize Tensors, but one of the params is {value?.GetType().Name ?? "NoneType"}"),
    };

    /// <summary>The parameters.</summary>
    public IReadOnlyList<Tensor> Parameters => _parameters;

    internal Tensor[] Items => _parameters;

    /// <summary>What the optimizer has read from the options; forgotten when an option changes.</summary>
    internal object? Reading { get; set; }

    /// <summary>What the optimizer keeps for each parameter.</summary>
    internal ParameterState?[] States { get; set; } = [];

    /// <summary>An option by PyTorch's name: <c>lr</c>, <c>momentum</c>, <c>betas</c>, <c>params</c> …</summary>
    public GroupOption this[string name]
    {
        get
        {
            if (name == "params") return GroupOption.From(_parameters);
            return _options.TryGetValue(name, out GroupOption value) ? value : throw new KeyNotFoundException($"'{name}'");
        }
        set
        {
            Reading = null;
            if (name == "params")
            {
                Replace([.. value]);
                return;
            }
            _options[name] = value;
        }
    }

    private void Replace(Tensor[] parameters)
    {
        var states = new ParameterState?[parameters.Length];
        for (int i = 0; i < states.Length; i++)
        {
            int at = Array.FindIndex(_parameters, p => ReferenceEquals(p, parameters[i]));
            if (at >= 0 && at < States.Length) states[i] = States[at];
        }
        _parameters = parameters;
        States = states;
    }

    /// <summary>The learning rate, option <c>lr</c>.</summary>
    public double LearningRate
    {
        get => this["lr"];
        set => this["lr"] = value;
    }

    /// <summary>The learning rate that schedulers started from, option <c>initial_lr</c>; <c>lr</c> before any scheduler.</summary>
    public double InitialLearningRate
    {
        get => _options.TryGetValue("initial_lr", out GroupOption value) ? value : this["lr"];
        set => this["initial_lr"] = value;
    }

    /// <summary>Whether the group has the option.</summary>
    public bool ContainsKey(string name) => name == "params" || _options.ContainsKey(name);

    /// <summary>The option if the group has it.</summary>
    public bool TryGetValue(string name, [MaybeNullWhen(false)] out GroupOption value) => _options.TryGetValue(name, out value);

    /// <summary>The names of the options, <c>params</c> first.</summary>
    public IEnumerable<string> keys() => _options.Keys.Prepend("params");

    /// <summary>The options with their values, without <c>params</c>.</summary>
    internal IEnumerable<KeyValuePair<string, GroupOption>> Options => _options;

    /// <summary>Sets the option unless the group has it, and gives its value.</summary>
    public GroupOption setdefault(string name, GroupOption value)
    {
        if (_options.TryGetValue(name, out GroupOption present)) return present;
        this[name] = value;
        return value;
    }

    internal void ReplaceOptions(IEnumerable<(string Name, GroupOption Value)> options)
    {
        Reading = null;
        _options.Clear();
        foreach ((string name, GroupOption value) in options) _options[name] = value;
    }
}
