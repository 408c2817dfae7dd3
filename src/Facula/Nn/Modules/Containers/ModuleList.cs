using System.Collections;

namespace Facula.Modules;

/// <summary>A list of modules, registered under their positions.</summary>
public class ModuleList<T> : nn.Module, IList<T>
    where T : nn.Module
{
    public ModuleList(params IEnumerable<T> modules)
    {
        foreach (T module in modules) append(module);
    }

    public override string GetName() => "ModuleList";

    public int Count => OwnModules.Count;
    public bool IsReadOnly => false;

    public T this[int index]
    {
        get => (T)OwnModules.GetAt(Position(index)).Value!;
        set => OwnModules.SetAt(Position(index), value);
    }

    private int Position(int index)
    {
        int at = index < 0 ? index + Count : index;
        if ((uint)at >= (uint)Count) throw new IndexOutOfRangeException($"index {index} is out of range");
        return at;
    }

    /// <summary>Adds a module at the end.</summary>
    public ModuleList<T> append(T module)
    {
        add_module(Count.ToString(), module);
        return this;
    }

    /// <summary>Adds modules at the end.</summary>
    public ModuleList<T> extend(IEnumerable<T> modules)
    {
        foreach (T module in modules) append(module);
        return this;
    }

    /// <summary>Inserts a module before the position.</summary>
    public void insert(int index, T module) => Insert(index < 0 ? index + Count : index, module);

    /// <summary>Removes and returns the module at the position.</summary>
    public T pop(int index)
    {
        T removed = this[index];
        RemoveAt(Position(index));
        return removed;
    }

    public void Insert(int index, T item)
    {
        List<T> all = [.. this];
        all.Insert(index, item);
        Renumber(all);
    }

    public void RemoveAt(int index)
    {
        List<T> all = [.. this];
        all.RemoveAt(index);
        Renumber(all);
    }

    private void Renumber(List<T> modules)
    {
        ClearModules();
        foreach (T module in modules) append(module);
    }

    public void Add(T item) => append(item);
    public void Clear() => ClearModules();
    public bool Contains(T item) => IndexOf(item) >= 0;
    public void CopyTo(T[] array, int arrayIndex)
    {
        foreach (nn.Module? module in OwnModules.Values) array[arrayIndex++] = (T)module!;
    }
    public int IndexOf(T item) => this.ToList().FindIndex(m => ReferenceEquals(m, item));

    public bool Remove(T item)
    {
        int at = IndexOf(item);
        if (at < 0) return false;
        RemoveAt(at);
        return true;
    }

    public IEnumerator<T> GetEnumerator() => OwnModules.Values.Select(m => (T)m!).ToList().GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
