using System.Collections;

namespace Facula.Modules;

/// <summary>A list of parameters, registered under their positions.</summary>
[Factory("torch.nn")]
public class ParameterList : nn.Module, IReadOnlyList<Parameter>
{
    public ParameterList(params IEnumerable<Tensor> values)
    {
        foreach (Tensor value in values) append(value);
    }

    /// <summary>Number of parameters.</summary>
    public int Count => OwnParameters.Count;

    public Parameter this[int index]
    {
        get => OwnParameters.GetAt(index < 0 ? index + Count : index).Value!;
        set => OwnParameters.SetAt(index < 0 ? index + Count : index, value);
    }

    /// <summary>Adds a parameter; another tensor becomes one.</summary>
    public ParameterList append(Tensor value)
    {
        register_parameter(Count.ToString(), value as Parameter ?? new Parameter(value));
        return this;
    }

    /// <summary>Adds parameters.</summary>
    public ParameterList extend(IEnumerable<Tensor> values)
    {
        foreach (Tensor value in values) append(value);
        return this;
    }

    public override string extra_repr() => string.Join("\n", OwnParameters.Select(p => $"  ({p.Key}): {ParameterText.Describe(p.Value!)}"));

    public IEnumerator<Parameter> GetEnumerator() => OwnParameters.Values.Select(p => p!).ToList().GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Parameters by name.</summary>
[Factory("torch.nn")]
public class ParameterDict : nn.Module, IEnumerable<KeyValuePair<string, Parameter>>
{
    public ParameterDict(params IEnumerable<(string name, Tensor value)> parameters)
    {
        foreach ((string name, Tensor value) in parameters) this[name] = value as Parameter ?? new Parameter(value);
    }

    /// <summary>Number of parameters.</summary>
    public int Count => OwnParameters.Count;

    public Parameter this[string key]
    {
        get => OwnParameters.TryGetValue(key, out Parameter? parameter) ? parameter! : throw new KeyNotFoundException($"'{key}'");
        set => register_parameter(key, value);
    }

    /// <summary>Whether there is a parameter of that name.</summary>
    public bool ContainsKey(string key) => OwnParameters.ContainsKey(key);

    /// <summary>The names in order.</summary>
    public IEnumerable<string> keys() => OwnParameters.Keys.ToArray();

    /// <summary>The parameters in order.</summary>
    public IEnumerable<Parameter> values() => OwnParameters.Values.Select(p => p!).ToArray();

    /// <summary>The pairs in order.</summary>
    public IEnumerable<(string key, Parameter value)> items() => OwnParameters.Select(p => (p.Key, p.Value!)).ToArray();

    /// <summary>Removes and returns the parameter of that name.</summary>
    public Parameter pop(string key)
    {
        Parameter parameter = this[key];
        RemoveParameter(key);
        return parameter;
    }

    public override string extra_repr() => string.Join("\n", OwnParameters.Select(p => $"  ({p.Key}): {ParameterText.Describe(p.Value!, legacy: true)}"));

    public IEnumerator<KeyValuePair<string, Parameter>> GetEnumerator() => OwnParameters.Select(p => new KeyValuePair<string, Parameter>(p.Key, p.Value!)).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>How containers of parameters print them.</summary>
internal static class ParameterText
{
    internal static string Describe(Parameter parameter, bool legacy = false)
    {
        string device = parameter.is_cuda ? $" ({parameter.device})" : "";
        string size = string.Join("x", parameter.shape);
        return $"Parameter containing: [{(legacy ? $"torch.{parameter.dtype.LegacyName}Tensor" : parameter.dtype.ToString())} of size {size}{device}]";
    }
}
