using System.Reflection;

namespace Facula.Testing.Binding;

/// <summary>Python's operators as the C# operators and indexers of <c>Tensor</c>.</summary>
internal static class Operators
{
    private static readonly Dictionary<string, string> s_binary = new()
    {
        ["add"] = "op_Addition", ["sub"] = "op_Subtraction", ["mul"] = "op_Multiply", ["truediv"] = "op_Division", ["mod"] = "op_Modulus",
        ["and"] = "op_BitwiseAnd", ["or"] = "op_BitwiseOr", ["xor"] = "op_ExclusiveOr", ["lshift"] = "op_LeftShift", ["rshift"] = "op_RightShift",
        ["lt"] = "op_LessThan", ["le"] = "op_LessThanOrEqual", ["gt"] = "op_GreaterThan", ["ge"] = "op_GreaterThanOrEqual",
        ["eq"] = "op_Equality", ["ne"] = "op_Inequality",
        ["iadd"] = "op_AdditionAssignment", ["isub"] = "op_SubtractionAssignment", ["imul"] = "op_MultiplicationAssignment",
        ["itruediv"] = "op_DivisionAssignment", ["imod"] = "op_ModulusAssignment", ["iand"] = "op_BitwiseAndAssignment",
        ["ior"] = "op_BitwiseOrAssignment", ["ixor"] = "op_ExclusiveOrAssignment", ["ilshift"] = "op_LeftShiftAssignment", ["irshift"] = "op_RightShiftAssignment",
        ["neg"] = "op_UnaryNegation", ["pos"] = "op_UnaryPlus", ["invert"] = "op_OnesComplement",
    };

    private static readonly Dictionary<string, string> s_methods = new()
    {
        ["pow"] = "pow", ["matmul"] = "matmul", ["floordiv"] = "floor_divide", ["abs"] = "abs",
        ["ipow"] = "pow_", ["ifloordiv"] = "floor_divide_",
    };

    private static readonly Dictionary<string, Overload[]> s_found = [];

    internal static object? Call(string name, IReadOnlyList<object?> arguments)
    {
        name = name.TrimEnd('_');
        if (name == "getitem") return Invoke("torch.Tensor.get_Item", [arguments[0], .. Index(arguments[1])]);
        if (name == "setitem") return SetItem((Tensor)arguments[0]!, arguments[1], arguments[2]);
        if (name is "len") return ((Tensor)arguments[0]!).Length;
        if (name is "float") return (double)(Tensor)arguments[0]!;
        if (name is "int") return (long)(Tensor)arguments[0]!;
        if (name is "bool") return (bool)(Tensor)arguments[0]!;
        if (s_methods.TryGetValue(name, out string? method)) return Binder.Invoke(new PythonCall("Tensor." + method, arguments, []));
        if (s_binary.TryGetValue(name, out string? op)) return Operator(op, arguments);
        if (name.Length > 1 && name[0] == 'r')
        {
            object?[] swapped = [arguments[1], arguments[0]];
            string forward = name[1..];
            // Python's __rpow__ makes a constant of its other argument.
            if (forward == "pow" && swapped[0] is Tensor constant) swapped[0] = constant.detach();
            if (s_binary.TryGetValue(forward, out op)) return Operator(op, swapped);
            if (s_methods.TryGetValue(forward, out method)) return Binder.Invoke(new PythonCall("torch." + method, swapped, []));
        }
        throw new UnsupportedException($"operator {name} does not exist");
    }

    private static object? Operator(string op, IReadOnlyList<object?> arguments)
    {
        Overload[] overloads;
        lock (s_found)
        {
            if (!s_found.TryGetValue(op, out overloads!))
                s_found[op] = overloads = [.. typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)
                    .Where(m => m.Name == op).Select(Binder.FromMethod).OfType<Overload>()];
        }
        if (overloads.Length == 0) throw new UnsupportedException($"{op} does not exist");
        bool inPlace = overloads[0].IsInstance;
        object? result = Binder.Call(op, overloads, arguments[0], inPlace, new PythonCall(op, arguments, []));
        return inPlace ? arguments[0] : result;
    }

    private static object? Invoke(string name, object?[] arguments)
    {
        Overload[] overloads = BindingTable.Find(name) ?? throw new UnsupportedException($"{name} does not exist");
        return Binder.Call(name, overloads, arguments[0], true, new PythonCall(name, arguments, []));
    }

    /// <summary><c>x[index] = value</c>.</summary>
    internal static Tensor SetItem(Tensor tensor, object? index, object? value)
    {
        Overload[] overloads = BindingTable.Find("torch.Tensor.set_Item") ?? throw new UnsupportedException("indexed assignment does not exist");
        string[] names = [.. overloads[0].Parameters.Select(p => p.Name)];
        Binder.Call("setitem", overloads, tensor, true, new PythonCall("setitem", [tensor], [(names[0], new PyList(Index(index), true)), (names[1], value)]));
        return tensor;
    }

    /// <summary>The parts of an index, as the .NET values that convert to our index type.</summary>
    private static object?[] Index(object? index) => index switch
    {
        PyList { IsTuple: true } parts => [.. parts.Select(Part)],
        // A list that holds lists counts as a tuple, as in NumPy of old.
        PyList parts when parts.Any(p => p is PyList or PySlice or PyEllipsis or Tensor or null) => [.. parts.Select(Part)],
        _ => [Part(index)],
    };

    private static object? Part(object? part) => part switch
    {
        null => Static("None"),
        PyEllipsis => Static("Ellipsis"),
        PySlice slice => Binder.Invoke(new PythonCall("torch.Slice", [slice.Start, slice.Stop, slice.Step], [])),
        PyList { IsTuple: false, Count: 0 } => (TensorIndex)Array.Empty<long>(),
        PyList list when list.All(x => x is bool) => (TensorIndex)list.Select(x => (bool)x!).ToArray(),
        PyList list when list.All(x => x is long) => (TensorIndex)list.Select(x => (long)x!).ToArray(),
        PyList list => Binder.Invoke(new PythonCall("torch.tensor", [list], [])),
        _ => part,
    };

    private static object? Static(string name)
    {
        Overload[] found = BindingTable.Find("torch." + name) ?? throw new UnsupportedException($"torch.{name} does not exist");
        return found[0].Call([]);
    }
}
