using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Facula.Generator;

/// <summary>What an op class says about itself, as plain text: the emitter needs no symbols.</summary>
internal sealed class OpModel
{
    public string ClassName = "";
    public string ClassFullName = "";
    public string Kind = "";                // Tensor, View, Composite
    public string Name = "";
    public string Container = "torch";
    public bool Function = true, Method = true, InPlace, InPlaceByCopy, Out, Public = true, NumpyNames;
    public int Shares;                      // Sharing: the same elements, nothing, anything
    public string Node = "";
    public List<string>? NodeNameArguments; // of the method NodeName, where the name depends on the arguments
    public string Docs = "";
    public string ReturnType = "";          // of Compose
    public List<Parameter> Inputs = new();
    public List<string> Outputs = new();    // names; one or more
    public bool TupleResult;
    public List<GradMethod> Grads = new();
    public List<AliasModel> Aliases = new();
    public bool HasCompute;
    public bool TakesConjugates;            // its kernel reads and writes conjugate views itself
    public List<string>? CheckOut;          // what CheckOut asks for: arguments and @out

    public bool Differentiable => Grads.Count > 0;
}

internal sealed class Parameter
{
    public string Type = "";                // fully qualified, with ?
    public string Name = "";                // escaped when a keyword
    public string? Default;
    public bool OrScalar, Variadic;

    public bool IsTensor => Type is "global::Facula.torch.Tensor" or "global::Facula.torch.Tensor?";
    public bool IsNullableTensor => Type == "global::Facula.torch.Tensor?";
    public bool IsTensorList => Type == "global::Facula.TensorList";
    public string Declaration => Type + " " + Name + (Default is null ? "" : " = " + Default);
}

internal sealed class GradMethod
{
    public string Method = "";
    public List<string> Targets = new();    // names of the inputs it differentiates
    public List<Parameter> Parameters = new();
    public bool ReturnsTuple;
}

internal sealed class AliasModel
{
    public string Container = "", Name = "";
    public bool Function = true, Method = true, InPlace = true, Out = true;
}

/// <summary>Reads the model from the symbols of an op class.</summary>
internal static class OpReader
{
    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static OpModel? Read(INamedTypeSymbol type, AttributeData attribute, string kind)
    {
        var model = new OpModel
        {
            ClassName = type.Name,
            ClassFullName = type.ToDisplayString(s_full),
            Kind = kind,
            Name = (string)attribute.ConstructorArguments[0].Value!,
            Out = kind == "Tensor",
        };
        bool methodSet = false;
        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
        {
            object? value = named.Value.Value;
            switch (named.Key)
            {
                case "In": model.Container = (string)value!; break;
                case "Function": model.Function = (bool)value!; break;
                case "Method": model.Method = (bool)value!; methodSet = true; break;
                case "InPlace": model.InPlace = (bool)value!; break;
                case "InPlaceByCopy": model.InPlaceByCopy = (bool)value!; break;
                case "Shares": model.Shares = (int)value!; break;
                case "Out": model.Out = (bool)value!; break;
                case "Node": model.Node = (string)value!; break;
                case "Public": model.Public = (bool)value!; break;
                case "TakesConjugates": model.TakesConjugates = (bool)value!; break;
            }
        }
        if (!methodSet && model.Container != "torch") model.Method = false;
        foreach (AttributeData other in type.GetAttributes())
        {
            if (other.AttributeClass?.Name == "NumpyNamesAttribute") model.NumpyNames = true;
            if (other.AttributeClass?.Name != "AliasAttribute") continue;
            string qualified = (string)other.ConstructorArguments[0].Value!;
            int dot = qualified.LastIndexOf('.');
            var alias = new AliasModel { Container = qualified.Substring(0, dot), Name = qualified.Substring(dot + 1) };
            alias.Method = alias.Container == "torch";
            foreach (KeyValuePair<string, TypedConstant> named in other.NamedArguments)
            {
                bool value = (bool)named.Value.Value!;
                if (named.Key == "Function") alias.Function = value;
                if (named.Key == "Method") alias.Method = value;
                if (named.Key == "InPlace") alias.InPlace = value;
                if (named.Key == "Out") alias.Out = value;
            }
            model.Aliases.Add(alias);
        }

        string entry = kind == "Composite" ? "Compose" : "Infer";
        IMethodSymbol? infer = type.GetMembers(entry).OfType<IMethodSymbol>().FirstOrDefault();
        if (infer is null) return null;
        model.Docs = Docs(infer);
        model.ReturnType = infer.ReturnType.ToDisplayString(s_full);
        foreach (IParameterSymbol parameter in infer.Parameters) model.Inputs.Add(Read(parameter));
        if (infer.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            model.TupleResult = true;
            foreach (IFieldSymbol element in tuple.TupleElements) model.Outputs.Add(Escape(element.Name));
        }
        else model.Outputs.Add("result");

        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.Name == "Compute") model.HasCompute = true;
            if (method.Name == "CheckOut") model.CheckOut = method.Parameters.Select(p => Escape(p.Name)).ToList();
            if (!method.Name.StartsWith("Grad") || method.MethodKind != MethodKind.Ordinary || method.Parameters.Length == 0) continue;
            var grad = new GradMethod { Method = method.Name };
            foreach (IParameterSymbol parameter in method.Parameters) grad.Parameters.Add(Read(parameter));
            if (method.Name == "Grad")
            {
                if (method.ReturnType is not INamedTypeSymbol { IsTupleType: true } targets) continue;
                grad.ReturnsTuple = true;
                foreach (IFieldSymbol element in targets.TupleElements) grad.Targets.Add(Escape(element.Name));
            }
            else
            {
                Parameter? target = model.Inputs.FirstOrDefault(p => "Grad" + Pascal(p.Name) == method.Name);
                if (target is null) continue;
                grad.Targets.Add(target.Name);
            }
            model.Grads.Add(grad);
        }
        if (model.Node.Length == 0) model.Node = (model.Container == "torch.special" ? "Special" : "") + NodePascal(model.Name) + "Backward0";
        if (type.GetMembers("NodeName").OfType<IMethodSymbol>().FirstOrDefault() is { } nodeName)
            model.NodeNameArguments = nodeName.Parameters.Select(p => Escape(p.Name)).ToList();
        return model;
    }

    public static Parameter Read(IParameterSymbol symbol)
    {
        var parameter = new Parameter { Type = symbol.Type.ToDisplayString(s_full), Name = Escape(symbol.Name), Default = DefaultOf(symbol) };
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "OrScalarAttribute") parameter.OrScalar = true;
            if (attribute.AttributeClass?.Name == "VariadicAttribute") parameter.Variadic = true;
        }
        return parameter;
    }

    private static string? DefaultOf(IParameterSymbol symbol)
    {
        if (!symbol.HasExplicitDefaultValue) return null;
        object? value = symbol.ExplicitDefaultValue;
        switch (value)
        {
            case null: return "default";
            case bool flag: return flag ? "true" : "false";
            case string text: return Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, true);
            case double number when double.IsPositiveInfinity(number): return "double.PositiveInfinity";
            case double number when double.IsNegativeInfinity(number): return "double.NegativeInfinity";
            case double number when double.IsNaN(number): return "double.NaN";
            case double number: return number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "d";
            case float number: return number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "f";
            case char c: return Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(c, true);
        }
        string literal = System.Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
        if (symbol.Type.TypeKind == TypeKind.Enum) return "(" + symbol.Type.ToDisplayString(s_full) + ")" + literal;
        return literal;
    }

    public static string Docs(ISymbol symbol)
    {
        string xml = symbol.GetDocumentationCommentXml(expandIncludes: false) ?? "";
        int start = xml.IndexOf('>');
        int end = xml.LastIndexOf("</member>");
        if (start < 0 || end <= start) return "";
        return xml.Substring(start + 1, end - start - 1).Trim('\r', '\n');
    }

    public static string Escape(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) != Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? "@" + name : name;

    /// <summary>As libtorch capitalises: also a letter behind a digit (<c>log1p</c> → <c>Log1P</c>).</summary>
    public static string NodePascal(string name)
    {
        char[] letters = Pascal(name).ToCharArray();
        for (int i = 1; i < letters.Length; i++)
            if (char.IsDigit(letters[i - 1])) letters[i] = char.ToUpperInvariant(letters[i]);
        return new string(letters);
    }

    public static string Pascal(string name)
    {
        var parts = name.TrimStart('@').Split('_').Where(p => p.Length > 0).Select(p => char.ToUpperInvariant(p[0]) + p.Substring(1));
        return string.Concat(parts);
    }
}
