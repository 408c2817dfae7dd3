using System.Collections;

namespace Facula.Modules;

/// <summary>Modules by name, registered in order of insertion.</summary>
public class ModuleDict<T> : nn.Module, IEnumerable<KeyValuePair<string, T>>
    where T : nn.Module
{
    public ModuleDict(params IEnumerable<(string name, T module)> modules)
    {
        foreach ((string name, T module) in modules) add_module(name, module);
    }

    public override string GetName() => "ModuleDict";

    /// <summary>Number of modules.</summary>
    public int Count => OwnModules.Count;

    public T this[string key]
    {
        get => OwnModules.TryGetValue(key, out nn.Module? module) ? (T)module! : throw new KeyNotFoundException($"'{key}'");
        set => add_module(key, value);
    }

    /// <summary>Whether there is a module of that name.</summary>
    public bool ContainsKey(string key) => OwnModules.ContainsKey(key);

    /// <summary>The names in order.</summary>
    public IEnumerable<string> keys() => OwnModules.Keys.ToArray();

    /// <summary>The modules in order.</summary>
    public IEnumerable<T> values() => OwnModules.Values.Select(m => (T)m!).ToArray();

    /// <summary>The pairs in order.</summary>
    public IEnumerable<(string key, T value)> items() => OwnModules.Select(m => (m.Key, (T)m.Value!)).ToArray();

    /// <summary>Adds or replaces modules.</summary>
    public void update(IEnumerable<(string name, T module)> modules)
    {
        foreach ((string name, T module) in modules) add_module(name, module);
    }

    /// <summary>Removes and returns the module of that name.</summary>
    public T pop(string key)
    {
        T module = this[key];
        RemoveModule(key);
        return module;
    }

    /// <summary>Removes all modules.</summary>
    public void clear() => ClearModules();

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => OwnModules.Select(m => new KeyValuePair<string, T>(m.Key, (T)m.Value!)).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
