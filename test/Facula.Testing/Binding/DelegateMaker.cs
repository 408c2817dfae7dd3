using System.Linq.Expressions;
using System.Reflection;

namespace Facula.Testing.Binding;

/// <summary>Makes a delegate of any type from a function over Python values.</summary>
internal static class DelegateMaker
{
    private static readonly MethodInfo s_call = typeof(DelegateMaker).GetMethod(nameof(Call), BindingFlags.Static | BindingFlags.NonPublic)!;

    internal static int Make(PyFunction function, Type type, out object? result)
    {
        result = null;
        MethodInfo invoke = type.GetMethod("Invoke")!;
        ParameterExpression[] parameters = [.. invoke.GetParameters().Select(p => Expression.Parameter(p.ParameterType, p.Name))];
        if (parameters.Any(p => p.Type.IsByRefLike || p.IsByRef) || type.ContainsGenericParameters) return -1;
        Expression call = Expression.Call(s_call, Expression.Constant(function),
            Expression.NewArrayInit(typeof(object), parameters.Select(p => Expression.Convert(p, typeof(object)))), Expression.Constant(invoke.ReturnType));
        Expression body = invoke.ReturnType == typeof(void) ? Expression.Block(typeof(void), call) : Expression.Convert(call, invoke.ReturnType);
        result = Expression.Lambda(type, body, parameters).Compile();
        // A function of one list of tensors is called with its items as arguments.
        int cost = parameters.Length == function.Arity || function.Arity < 0 ? 0 : parameters is [var only] && Python.IsSequenceType(only.Type) ? 2 : -1;
        return cost < 0 ? -1 : cost + ResultCost(invoke.ReturnType, function);
    }

    private static int ResultCost(Type type, PyFunction function) => type == typeof(Tensor) ? function.ManyResults ? -1 : 0 : function.ManyResults ? 0 : 2;

    private static object? Call(PyFunction function, object?[] arguments, Type resultType)
    {
        if (arguments is [var only] && function.Arity != 1 && Python.Items(only) is { } items) arguments = [.. items];
        object? value = function.Call(arguments);
        if (resultType == typeof(void)) return null;
        if (Conversion.Convert(value, resultType, true, out object? converted) >= 0) return converted;
        if (Conversion.Convert(new PyList([value], true), resultType, true, out converted) >= 0) return converted;
        throw new BindingException($"{function.Name} gives {value?.GetType().Name}, which is no {resultType.Name}");
    }
}
