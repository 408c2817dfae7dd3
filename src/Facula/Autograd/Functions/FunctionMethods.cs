using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Facula;

/// <summary>The static methods <c>forward</c> and <c>backward</c> of a custom function's class, found once and called with whatever parameters they have.</summary>
internal sealed class FunctionMethods
{
    private readonly string _class;
    private readonly MethodInfo _forward, _backward;
    private readonly bool _once;

    internal FunctionMethods([DynamicallyAccessedMembers(torch.autograd.Function.Methods)] Type type)
    {
        _class = type.Name;
        _forward = Find(type, "forward");
        _backward = Find(type, "backward");
        _once = _backward.IsDefined(typeof(torch.autograd.function.once_differentiable));
    }

    private static MethodInfo Find([DynamicallyAccessedMembers(torch.autograd.Function.Methods)] Type type, string name)
    {
        const BindingFlags anyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;
        MethodInfo? method = type.GetMethod(name, anyStatic);
        ParameterInfo[] parameters = method?.GetParameters() ?? [];
        if (method is not null && parameters.Length > 0 && parameters[0].ParameterType.IsAssignableFrom(typeof(torch.autograd.Function.Context))) return method;
        throw new NotSupportedException($"You must implement the {name} function for custom autograd.Function: a static method {type.Name}.{name}(Context ctx, …).");
    }

    internal object? Forward(torch.autograd.Function.Context context, object?[] arguments) => Call(_forward, context, arguments);

    internal Tensor?[] Backward(torch.autograd.Function.Context context, Tensor?[] grads)
    {
        if (!_once) return TensorTuples.Flatten(Call(_backward, context, grads), _class + ".backward");
        Tensor?[] results;
        using (torch.no_grad()) results = TensorTuples.Flatten(Call(_backward, context, grads), _class + ".backward");
        if (!GradMode.Enabled || !grads.Any(g => g is { NeedsGrad: true })) return results;
        var node = new NotTwiceNode(grads);
        return Array.ConvertAll(results, r =>
        {
            if (r is null || !r.DType.IsDifferentiable) return r;
            Tensor guarded = r.detach();
            guarded.SetHistory(node);
            return guarded;
        });
    }

    private object? Call(MethodInfo method, torch.autograd.Function.Context context, object?[] arguments)
    {
        ParameterInfo[] parameters = method.GetParameters();
        var values = new object?[parameters.Length];
        values[0] = context;
        bool open = parameters[^1].ParameterType.IsArray && parameters.Length > 1
            && (parameters[^1].IsDefined(typeof(ParamArrayAttribute)) || parameters.Length == 2) && !(arguments.Length == parameters.Length - 1 && parameters[^1].ParameterType.IsInstanceOfType(arguments[^1]));
        int single = open ? parameters.Length - 1 : parameters.Length;
        if (!open && arguments.Length > parameters.Length - 1) throw WrongCount(method, parameters, arguments.Length);
        for (int i = 1; i < single; i++)
        {
            if (i <= arguments.Length) values[i] = Fit(arguments[i - 1], parameters[i]);
            else if (parameters[i].HasDefaultValue) values[i] = parameters[i].DefaultValue;
            else throw WrongCount(method, parameters, arguments.Length);
        }
        if (open) values[^1] = Rest(arguments.AsSpan(Math.Min(arguments.Length, single - 1)), parameters[^1]);
        return method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, values, CultureInfo.InvariantCulture);
    }

    private static Array Rest(ReadOnlySpan<object?> rest, ParameterInfo parameter)
    {
        if (parameter.ParameterType != typeof(Tensor[])) return rest.ToArray();
        var tensors = new Tensor[rest.Length];
        for (int i = 0; i < rest.Length; i++) tensors[i] = (Tensor)rest[i]!;
        return tensors;
    }

    /// <summary>Python passes an int where a float is wanted; boxed numbers need help.</summary>
    private static object? Fit(object? value, ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (value is null || type.IsInstanceOfType(value)) return value;
        if (type == typeof(Scalar))
        {
            return value switch
            {
                int i => (Scalar)i,
                long l => (Scalar)l,
                float f => (Scalar)f,
                double d => (Scalar)d,
                bool b => (Scalar)b,
                _ => value,
            };
        }
        return value is IConvertible && type.IsPrimitive ? Convert.ChangeType(value, type, CultureInfo.InvariantCulture) : value;
    }

    private ArgumentException WrongCount(MethodInfo method, ParameterInfo[] parameters, int given) =>
        new($"{_class}.{method.Name}() takes {parameters.Length - 1} arguments after ctx but {given} were given");
}
