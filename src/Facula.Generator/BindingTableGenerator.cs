using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Facula.Generator;

/// <summary>
/// Writes the table by which tests call Facula's public surface by name: parameters, defaults, and a delegate over an object array
/// (reflection cannot pass spans). Active in projects that set the property <c>FaculaBindingTable</c>.
/// </summary>
[Generator]
public sealed class BindingTableGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<bool> wanted = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue("build_property.FaculaBindingTable", out string? value) && value == "true");
        context.RegisterSourceOutput(context.CompilationProvider.Combine(wanted), static (output, input) =>
        {
            if (!input.Right) return;
            var groups = new SortedDictionary<string, List<string>>(System.StringComparer.Ordinal);
            foreach (IAssemblySymbol assembly in input.Left.SourceModule.ReferencedAssemblySymbols)
                if (assembly.Name is "Facula" or "Facula.Vision")
                    foreach (INamedTypeSymbol type in Types(assembly.GlobalNamespace)) Describe(type, groups);
            output.AddSource("BindingTable.g.cs", Write(groups));
        });
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is INamespaceSymbol space)
            {
                foreach (INamedTypeSymbol inner in Types(space)) yield return inner;
            }
            else if (member is INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public, IsGenericType: false } type
                && type.TypeKind is TypeKind.Class or TypeKind.Struct && !IsObsolete(type))
            {
                yield return type;
                foreach (INamedTypeSymbol inner in Types(type)) yield return inner;
            }
        }
    }

    private static void Describe(INamedTypeSymbol type, SortedDictionary<string, List<string>> groups)
    {
        string container = NameOf(type);
        bool tensor = container == "torch.Tensor";
        string full = Full(type);
        if (!type.IsAbstract && !type.IsStatic)
            foreach (IMethodSymbol constructor in type.InstanceConstructors.Where(IsCallable))
                Add(groups, container, false, constructor.Parameters, a => $"new {full}({a})", false);

        // torch.fft inherits its functions from a base class, because it has one of its own name.
        for (INamedTypeSymbol? level = type; level is not null && level.SpecialType != SpecialType.System_Object; level = type.IsAbstract ? level.BaseType : null)
        {
            foreach (ISymbol member in level.GetMembers())
            {
                if (member.DeclaredAccessibility != Accessibility.Public || IsObsolete(member) || (!member.IsStatic && !tensor)) continue;
                string name = container + "." + member.Name;
                string owner = member.IsStatic ? Full(level) : $"(({full})a[0]!)";
                switch (member)
                {
                    case IMethodSymbol { MethodKind: MethodKind.Ordinary } declared when Closed(declared) is { } method && IsCallable(method):
                        string types = method.IsGenericMethod ? $"<{string.Join(", ", method.TypeArguments.Select(Full))}>" : "";
                        Add(groups, name, !member.IsStatic, method.Parameters, a => $"{owner}.{Escape(method.Name)}{types}({a})", method.ReturnsVoid, result: method.ReturnType);
                        break;
                    case IPropertySymbol { IsIndexer: true } indexer when indexer.Parameters.All(p => IsPassable(p)) && IsResult(indexer.Type):
                        if (indexer.GetMethod is not null) Add(groups, container + ".get_Item", true, indexer.Parameters, a => $"{owner}[{a}]", false);
                        if (indexer.SetMethod is not null)
                            Add(groups, container + ".set_Item", true, indexer.SetMethod.Parameters,
                                a => $"{owner}[{a.Substring(0, a.LastIndexOf(", ("))}] = {a.Substring(a.LastIndexOf(", (") + 2)}", true);
                        break;
                    case IPropertySymbol { GetMethod.DeclaredAccessibility: Accessibility.Public } property when IsResult(property.Type):
                        Add(groups, name, !member.IsStatic, [], _ => $"{owner}.{Escape(property.Name)}", false, property: true);
                        if (property.SetMethod is { DeclaredAccessibility: Accessibility.Public, IsInitOnly: false })
                            Add(groups, container + ".set_" + property.Name, !member.IsStatic, property.SetMethod.Parameters, a => $"{owner}.{Escape(property.Name)} = {a}", true);
                        break;
                    case IFieldSymbol field when IsResult(field.Type):
                        Add(groups, name, !member.IsStatic, [], _ => $"{owner}.{Escape(field.Name)}", false, property: true);
                        break;
                }
            }
        }
    }

    private static void Add(SortedDictionary<string, List<string>> groups, string name, bool instance, IReadOnlyList<IParameterSymbol> parameters,
        System.Func<string, string> call, bool isVoid, bool property = false, ITypeSymbol? result = null)
    {
        int shift = instance ? 1 : 0;
        string arguments = string.Join(", ", parameters.Select((p, i) => (IsSpan(p.Type) ? $"({Full(p.Type)})" : "") + $"({ArrayFor(p.Type)})a[{i + shift}]!"));
        string described = string.Join(", ", parameters.Select(p =>
            $"new(\"{p.Name}\", typeof({ArrayFor(p.Type)}), {Bool(AcceptsNull(p))}, {Bool(p.IsParams)}, {Bool(p.HasExplicitDefaultValue)}, {Default(p)})"));
        string body = isVoid ? $"{{ {call(arguments)}; return null; }}" : call(arguments);
        if (!groups.TryGetValue(name, out List<string> list)) groups[name] = list = [];
        string fields = result is INamedTypeSymbol { IsTupleType: true } tuple
            ? ", [" + string.Join(", ", tuple.TupleElements.Select(e => $"\"{e.Name}\"")) + "]"
            : "";
        list.Add($"new({Bool(instance)}, {Bool(property)}, [{described}], static a => {body}{fields})");
    }

    private static string Write(SortedDictionary<string, List<string>> groups)
    {
        var w = new SourceWriter();
        w.Line("// <auto-generated/>");
        w.Line("#nullable enable");
        w.Line("#pragma warning disable");
        w.Line("namespace Facula.Testing.Binding;");
        w.Open("public static partial class BindingTable");
        const int chunk = 200;
        int parts = (groups.Count + chunk - 1) / chunk, index = 0;
        w.Open("static partial void Fill(global::System.Collections.Generic.Dictionary<string, global::System.Func<Overload[]>> table)");
        for (int i = 0; i < parts; i++) w.Line($"Fill{i}(table);");
        w.Close();
        for (int part = 0; part < parts; part++)
        {
            w.Open($"private static void Fill{part}(global::System.Collections.Generic.Dictionary<string, global::System.Func<Overload[]>> table)");
            foreach (string key in groups.Keys.Skip(part * chunk).Take(chunk)) w.Line($"table[\"{key}\"] = F{index++};");
            w.Close();
        }
        index = 0;
        foreach (KeyValuePair<string, List<string>> group in groups)
        {
            w.Line($"private static Overload[] F{index++}() =>");
            w.Line("[");
            foreach (string overload in group.Value) w.Line("    " + overload + ",");
            w.Line("];");
        }
        w.Close();
        return w.ToString();
    }

    /// <summary>PyTorch's path for what is nested in <c>torch</c> (<c>torch.nn.functional</c>), else the full name.</summary>
    private static string NameOf(INamedTypeSymbol type)
    {
        string name = type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
        foreach (string root in new[] { "Facula.torch", "Facula.torchvision" })
            if (name == root || name.StartsWith(root + ".")) return name.Substring("Facula.".Length).Replace("@", "");
        return name.Replace("@", "");
    }

    /// <summary>A generic method with the classes that bound its parameters in their place (<c>weight_norm</c> of any module); null where there are none.</summary>
    private static IMethodSymbol? Closed(IMethodSymbol method)
    {
        if (!method.IsGenericMethod) return method;
        var bounds = method.TypeParameters.Select(t => t.ConstraintTypes.FirstOrDefault(c => c.TypeKind == TypeKind.Class)).ToArray();
        return bounds.All(b => b is not null && !ContainsParameter(b)) ? method.Construct(bounds!) : null;
    }

    private static bool ContainsParameter(ITypeSymbol type) =>
        type is ITypeParameterSymbol || type is INamedTypeSymbol named && named.TypeArguments.Any(ContainsParameter);

    private static bool IsCallable(IMethodSymbol method) =>
        method.DeclaredAccessibility == Accessibility.Public && !IsObsolete(method) && !IsSecondChoice(method)
        && method.Parameters.All(IsPassable) && (method.ReturnsVoid || IsResult(method.ReturnType)) && !method.ReturnsByRef && !method.ReturnsByRefReadonly;

    private static bool IsPassable(IParameterSymbol p) =>
        p.RefKind is RefKind.None or RefKind.In && p.Type.TypeKind != TypeKind.Pointer && (!p.Type.IsRefLikeType || IsSpan(p.Type)) && p.Type.TypeKind != TypeKind.FunctionPointer;

    private static bool IsResult(ITypeSymbol type) => !type.IsRefLikeType && type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer);

    private static bool IsSpan(ITypeSymbol type) => type is INamedTypeSymbol { Name: "ReadOnlySpan" or "Span", Arity: 1 } && type.ContainingNamespace.Name == "System";

    private static string ArrayFor(ITypeSymbol type) => IsSpan(type) ? Full(((INamedTypeSymbol)type).TypeArguments[0]) + "[]" : Full(type);

    private static bool AcceptsNull(IParameterSymbol p) => p.NullableAnnotation == NullableAnnotation.Annotated
        || p.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || p.GetAttributes().Any(a => a.AttributeClass?.Name == "AllowNullAttribute");

    // Forms in other libraries' spelling, which only calls by those names should find.
    private static bool IsSecondChoice(IMethodSymbol method) =>
        method.GetAttributes().Any(a => a.AttributeClass?.Name == "OverloadResolutionPriorityAttribute" && a.ConstructorArguments[0].Value is < -1);

    private static bool IsObsolete(ISymbol symbol) => symbol.GetAttributes().Any(a => a.AttributeClass?.Name == "ObsoleteAttribute");

    private static string Full(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.UseSpecialTypes));

    private static string Bool(bool value) => value ? "true" : "false";

    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    private static string Default(IParameterSymbol p)
    {
        if (!p.HasExplicitDefaultValue) return "null";
        string type = Full(p.Type);
        object? value = p.ExplicitDefaultValue;
        if (value is null) return p.Type.IsValueType ? IsSpan(p.Type) ? $"System.Array.Empty<{Full(((INamedTypeSymbol)p.Type).TypeArguments[0])}>()" : $"default({type})" : "null";
        string literal = value switch
        {
            string s => SymbolDisplay.FormatLiteral(s, quote: true),
            bool b => Bool(b),
            double d => Real(d, "double", ""),
            float f => Real(f, "float", "f"),
            char c => SymbolDisplay.FormatLiteral(c, quote: true),
            System.IFormattable n => "(" + n.ToString(null, CultureInfo.InvariantCulture) + ")",
            _ => "null",
        };
        return $"(({type}){literal})";
    }

    private static string Real(double value, string type, string suffix) =>
        double.IsNaN(value) ? type + ".NaN"
        : double.IsInfinity(value) ? type + (value > 0 ? ".PositiveInfinity" : ".NegativeInfinity")
        : "(" + (type == "float" ? ((float)value).ToString("R", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture)) + (suffix.Length > 0 ? suffix : "d") + ")";
}
