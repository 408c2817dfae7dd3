using System.Globalization;
using Py = System.Collections.Generic.IReadOnlyList<object?>;

namespace Facula.Testing.Binding;

/// <summary>The small functions that cases name (<c>golden.f</c>), written with the public API by PyTorch's names.</summary>
public static partial class NamedFunctions
{
    private static readonly Dictionary<string, PyFunction> s_functions = [];
    private static readonly Dictionary<string, string[]> s_signatures = [];

    static NamedFunctions()
    {
        LearningRates();
        Differentiable();
        Operations();
        DataOrder();
        Programs();
        Custom();
    }

    /// <summary>The function of that name.</summary>
    public static PyFunction Find(string name) =>
        s_functions.TryGetValue(name, out PyFunction? function) ? function : throw new UnsupportedException($"golden.{name} does not exist");

    /// <summary>The arguments in the order of the function's parameters.</summary>
    internal static Py Order(string name, PythonCall call)
    {
        if (!s_signatures.TryGetValue(name, out string[]? signature)) return call.Arguments;
        var ordered = call.Arguments.Concat(new object?[signature.Length]).Take(Math.Max(signature.Length, call.Arguments.Count)).ToArray();
        foreach ((string key, object? value) in call.Keywords) ordered[Array.IndexOf(signature, key)] = value;
        return ordered;
    }

    private static void Add(string name, Func<object?[], object?> call, string signature = "", int arity = -1, bool many = false)
    {
        string[] names = signature.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        s_functions[name] = new PyFunction("golden." + name, call, names.Length > 0 ? names.Length : arity, many);
        if (names.Length > 0) s_signatures[name] = names;
    }

    /// <summary>Calls a target with positional arguments.</summary>
    internal static Tensor Call(string target, params object?[] arguments) => (Tensor)Binder.Invoke(new PythonCall(target, arguments, []))!;

    private static object? CallNamed(string target, object?[] arguments, params (string, object?)[] keywords) => Binder.Invoke(new PythonCall(target, arguments, keywords));

    internal static double Number(object? value) => value switch
    {
        long l => l,
        int i => i,
        double d => d,
        float f => f,
        bool b => b ? 1 : 0,
        Scalar s => s.ToDouble(),
        GroupOption option => option,
        Tensor t => t.item().ToDouble(),
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };

    private static PyList Tuple(params object?[] items) => new(items, true);

    private static void LearningRates()
    {
        Add("lr_inverse", a => 1 / (1 + Number(a[0])), arity: 1);
        Add("lr_power", a => Math.Pow(0.95, Number(a[0])), arity: 1);
        Add("lr_const095", _ => 0.95, arity: 1);
        Add("scale_half", a => 1 / Math.Pow(2, Number(a[0]) - 1), arity: 1);
    }

    private static void Differentiable()
    {
        static Tensor T(object? x) => (Tensor)x!;
        static Tensor Sum(Tensor x) => Call("Tensor.sum", x);
        static Tensor From(Tensor x, object? start, object? stop) => (Tensor)Operators.Call("getitem", [x, new PySlice(start, stop, null)])!;
        Add("l1_distance", a => Call("Tensor.sum", Call("Tensor.abs", T(a[0]) - T(a[1])), -1L), arity: 2);
        Add("double_gradient", a => T(a[0]) * 2, arity: 1);
        Add("clamp_gradient", a => Call("Tensor.clamp", a[0], -1L, 1L), arity: 1);
        Add("sum_squares", a => Sum(T(a[0]) * T(a[0])), arity: 1);
        Add("exp_sum_rows", a => Call("Tensor.sum", Call("Tensor.exp", a[0]), 1L), arity: 1);
        Add("poly2", a => Call("Tensor.pow", a[0], 3L) * 2 + T(a[0]) * 3 * T(a[1]) - Call("Tensor.pow", a[1], 2L), arity: 2);
        Add("sin_dot", a => Sum(Call("Tensor.sin", a[0]) * Call("Tensor.cos", a[1])), arity: 2);
        Add("tanh_matmul", a => Sum(Call("torch.tanh", Call("Tensor.matmul", a[0], Call("Tensor.t", a[0])))), arity: 1);
        Add("log_softmax_loss", a => -Sum((Tensor)Operators.Call("getitem", [Call("torch.log_softmax", a[0], -1L), Tuple(PyEllipsis.Instance, 0L)])!), arity: 1);
        Add("rosenbrock", a =>
        {
            Tensor x = T(a[0]), head = From(x, null, -1L), tail = From(x, 1L, null);
            return Sum(Call("Tensor.pow", (Scalar)1 - head, 2L) + (Scalar)100 * Call("Tensor.pow", tail - Call("Tensor.pow", head, 2L), 2L));
        }, arity: 1);
        Add("quadratic", a =>
        {
            Tensor x = T(a[0]);
            var k = (Tensor)CallNamed("torch.arange", [1L, x.numel() + 1], ("dtype", x.dtype))!;
            return Sum(k * Call("Tensor.pow", x - 1, 2L)) * 0.5;
        }, arity: 1);
        Add("norm_ratio", a => Call("Tensor.div", Call("Tensor.norm", a[0]), Sum(Call("Tensor.abs", a[0])) + 1), arity: 1);
        Add("smooth_max", a => Sum(Call("Tensor.softmax", a[0], 0L) * T(a[0])), arity: 1);
        Add("two_outputs", a => Tuple(Call("Tensor.sin", a[0]), Call("Tensor.prod", a[0]) * From(T(a[0]), null, 2L)), arity: 1, many: true);
        Add("cumulative", a => Call("Tensor.cumprod", a[0], 0L) + Call("Tensor.flip", a[0], 0L), arity: 1);
        Add("weighted_order", a =>
        {
            object? sorted = Binder.Invoke(new PythonCall("Tensor.sort", [a[0], 0L], []));
            return Sum((Tensor)Python.Items(sorted)![0]! * Call("Tensor.cumsum", a[1], 0L));
        }, arity: 2);
        Add("outer_sum", a => Call("Tensor.sum", Call("Tensor.unsqueeze", a[0], 1L) * Call("Tensor.unsqueeze", a[1], 0L), 0L) + Call("Tensor.pow", a[0], 2L), arity: 2);
    }
}
