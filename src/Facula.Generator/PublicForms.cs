using System.Collections.Generic;
using System.Linq;

namespace Facula.Generator;

/// <summary>Writes the public forms of an op: function, method, in place, <c>@out:</c>, with numbers, with separate sizes, with NumPy's names.</summary>
internal static class PublicForms
{
    private const string Tensor = "global::Facula.torch.Tensor";

    public static void Emit(SourceWriter w, OpModel op)
    {
        w.Line("namespace Facula");
        w.Line("{");
        var names = new List<AliasModel> { new() { Container = op.Container, Name = op.Name, Function = op.Function, Method = op.Method } };
        names.AddRange(op.Aliases);
        bool inPlace = op.InPlace || op.InPlaceByCopy;
        foreach (AliasModel name in names)
        {
            bool alias = name != names[0];
            if (name.Function)
            {
                int depth = w.OpenContainer(name.Container);
                if (op.Kind != "View" || op.Function || alias) Function(w, op, name.Name, op.Out && name.Out);
                if (inPlace && name.InPlace && op.Kind != "View") Forms(w, op, name.Name + "_", "CallInPlace", method: false, resultType: Tensor);
                for (int i = 0; i < depth; i++) w.Close();
            }
            if (name.Method && op.Inputs.Count > 0 && op.Inputs[0].Type == Tensor)
            {
                w.OpenContainer("torch");
                w.Open("public partial class Tensor");
                Forms(w, op, name.Name, "Call", method: true, resultType: ResultType(op));
                if (inPlace && name.InPlace) Forms(w, op, name.Name + "_", "CallInPlace", method: true, resultType: Tensor);
                w.Close();
                w.Close();
            }
        }
        w.Line("}");
    }

    private static string ResultType(OpModel op) => op.Kind == "Composite" ? op.ReturnType : op.TupleResult ? OpEmitter.TupleType(op) : Tensor;

    private static void Function(SourceWriter w, OpModel op, string name, bool withOut)
    {
        Forms(w, op, name, "Call", method: false, resultType: ResultType(op));
        ReductionTwin(w, op, name);
        if (!withOut) return;
        string outType = op.TupleResult ? OpEmitter.TupleType(op) : Tensor;
        foreach (List<(Parameter Shown, string Passed)> variant in NumberVariants(op))
        {
            var required = variant.Where(v => v.Shown.Default is null).Select(v => v.Shown.Declaration);
            var optional = variant.Where(v => v.Shown.Default is not null).Select(v => v.Shown.Declaration);
            var declarations = required.Concat(new[] { $"{outType} @out" }).Concat(optional);
            w.Docs(op.Docs, Bare(variant.Select(v => v.Shown)));
            // A number could be the tensor as well as a dimension: sum(x, 1) means the dimension.
            w.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]");
            w.Line($"public static {outType} {OpReader.Escape(name)}({string.Join(", ", declarations)}) => {Target(op)}.CallOut({string.Join(", ", variant.Select(v => v.Passed).Concat(new[] { "@out" }))});");
        }
    }

    /// <summary>A loss with TorchSharp's enumeration of reductions.</summary>
    private static void ReductionTwin(SourceWriter w, OpModel op, string name)
    {
        if (op.Kind != "Composite" || !op.Inputs.Any(p => p.Name == "reduction" && p.Type == "string" && p.Default is not null)) return;
        w.Docs(op.Docs, Bare(op.Inputs));
        w.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriority(-2)]");
        var declarations = op.Inputs.Select(p => p.Name == "reduction" ? EnumForms.Of("reduction", "")!.Value.Declaration("reduction") : p.Declaration);
        var passed = op.Inputs.Select(p => p.Name == "reduction" ? EnumForms.Passed("reduction") : p.Name);
        w.Line($"public static {ResultType(op)} {OpReader.Escape(name)}({string.Join(", ", declarations)}) => {Target(op)}.Call({string.Join(", ", passed)});");
    }

    private static HashSet<string> Bare(IEnumerable<Parameter> parameters) => new(parameters.Select(p => p.Name.TrimStart('@')));

    private static string Target(OpModel op) => op.ClassFullName;

    /// <summary>The plain signature and those in which a tensor argument is a number.</summary>
    private static IEnumerable<List<(Parameter Shown, string Passed)>> NumberVariants(OpModel op)
    {
        List<int> numbers = op.Inputs.Select((p, i) => (p, i)).Where(x => x.p.OrScalar).Select(x => x.i).ToList();
        for (int mask = 0; mask < 1 << numbers.Count; mask++)
        {
            var variant = new List<(Parameter, string)>();
            for (int i = 0; i < op.Inputs.Count; i++)
            {
                Parameter p = op.Inputs[i];
                int bit = numbers.IndexOf(i);
                bool number = bit >= 0 && (mask >> bit & 1) != 0;
                variant.Add(number
                    ? (new Parameter { Type = "global::Facula.Scalar", Name = p.Name }, $"{Tensor}.FromNumber({p.Name})")
                    : (p, p.Name));
            }
            yield return variant;
        }
    }

    private static void Forms(SourceWriter w, OpModel op, string name, string call, bool method, string resultType)
    {
        bool inPlace = call == "CallInPlace";
        foreach (List<(Parameter Shown, string Passed)> variant in NumberVariants(op))
        {
            if ((method || inPlace) && variant[0].Shown.Type == "global::Facula.Scalar") continue;
            Variants(w, op, name, call, method, resultType, variant);
        }
    }

    private static void Variants(SourceWriter w, OpModel op, string name, string call, bool method, string resultType, List<(Parameter Shown, string Passed)> variant)
    {
        var shown = (method ? variant.Skip(1) : variant).Select(v => v.Shown).ToList();
        string modifier = method ? "public" : "public static";
        string arguments = string.Join(", ", variant.Select((v, i) => method && i == 0 ? "this" : v.Passed));
        string escaped = OpReader.Escape(name);
        int variadic = shown.FindIndex(p => p.Variadic);
        w.Docs(op.Docs, Bare(shown));
        if (variadic >= 0) w.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriority(1)]");
        w.Line($"{modifier} {resultType} {escaped}({OpEmitter.Declarations(shown)}) => {Target(op)}.{call}({arguments});");
        if (variadic >= 0) Separate(w, op, escaped, call, method, resultType, variant, shown, variadic, modifier);
        if (op.NumpyNames && shown.Any(p => p.Name == "dim")) NumpyNamed(w, op, escaped, call, method, resultType, variant, modifier);
    }

    /// <summary><c>x.view(2, 3)</c>; with options behind, one overload for each of one to six numbers.</summary>
    private static void Separate(SourceWriter w, OpModel op, string name, string call, bool method, string resultType,
        List<(Parameter Shown, string Passed)> variant, List<Parameter> shown, int at, string modifier)
    {
        Parameter list = shown[at];
        var before = shown.Take(at).ToList();
        var after = shown.Skip(at + 1).ToList();
        if (before.Any(p => p.Default is not null) || after.Any(p => p.Default is null)) return;
        string Passed(string sizes, bool options) => string.Join(", ", variant.Select((v, i) =>
            method && i == 0 ? "this"
            : v.Shown.Name == list.Name ? sizes
            : !options && after.Any(a => a.Name == v.Shown.Name) ? "default(" + v.Shown.Type + ")"
            : v.Passed));
        string lead = before.Count == 0 ? "" : OpEmitter.Declarations(before) + ", ";
        string element = list.IsTensorList ? Tensor : "long";
        string Build(string items) => list.Type.EndsWith("Size") ? $"new global::Facula.torch.Size({items})"
            : $"global::Facula.{(list.IsTensorList ? "TensorListBuilder" : "DimsBuilder")}.Create({items})";
        var named = Bare(before.Concat(after));
        if (after.Count == 0) named.Add(list.Name.TrimStart('@'));
        w.Docs(op.Docs, named);
        if (after.Count == 0)
        {
            w.Line($"{modifier} {resultType} {name}({lead}params global::System.ReadOnlySpan<{element}> {list.Name}) => {Target(op)}.{call}({Passed(Build(list.Name), true)});");
            return;
        }
        string tail = ", " + OpEmitter.Declarations(after);
        for (int count = 1; count <= 6; count++)
        {
            var numbers = Enumerable.Range(0, count).Select(i => list.Name.TrimStart('@') + i).ToList();
            string joined = string.Join(", ", numbers);
            string from = Build(list.Type.EndsWith("Size") ? joined : $"[{joined}]");
            if (count > 1) w.Docs(op.Docs, named);
            w.Line($"{modifier} {resultType} {name}({lead}{string.Join(", ", numbers.Select(n => element + " " + n))}{tail}) => {Target(op)}.{call}({Passed(from, true)});");
        }
    }

    private static void NumpyNamed(SourceWriter w, OpModel op, string name, string call, bool method, string resultType,
        List<(Parameter Shown, string Passed)> variant, string modifier)
    {
        var parameters = new List<Parameter>();
        var passed = new List<string>();
        for (int i = 0; i < variant.Count; i++)
        {
            (Parameter p, string value) = variant[i];
            string renamed = p.Name == "dim" ? "axis" : p.Name == "keepdim" ? "keepdims" : p.Name;
            passed.Add(method && i == 0 ? "this" : renamed == "axis" ? (p.Type.EndsWith("Dims") ? "axis.Dims" : "axis.Single") : renamed == p.Name ? value : renamed);
            if (method && i == 0) continue;
            parameters.Add(new Parameter { Type = renamed == "axis" ? "global::Facula.Axis" : p.Type, Name = renamed, Default = p.Name == "dim" ? null : p.Default });
        }
        w.Docs(op.Docs.Replace("name=\"dim\"", "name=\"axis\"").Replace("name=\"keepdim\"", "name=\"keepdims\""), Bare(parameters));
        w.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]");
        w.Line($"{modifier} {resultType} {name}({OpEmitter.Declarations(parameters)}) => {Target(op)}.{call}({string.Join(", ", passed)});");
    }
}
