using System.Linq;
using Microsoft.CodeAnalysis;

namespace Facula.Generator;

/// <summary>
/// The public forms of an optimizer, which states each constructor once over <c>ParamGroupList</c>: users give it parameters, named parameters or groups.
/// </summary>
internal static class OptimizerForms
{
    private static readonly string[] s_forms =
    {
        "global::System.Collections.Generic.IEnumerable<global::Facula.torch.Tensor>",
        "global::System.Collections.Generic.IEnumerable<(string name, global::Facula.Modules.Parameter parameter)>",
        "global::System.Collections.Generic.IEnumerable<global::Facula.ParamGroup>",
    };

    public static bool Applies(IMethodSymbol constructor) => constructor.Parameters.Length > 0 && constructor.Parameters[0].Type.Name == "ParamGroupList";

    /// <summary>The factories <c>torch.optim.SGD(…)</c> of one constructor.</summary>
    public static void Factories(SourceWriter w, INamedTypeSymbol type, IMethodSymbol constructor, string name)
    {
        string full = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        // Names pick the constructor that the factory stands for.
        string arguments = string.Join(", ", constructor.Parameters.Select(p => Named(p)));
        foreach (string form in s_forms)
        {
            Head(w, type, constructor, form);
            w.Line($"public static {full} {name}({Declarations(constructor, form)}) => new {full}({arguments});");
        }
    }

    /// <summary>The public constructors, in a part of the class.</summary>
    public static void Constructors(SourceWriter w, INamedTypeSymbol type)
    {
        w.Line("}");
        w.Line($"namespace {type.ContainingNamespace.ToDisplayString()}");
        w.Line("{");
        w.Open($"public partial class {type.Name}");
        foreach (IMethodSymbol constructor in type.InstanceConstructors.Where(Applies))
        {
            string first = OpReader.Escape(constructor.Parameters[0].Name);
            string arguments = string.Concat(constructor.Parameters.Skip(1).Select(p => ", " + Named(p)));
            foreach (string form in s_forms)
            {
                Head(w, type, constructor, form);
                w.Line($"public {type.Name}({Declarations(constructor, form)}) : this({first}: global::Facula.ParamGroupList.Of({first}){arguments}) {{ }}");
            }
        }
        w.Close();
    }

    private static void Head(SourceWriter w, INamedTypeSymbol type, IMethodSymbol constructor, string form)
    {
        FactoryEmitter.Head(w, type, constructor);
        // The empty collection literal fits all forms.
        bool ranked = constructor.GetAttributes().Any(a => a.AttributeClass?.Name == "OverloadResolutionPriorityAttribute");
        if (form == s_forms[0] && !ranked) w.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriority(1)]");
    }

    private static string Named(IParameterSymbol p) => $"{OpReader.Escape(p.Name)}: {OpReader.Escape(p.Name)}";

    private static string Declarations(IMethodSymbol constructor, string form) =>
        form + " " + OpReader.Escape(constructor.Parameters[0].Name) + string.Concat(constructor.Parameters.Skip(1).Select(p => ", " + OpReader.Read(p).Declaration));
}
