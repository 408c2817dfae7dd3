using System.Reflection;
using System.Runtime.CompilerServices;
using Facula.Testing.Binding;

namespace Facula.Golden.Tests;

/// <summary>The generated table says what the public surface says.</summary>
public class BindingTableTests
{
    [Theory]
    [InlineData(typeof(torch), "torch")]
    [InlineData(typeof(torch.Tensor), "torch.Tensor")]
    [InlineData(typeof(torch.autograd), "torch.autograd")]
    public void Methods_have_the_parameters_of_the_public_signatures(Type type, string container)
    {
        foreach (var group in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(Bounded).OfType<MethodInfo>()
            .Where(m => !m.IsSpecialName && !m.IsDefined(typeof(ObsoleteAttribute)) && m.GetCustomAttribute<OverloadResolutionPriorityAttribute>() is not { Priority: < -1 } && !m.ReturnType.IsByRefLike
                && m.GetParameters().All(p => !p.ParameterType.IsByRef && !p.ParameterType.IsPointer && (!p.ParameterType.IsByRefLike || p.ParameterType.Name is "ReadOnlySpan`1" or "Span`1")))
            .GroupBy(m => m.Name))
        {
            Overload[]? tabled = BindingTable.Find($"{container}.{group.Key}");
            Assert.True(tabled is not null, $"{container}.{group.Key} is missing");
            string[] expected = [.. group.Select(m => string.Join(",", m.GetParameters().Select(p => $"{p.Name}:{Filled(p.ParameterType)}:{p.HasDefaultValue}"))).Order(StringComparer.Ordinal)];
            string[] actual = [.. tabled!.Select(o => string.Join(",", o.Parameters.Select(p => $"{p.Name}:{p.Type}:{p.HasDefault}"))).Order(StringComparer.Ordinal)];
            Assert.Equal(expected, actual);
        }
    }

    // A generic method stands in the table with the classes that bound its parameters in their place, or not at all.
    private static MethodInfo? Bounded(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition) return method;
        Type?[] bounds = [.. method.GetGenericArguments().Select(t => t.GetGenericParameterConstraints().FirstOrDefault(c => c.IsClass && c != typeof(ValueType)))];
        return bounds.All(b => b is { ContainsGenericParameters: false }) ? method.MakeGenericMethod(bounds!) : null;
    }

    private static Type Filled(Type type) => type.IsByRefLike ? type.GetGenericArguments()[0].MakeArrayType() : type;
}
