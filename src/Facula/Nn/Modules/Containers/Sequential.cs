using System.Collections;
using System.Runtime.CompilerServices;

namespace Facula.Modules;

/// <summary>Modules in a row: each takes the result of the one before.</summary>
public class Sequential : nn.Module<Tensor, Tensor>, IEnumerable<nn.Module>
{
    public Sequential(params IEnumerable<nn.Module> modules)
    {
        foreach (nn.Module module in modules) append(module);
    }

    public Sequential(params (string name, nn.Module module)[] modules)
    {
        foreach ((string name, nn.Module module) in modules) add_module(name, module);
    }

    /// <summary>Number of modules.</summary>
    public int Count => OwnModules.Count;

    /// <summary>The module at the position; replaces it when set.</summary>
    public nn.Module this[int index]
    {
        get => OwnModules.GetAt(Position(index)).Value!;
        set => OwnModules.SetAt(Position(index), value);
    }

    /// <summary>The module at a position that may be counted from the end.</summary>
    public nn.Module this[Index index]
    {
        get => this[index.GetOffset(Count)];
        set => this[index.GetOffset(Count)] = value;
    }

    /// <summary>The module of that name; replaces it when set.</summary>
    public nn.Module this[string name]
    {
        get => OwnModules.TryGetValue(name, out nn.Module? module) ? module! : throw new ArgumentException($"'{GetName()}' object has no attribute '{name}'");
        set => OwnModules[name] = value;
    }

    /// <summary>Some of the modules, with their names.</summary>
    public Sequential this[Range range]
    {
        get
        {
            (int start, int length) = range.GetOffsetAndLength(Count);
            return new Sequential(OwnModules.Skip(start).Take(length).Select(m => (m.Key, m.Value!)).ToArray());
        }
    }

    private int Position(int index)
    {
        int at = index < 0 ? index + Count : index;
        if ((uint)at >= (uint)Count) throw new IndexOutOfRangeException($"index {index} is out of range");
        return at;
    }

    /// <summary>Adds a module at the end.</summary>
    public Sequential append(nn.Module module)
    {
        add_module(Count.ToString(), module);
        return this;
    }

    /// <summary>Adds modules at the end.</summary>
    public Sequential extend(IEnumerable<nn.Module> sequential)
    {
        foreach (nn.Module module in sequential) append(module);
        return this;
    }

    /// <summary>Inserts a module before the position.</summary>
    public Sequential insert(int index, nn.Module module)
    {
        List<nn.Module> all = [.. this];
        all.Insert(index < 0 ? index + all.Count : index, module);
        Rename(all);
        return this;
    }

    /// <summary>Removes and returns the module at the position; those behind it move up.</summary>
    public nn.Module pop(int index)
    {
        nn.Module removed = this[index];
        RemoveAt(index);
        return removed;
    }

    /// <summary>Removes the module at the position: Python's <c>del seq[i]</c>; numbered names move up.</summary>
    public void RemoveAt(int index)
    {
        OwnModules.RemoveAt(Position(index));
        if (OwnModules.Keys.All(k => int.TryParse(k, out _))) Rename([.. this]);
    }

    private void Rename(List<nn.Module> modules)
    {
        ClearModules();
        foreach (nn.Module module in modules) append(module);
    }

    public override Tensor forward(Tensor input)
    {
        foreach ((string _, nn.Module? module) in OwnModules)
        {
            input = module is nn.Module<Tensor, Tensor> next
                ? next.call(input)
                : throw new InvalidOperationException($"{module!.GetName()} in a Sequential must take one tensor and give one tensor");
        }
        return input;
    }

    public IEnumerator<nn.Module> GetEnumerator() => OwnModules.Values.Select(m => m!).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
