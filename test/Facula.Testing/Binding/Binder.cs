using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Facula.Testing.Binding;

/// <summary>A call by PyTorch's names: positional arguments with the names that are known, and keyword arguments.</summary>
public sealed record PythonCall(string Target, IReadOnlyList<object?> Arguments, IReadOnlyList<(string Name, object? Value)> Keywords, IReadOnlyList<string>? Names = null);

/// <summary>Finds the overload that a call means, and calls it.</summary>
public static class Binder
{
    private static readonly ConcurrentDictionary<(Type, string), Overload[]> s_members = new();
    private static readonly string[] s_splits = ["sections", "indices", "indices_or_sections", "tensor_indices_or_sections"];

    /// <summary>Calls a function, method (its receiver is the first argument), property, constructor, operator or named function.</summary>
    public static object? Invoke(PythonCall call)
    {
        string target = call.Target.StartsWith("torch.torch.", StringComparison.Ordinal) ? call.Target[6..] : call.Target;
        if (target.StartsWith("golden.", StringComparison.Ordinal)) return NamedFunctions.Find(target[7..]).Call([.. NamedFunctions.Order(target[7..], call)]);
        if (target.StartsWith("operator.", StringComparison.Ordinal)) return Operators.Call(target[9..], call.Arguments);
        if (target.StartsWith("Tensor.__", StringComparison.Ordinal)) return Operators.Call(target[7..].Trim('_'), call.Arguments);
        // A method has one result type in C#: the form with indices has a name of its own.
        if (BindingTable.Find(target + "_with_indices") is not null && TakeFlag(ref call, "return_indices")) target += "_with_indices";
        Overload[] overloads = Resolve(target);
        bool method = target.StartsWith("Tensor.", StringComparison.Ordinal);
        return Call(target, overloads, method ? call.Arguments[0] : null, method, call);
    }

    /// <summary>Removes a flag from the call, given by name or by position, and answers whether it was set.</summary>
    private static bool TakeFlag(ref PythonCall call, string name)
    {
        bool set = call.Keywords.Any(k => k.Name == name && k.Value is true);
        int at = call.Names is null ? -1 : call.Names.ToList().IndexOf(name);
        if (at >= 0 && at < call.Arguments.Count)
        {
            set = call.Arguments[at] is true;
            call = call with { Arguments = [.. call.Arguments.Where((_, i) => i != at)], Names = [.. call.Names!.Where((_, i) => i != at)] };
        }
        call = call with { Keywords = [.. call.Keywords.Where(k => k.Name != name)] };
        return set;
    }

    /// <summary>Whether the name exists.</summary>
    public static bool Exists(string target) => BindingTable.Find(Full(target)) is not null;

    private static string Full(string target) =>
        target.StartsWith("Tensor.", StringComparison.Ordinal) ? "torch." + target
        : target.StartsWith("torch.func.", StringComparison.Ordinal) ? target
        : target;

    private static Overload[] Resolve(string target)
    {
        Overload[]? found = BindingTable.Find(Full(target));
        if (found is not null) return found;
        // Types of layers and the like carry their factory's name.
        string name = target[(target.LastIndexOf('.') + 1)..];
        if (target.StartsWith("torch.nn.", StringComparison.Ordinal) || target.StartsWith("torch.optim.", StringComparison.Ordinal)) found = BindingTable.Find("Facula.Modules." + name);
        return found ?? throw new UnsupportedException($"{target} does not exist");
    }

    /// <summary>Calls an object as Python does: a module, transform or delegate.</summary>
    public static object? CallObject(object callee, IReadOnlyList<object?> arguments, IReadOnlyList<(string, object?)> keywords)
    {
        if (callee is PyFunction function) return function.Call([.. arguments]);
        if (Members(callee, "return_indices") is [var option, ..] && option.Call([callee]) is true && Members(callee, "forward_with_indices").Length > 0)
            return InvokeMember(callee, "forward_with_indices", arguments, keywords);
        foreach (string name in (string[])["call", "forward", "Invoke"])
            if (Members(callee, name).Length > 0) return InvokeMember(callee, name, arguments, keywords);
        throw new UnsupportedException($"{callee.GetType().Name} cannot be called");
    }

    /// <summary>An attribute by Python's name: a property, an entry of a named tuple, an item by number, a parameter, buffer or child of a module.</summary>
    public static object? GetAttribute(object? receiver, string name)
    {
        if (receiver is null) throw new ArgumentException($"'NoneType' object has no attribute '{name}'");
        if (receiver is PyList { Fields: { } fields } tuple && Array.IndexOf(fields, name) is >= 0 and int field) return tuple[field];
        if (long.TryParse(name, out long index))
            return receiver is not nn.Module && Python.Items(receiver) is { } items ? items[(int)index] : InvokeMember(receiver, "get_Item", [index], []);
        if (receiver is Tensor && name == "_version") name = "_version_";
        Overload[] members = Members(receiver, name);
        if (members.Any(m => m.IsProperty)) return Call(name, [.. members.Where(m => m.IsProperty)], receiver, true, new PythonCall(name, [receiver], []));
        if (receiver is nn.Module module)
        {
            foreach ((string key, Facula.Modules.Parameter parameter) in module.named_parameters(recurse: false)) if (key == name) return parameter;
            foreach ((string key, Tensor buffer) in module.named_buffers(recurse: false)) if (key == name) return buffer;
            foreach ((string key, nn.Module child) in module.named_children()) if (key == name) return child;
            if (module.GetAttribute(name) is { } computed) return computed;
        }
        return InvokeMember(receiver, name, [], []);
    }

    /// <summary>Sets an attribute by Python's name.</summary>
    public static void SetAttribute(object receiver, string name, object? value)
    {
        if (receiver is Tensor tensor)
        {
            Overload[] setters = BindingTable.Find("torch.Tensor.set_" + name) ?? throw new UnsupportedException($"Tensor.{name} cannot be set");
            Call(name, setters, tensor, true, new PythonCall(name, [tensor, value], []));
            return;
        }
        InvokeMember(receiver, "set_" + name, [value], []);
    }

    /// <summary>Calls a member of an object by Python's name.</summary>
    public static object? InvokeMember(object receiver, string name, IReadOnlyList<object?> arguments, IReadOnlyList<(string, object?)> keywords, IReadOnlyList<string>? names = null)
    {
        Overload[] overloads = Members(receiver, name);
        if (overloads.Length == 0 && receiver is nn.Module && BindingTable.Find("Facula.ModuleConversions." + name) is { } conversions)
            return Call(name, conversions, null, false, new PythonCall(name, [receiver, .. arguments], keywords));
        if (overloads.Length == 0) throw new UnsupportedException($"{receiver.GetType().Name}.{name} does not exist");
        return Call($"{receiver.GetType().Name}.{name}", overloads, receiver, true, new PythonCall(name, [receiver, .. arguments], keywords, names is null ? null : ["self", .. names]));
    }

    /// <summary>The members of that name: from the table for tensors, else by reflection.</summary>
    public static Overload[] Members(object receiver, string name)
    {
        if (receiver is Tensor && BindingTable.Find("torch.Tensor." + name) is { } tabled) return tabled;
        return s_members.GetOrAdd((receiver.GetType(), name), static key => [.. Reflected(key.Item1, key.Item2)]);
    }

    private static IEnumerable<Overload> Reflected(Type type, string name)
    {
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;
        foreach (MethodInfo method in type.GetMethods(flags).Where(m => m.Name == name && !m.IsGenericMethodDefinition))
            if (FromMethod(method) is { } overload) yield return overload;
        // module.double() and its like are extension methods that return the module's own type.
        if (typeof(nn.Module).IsAssignableFrom(type))
            foreach (MethodInfo method in typeof(ModuleConversions).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == name && m.IsGenericMethodDefinition))
                if (FromMethod(method.MakeGenericMethod(type)) is { } converter) yield return converter;
        if (type.GetProperty(name, flags) is { CanRead: true } property && property.GetIndexParameters().Length == 0)
            yield return new Overload(true, true, [], a => Unwrapped(() => property.GetValue(a[0])));
        if (type.GetField(name, flags) is { } field) yield return new Overload(true, true, [], a => field.GetValue(a[0]));
    }

    /// <summary>An overload that calls by reflection; null where spans stand in the way.</summary>
    public static Overload? FromMethod(MethodInfo method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        if (parameters.Any(p => p.ParameterType.IsByRefLike || p.ParameterType.IsByRef)) return null;
        bool instance = !method.IsStatic;
        var nullability = new NullabilityInfoContext();
        BoundParameter[] bound = [.. parameters.Select(p => new BoundParameter(p.Name!, p.ParameterType,
            nullability.Create(p).WriteState != NullabilityState.NotNull, p.IsDefined(typeof(ParamArrayAttribute)), p.HasDefaultValue,
            p.HasDefaultValue ? p.DefaultValue ?? (p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null) : null))];
        return new Overload(instance, false, bound, a => Unwrapped(() => method.Invoke(instance ? a[0] : null, instance ? a[1..] : a)));
    }

    private static object? Unwrapped(Func<object?> call)
    {
        try
        {
            return call();
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    /// <summary>Picks the cheapest overload that takes the arguments and calls it.</summary>
    public static object? Call(string target, Overload[] overloads, object? receiver, bool method, PythonCall call)
    {
        Overload? best = null;
        object?[]? bestArguments = null;
        int bestCost = int.MaxValue;
        string? reason = null;
        foreach (Overload overload in overloads)
        {
            if (overload.IsInstance && !method) continue;
            int cost = Match(overload, receiver, method, call, out object?[] arguments, out string? why);
            reason ??= why;
            if (cost < 0 || cost >= bestCost) continue;
            (best, bestArguments, bestCost) = (overload, arguments, cost);
        }
        if (best is null)
            throw new BindingException($"no overload of {target} takes it ({reason}); there are {string.Join(" ", overloads.Take(6).Select(o => o.ToString()).Distinct())}");
        object? result = best.Call(bestArguments!);
        return best.Fields is not null && result is System.Runtime.CompilerServices.ITuple ? new PyList(Python.Items(result)!, true) { Fields = best.Fields } : result;
    }

    private static int Match(Overload overload, object? receiver, bool method, PythonCall call, out object?[] arguments, out string? why)
    {
        int shift = overload.IsInstance ? 1 : 0;
        BoundParameter[] parameters = overload.Parameters;
        arguments = new object?[parameters.Length + shift];
        if (shift == 1) arguments[0] = receiver;
        why = null;
        Span<bool> given = stackalloc bool[parameters.Length];
        int total = 0;
        int first = method && overload.IsInstance ? 1 : 0;
        for (int i = first; i < call.Arguments.Count; i++)
        {
            object? value = call.Arguments[i];
            int at;
            bool rest = false;
            if (call.Names is { } names && i < names.Count)
            {
                rest = names[i].StartsWith('*');
                at = IndexOf(parameters, names[i].TrimStart('*'));
                if (at < 0 && rest && i == call.Arguments.Count - 1 && value is Tensor && i - first < parameters.Length && parameters[i - first].Type == typeof(Tensor))
                    (at, rest) = (i - first, false);     // f(*tensors) with one tensor, which has an overload of its own
                if (at < 0) return Fail($"no parameter '{names[i]}'", out why);
            }
            else
            {
                at = i - first;
                // Python takes out by name only.
                if (call.Keywords.Any(k => k.Name == "out") && IndexOf(parameters, "out") is >= 0 and int named && named <= at) at++;
                rest = at == parameters.Length - 1 && parameters[at].IsParams && !IsCollection(value);
                if (at >= parameters.Length) return Fail("too many arguments", out why);
            }
            if (rest)
            {
                object?[] all = [.. call.Arguments.Skip(i)];
                value = all is [var only] && IsCollection(only) ? only : new PyList(all, true);
            }
            if (given[at]) return Fail($"two values for '{parameters[at].Name}'", out why);
            given[at] = true;
            if (!rest && parameters[at].IsParams && value is long or double or bool) value = new PyList([value], true);
            int cost = Conversion.Convert(value, parameters[at].Type, parameters[at].AcceptsNull, out arguments[at + shift]);
            if (cost < 0) return Fail($"'{parameters[at].Name}' takes no {Describe(value)}", out why);
            total += cost;
            if (rest) break;
        }
        foreach ((string name, object? value) in call.Keywords)
        {
            int at = IndexOf(parameters, name);
            if (at < 0) return Fail($"no parameter '{name}'", out why);
            if (given[at]) return Fail($"two values for '{name}'", out why);
            given[at] = true;
            int cost = Conversion.Convert(value, parameters[at].Type, parameters[at].AcceptsNull, out arguments[at + shift]);
            if (cost < 0) return Fail($"'{name}' takes no {Describe(value)}", out why);
            total += cost;
        }
        for (int i = 0; i < parameters.Length; i++)
        {
            if (given[i]) continue;
            if (parameters[i].HasDefault) arguments[i + shift] = parameters[i].Default;
            else if (parameters[i].IsParams) arguments[i + shift] = Array.CreateInstance(parameters[i].Type.GetElementType() ?? parameters[i].Type.GetGenericArguments()[0], 0);
            else return Fail($"'{parameters[i].Name}' is missing", out why);
        }
        return total * 16 + parameters.Length;
    }

    /// <summary>Whether the value stands for several arguments; containers of modules are one.</summary>
    private static bool IsCollection(object? value) => value is not nn.Module && (Python.Items(value) is not null || Python.Entries(value) is not null);

    private static int Fail(string reason, out string? why)
    {
        why = reason;
        return -1;
    }

    private static int IndexOf(BoundParameter[] parameters, string name)
    {
        for (int i = 0; i < parameters.Length; i++)
            if (parameters[i].Name == name) return i;
        // Python's schemas call the first tensor self where its documentation calls it input.
        if (name == "self") return IndexOf(parameters, "input");
        // The one argument of the splitting functions has a name for each type in the schemas.
        return s_splits.Contains(name) ? Array.FindIndex(parameters, p => s_splits.Contains(p.Name)) : -1;
    }

    private static string Describe(object? value) => value switch
    {
        null => "None",
        PyList list => (list.IsTuple ? "tuple of " : "list of ") + (list.Count == 0 ? "nothing" : Describe(list[0])),
        long => "int",
        double => "float",
        _ => value.GetType().Name,
    };
}
