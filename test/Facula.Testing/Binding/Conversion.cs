using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Facula.Testing.Binding;

/// <summary>Turns Python values into the .NET types of parameters, with a cost by which overloads are ranked; -1 means impossible.</summary>
public static class Conversion
{
    private const int No = -1;
    private static readonly ConcurrentDictionary<Type, MethodInfo[]> s_implicit = new();

    /// <summary>The cost of passing the value as a parameter of the type, and the value to pass.</summary>
    public static int Convert(object? value, Type type, bool acceptsNull, out object? result)
    {
        result = value;
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            if (value is null) return 0;
            return Convert(value, inner, false, out result);
        }
        if (value is null)
        {
            if (type == typeof(Dims))
            {
                result = default(Dims);
                return 1;
            }
            return acceptsNull && !type.IsValueType ? 0 : No;
        }
        if (type == value.GetType()) return 0;
        int cost = Known(value, type, out result);
        if (cost != No) return cost;
        result = value;
        if (type == typeof(object))
        {
            result = Plain(value);
            return 9;
        }
        if (type.IsInstanceOfType(value)) return 1;
        return Implicit(value, type, out result);
    }

    private static int Known(object value, Type type, out object? result)
    {
        result = value;
        if (type == typeof(double) || type == typeof(float)) return ToReal(value, type, out result);
        if (type == typeof(long) || type == typeof(int) || type == typeof(uint) || type == typeof(ulong) || type == typeof(short) || type == typeof(byte)) return ToInteger(value, type, out result);
        if (type == typeof(bool)) return value is Tensor { Numel: 1 } t && t.dtype == torch.@bool ? With((bool)t, 6, out result) : No;
        if (type == typeof(Complex)) return value switch { double d => With(new Complex(d, 0), 3, out result), long l => With(new Complex(l, 0), 4, out result), _ => No };
        if (type == typeof(Scalar)) return ToScalar(value, out result);
        if (type == typeof(Tensor)) return value switch
        {
            Tensor => 0,
            bool or long or double or Complex when ToScalar(value, out object? number) >= 0 => With((Tensor)(Scalar)number!, 12, out result),
            _ => No,
        };
        if (type == typeof(Device)) return value is string name ? With((Device)name, 1, out result) : No;
        if (type == typeof(Size)) return Python.Items(value) is not null && Convert(value, typeof(long[]), false, out result) is >= 0 and int c ? With((Size)(long[])result!, c + 1, out result) : No;
        if (type == typeof(Dims))
        {
            if (value is long dim) return With((Dims)dim, 1, out result);
            return Python.Items(value) is not null && Convert(value, typeof(long[]), false, out result) >= 0 ? With((Dims)(long[])result!, 1, out result) : No;
        }
        if (type == typeof(TensorList))
        {
            if (value is Tensor single) return With((TensorList)single, 5, out result);
            return Convert(value, typeof(Tensor[]), false, out result) >= 0 ? With((TensorList)(Tensor[])result!, 1, out result) : No;
        }
        if (type.Name == "ParamGroup" && value is PyDict group) return ParameterGroup(group, type, out result);
        if (type.IsEnum) return value is string text && Enum.TryParse(type, text.Replace("_", ""), ignoreCase: true, out object? parsed) ? With(parsed, 8, out result) : No;
        if (typeof(Delegate).IsAssignableFrom(type)) return value is PyFunction function ? DelegateMaker.Make(function, type, out result) : Own(value, type, out result);
        if (type.IsArray) return ToArray(value, type.GetElementType()!, out result);
        if (type.IsGenericType) return ToGeneric(value, type, out result);
        return No;
    }

    private static int With(object? converted, int cost, out object? result)
    {
        result = converted;
        return cost;
    }

    private static int ToReal(object value, Type type, out object? result)
    {
        double number;
        int cost;
        switch (value)
        {
            case double d: (number, cost) = (d, 0); break;
            case long l: (number, cost) = (l, 2); break;
            case bool b: (number, cost) = (b ? 1 : 0, 5); break;
            case Tensor { Numel: 1 } t when !t.dtype.is_complex: (number, cost) = (t.item().ToDouble(), 6); break;
            default: return With(null, No, out result);
        }
        return type == typeof(double) ? With(number, cost, out result) : With((float)number, cost + 1, out result);
    }

    private static int ToInteger(object value, Type type, out object? result)
    {
        long number;
        int cost;
        switch (value)
        {
            case long l: (number, cost) = (l, 0); break;
            case bool b: (number, cost) = (b ? 1 : 0, 4); break;
            case Tensor { Numel: 1 } t when !t.dtype.IsDifferentiable: (number, cost) = (t.item().ToInt64(), 6); break;
            default: return With(null, No, out result);
        }
        if (type == typeof(long)) return With(number, cost, out result);
        try
        {
            return With(System.Convert.ChangeType(number, type, null), cost + 1, out result);
        }
        catch (OverflowException)
        {
            return With(null, No, out result);
        }
    }

    private static int ToScalar(object value, out object? result) => value switch
    {
        bool b => With((Scalar)b, 1, out result),
        long l => With((Scalar)l, 1, out result),
        double d => With((Scalar)d, 1, out result),
        Complex c => With((Scalar)c, 1, out result),
        Tensor { Numel: 1 } t => With(t.item(), 7, out result),
        _ => With(null, No, out result),
    };

    private static int ToArray(object value, Type element, out object? result)
    {
        result = null;
        if (value is not PyList && value is Array) return No;
        IReadOnlyList<object?>? items = Python.Items(value);
        if (Python.Entries(value) is { } entries) items = [.. entries.Select(e => new PyList([e.Key, e.Value], true))];
        if (items is null) return No;
        Array array = Array.CreateInstance(element, items.Count);
        int worst = 0;
        for (int i = 0; i < items.Count; i++)
        {
            // None among sizes is written -1.
            int cost = Convert(items[i] is null && element == typeof(long) ? -1L : items[i], element, true, out object? converted);
            if (cost == No) return No;
            worst = Math.Max(worst, items[i] is null ? Math.Max(cost, 8) : cost);
            array.SetValue(converted, i);
        }
        // An empty Python list of numbers is one of floats.
        if (items.Count == 0 && element != typeof(double)) worst = 1;
        return With(array, worst, out result);
    }

    private static int ToGeneric(object value, Type type, out object? result)
    {
        result = null;
        Type open = type.GetGenericTypeDefinition();
        Type[] parts = type.GetGenericArguments();
        if (typeof(ITuple).IsAssignableFrom(type))
        {
            if (Python.Items(value) is not { } items || items.Count != parts.Length) return No;
            var converted = new object?[items.Count];
            int worst = 1;
            for (int i = 0; i < converted.Length; i++)
            {
                int cost = Convert(items[i], parts[i], true, out converted[i]);
                if (cost == No) return No;
                worst = Math.Max(worst, cost);
            }
            return With(Activator.CreateInstance(type, converted), worst, out result);
        }
        if (parts.Length == 1 && value is not Array && type.IsAssignableFrom(parts[0].MakeArrayType()))
            return ToArray(value, parts[0], out result) is >= 0 and int c ? c + 1 : No;
        if (open == typeof(List<>) && ToArray(value, parts[0], out object? array) is >= 0 and int listCost)
            return With(Activator.CreateInstance(type, array), listCost + 2, out result);
        return parts.Length == 2 && Python.Entries(value) is { } entries ? ToMapping(entries, type, parts, out result) : No;
    }

    private static int ToMapping(IReadOnlyList<(object? Key, object? Value)> entries, Type type, Type[] parts, out object? result)
    {
        result = null;
        Type concrete = type.IsInterface ? typeof(Dictionary<,>).MakeGenericType(parts) : type;
        if (concrete.GetConstructor(Type.EmptyTypes) is null) return No;
        object mapping = Activator.CreateInstance(concrete)!;
        PropertyInfo? indexer = concrete.GetProperty("Item", parts[1], [parts[0]]);
        if (indexer is null) return No;
        foreach ((object? key, object? item) in entries)
        {
            if (Convert(key, parts[0], false, out object? k) == No || Convert(item, parts[1], true, out object? v) == No) return No;
            indexer.SetValue(mapping, v, [k]);
        }
        return With(mapping, 2, out result);
    }

    /// <summary>Python's <c>{"params": [...], "lr": 0.1}</c> as <c>new ParamGroup(parameters) { ["lr"] = 0.1 }</c>.</summary>
    private static int ParameterGroup(PyDict entries, Type type, out object? result)
    {
        Overload[] constructors = BindingTable.Find("Facula.ParamGroup") ?? [];
        object? parameters = entries.FirstOrDefault(e => Equals(e.Key, "params")).Value;
        object group = Binder.Call("ParamGroup", constructors, null, false, new PythonCall("ParamGroup", [parameters], []))!;
        foreach ((object? key, object? value) in entries)
            if (!Equals(key, "params")) Binder.InvokeMember(group, "set_Item", [key, value], []);
        result = group;
        return 1;
    }

    /// <summary>By a conversion operator of the type that takes something we can make.</summary>
    private static int Implicit(object value, Type type, out object? result)
    {
        result = null;
        int best = No;
        MethodInfo[] operators = s_implicit.GetOrAdd(type, static t => [.. t.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.Name == "op_Implicit" && m.ReturnType == t && !m.GetParameters()[0].ParameterType.IsByRefLike)]);
        foreach (MethodInfo op in operators)
        {
            Type source = op.GetParameters()[0].ParameterType;
            if (source == type || source == typeof(object)) continue;
            int cost = source.IsInstanceOfType(value) ? 0 : Known(value, Nullable.GetUnderlyingType(source) ?? source, out _);
            if (cost == No || (best != No && cost + 3 >= best)) continue;
            Convert(value, source, false, out object? argument);
            best = cost + 3;
            result = op.Invoke(null, [argument]);
        }
        return best;
    }

    /// <summary>By a conversion operator of the value's type: a module as a function.</summary>
    private static int Own(object value, Type type, out object? result)
    {
        result = null;
        for (Type? level = value.GetType(); level is not null; level = level.BaseType)
        {
            MethodInfo? op = level.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).FirstOrDefault(m => m.Name == "op_Implicit" && m.ReturnType == type);
            if (op is not null) return With(op.Invoke(null, [value]), 5, out result);
        }
        return No;
    }

    /// <summary>Python values as the public API gives them out: lists as arrays of objects, dictionaries as such.</summary>
    private static object? Plain(object? value) => value switch
    {
        PyList { IsTuple: true } tuple => tuple.Select(Plain).ToArray(),
        PyList list => list.Select(Plain).ToList(),
        PyDict dictionary => dictionary.ToDictionary(e => e.Key!, e => Plain(e.Value)),
        _ => value,
    };
}
