using System.Collections.Generic;
using System.Linq;

namespace Facula.Generator;

/// <summary>Writes the backward node: edges, exactly the saved values that the formulas ask for, and the calls of the formulas.</summary>
internal static class NodeEmitter
{
    private const string Tensor = "global::Facula.torch.Tensor";
    private const string Size = "global::Facula.torch.Size";
    private const string Spec = "global::Facula.TensorSpec";
    private const string DType = "global::Facula.torch.ScalarType";

    private sealed class Saved
    {
        public string Field = "", Source = "", FieldType = "", SaveExpression = "", ReadExpression = "";
        public bool FromOutput, IsTensor, IsList;
        public HashSet<string> Targets = new();
    }

    public static bool SavesOutputs(OpModel op) => Plan(op).Values.Any(s => s.FromOutput);

    /// <summary>Whether the node keeps the data (not just the shape) of this input.</summary>
    public static bool SavesInputData(OpModel op, string input) => Plan(op).Values.Any(s => s.IsTensor && !s.FromOutput && s.Source == input);

    public static void Emit(SourceWriter w, OpModel op)
    {
        Dictionary<string, Saved> plan = Plan(op);
        List<Parameter> targets = op.Inputs.Where(p => op.Grads.Any(g => g.Targets.Contains(p.Name))).ToList();
        Parameter? list = targets.FirstOrDefault(p => p.IsTensorList);
        w.Line();
        w.Open("internal sealed class Node : global::Facula.BackwardNode");
        foreach (Saved saved in plan.Values) w.Line($"private {saved.FieldType} {saved.Field} = default!;");
        if (list is not null) w.Line("private int _listCount;");
        if (op.NodeNameArguments is null) w.Line($"public override string Name => \"{op.Node}\";");
        else
        {
            w.Line("private string _name = \"\";");
            w.Line("public override string Name => _name;");
        }

        var inputs = op.Inputs.Select(p => new Parameter { Type = p.Type, Name = p.Name });
        w.Open($"internal void Prepare({OpEmitter.Declarations(inputs)}, {op.Inputs[0].Type} savedFirst)");
        if (list is not null)
        {
            w.Line($"_listCount = {list.Name}.Count;");
            w.Line($"SetEdgeCount({targets.Count - 1} + _listCount);");
        }
        else w.Line($"SetEdgeCount({targets.Count});");
        if (op.NodeNameArguments is { } named) w.Line($"_name = NodeName({string.Join(", ", named)});");
        foreach (Parameter target in targets)
        {
            string index = EdgeIndex(targets, target);
            if (target.IsTensorList) w.Line($"for (int i = 0; i < _listCount; i++) SetEdge({index} + i, {target.Name}[i]);");
            else w.Line($"SetEdge({index}, {target.Name});");
        }
        foreach (Saved saved in plan.Values.Where(s => !s.FromOutput)) Store(w, op, targets, saved);
        w.Close();

        if (plan.Values.Any(s => s.FromOutput))
        {
            w.Open($"internal void SaveOutputs({string.Join(", ", op.Outputs.Select(o => $"{Tensor} {o}"))})");
            foreach (Saved saved in plan.Values.Where(s => s.FromOutput)) Store(w, op, targets, saved);
            w.Close();
        }
        if (plan.Values.Any(s => s.IsTensor))
        {
            w.Open("internal override void Release()");
            foreach (Saved saved in plan.Values.Where(s => s.IsTensor))
                w.Line(saved.IsList ? $"Recording.Clear({saved.Field});" : $"{saved.Field}.Clear();");
            w.Close();
        }
        Backward(w, op, plan, targets);
        w.Close();
    }

    private static void Store(SourceWriter w, OpModel op, List<Parameter> targets, Saved saved)
    {
        string assign = $"{saved.Field} = {saved.SaveExpression};";
        bool always = !saved.IsTensor || saved.Targets.Count == targets.Count;
        if (always) w.Line(assign);
        else
        {
            string condition = string.Join(" || ", targets.Where(t => saved.Targets.Contains(t.Name)).Select(t => NeedsTarget(targets, t)));
            w.Line($"if ({condition}) {assign}");
        }
    }

    private static string EdgeIndex(List<Parameter> targets, Parameter target)
    {
        int before = targets.IndexOf(target);
        bool afterList = targets.Take(before).Any(p => p.IsTensorList);
        return afterList ? $"({before - 1} + _listCount)" : before.ToString();
    }

    private static string NeedsTarget(List<Parameter> targets, Parameter target) =>
        target.IsTensorList ? $"Recording.NeedsAny(this, {EdgeIndex(targets, target)}, _listCount)" : $"Needs({EdgeIndex(targets, target)})";

    private static void Backward(SourceWriter w, OpModel op, Dictionary<string, Saved> plan, List<Parameter> targets)
    {
        w.Open($"internal override void Backward(global::System.ReadOnlySpan<{Tensor}?> grads, global::System.Span<{Tensor}?> inputGrads)");
        if (op.Outputs.Count == 1) w.Line("if (grads[0] is null) return;");
        else w.Line("if (" + string.Join(" && ", op.Outputs.Select((_, i) => $"(grads.Length <= {i} || grads[{i}] is null)")) + ") return;");
        foreach (GradMethod grad in op.Grads)
        {
            var own = grad.Targets.Select(name => targets.First(t => t.Name == name)).ToList();
            w.Open($"if ({string.Join(" || ", own.Select(t => NeedsTarget(targets, t)))})");
            string call = $"{grad.Method}({string.Join(", ", grad.Parameters.Select(p => Argument(op, plan, targets, own, grad, p)))})";
            if (!grad.ReturnsTuple)
            {
                Parameter target = own[0];
                if (target.IsTensorList) w.Line($"Recording.CopyInto(inputGrads, {EdgeIndex(targets, target)}, {call});");
                else w.Line($"inputGrads[{EdgeIndex(targets, target)}] = {call};");
            }
            else
            {
                w.Line($"var computed = {call};");
                foreach (Parameter target in own)
                {
                    if (target.IsTensorList) w.Line($"Recording.CopyInto(inputGrads, {EdgeIndex(targets, target)}, computed.{target.Name});");
                    else w.Line($"inputGrads[{EdgeIndex(targets, target)}] = computed.{target.Name};");
                }
            }
            w.Close();
        }
        w.Close();
    }

    private static string Argument(OpModel op, Dictionary<string, Saved> plan, List<Parameter> targets, List<Parameter> own, GradMethod grad, Parameter p)
    {
        if (p.Type == "global::Facula.NeedsGrad")
            return "new global::Facula.NeedsGrad(" + string.Join(" | ", own.Select((t, i) => $"({NeedsTarget(targets, t)} ? {1UL << i}UL : 0UL)")) + ")";
        // Named after its input where the formula answers several gradients: sumWeight.
        if (p.Type == "global::Facula.GradientSum")
            return $"new global::Facula.GradientSum(this, {EdgeIndex(targets, own.Count == 1 ? own[0] : own.First(t => "sum" + OpReader.Pascal(t.Name) == p.Name))})";
        if (p.Name.StartsWith("grad") && op.Inputs.All(i => i.Name != p.Name))
        {
            int output = p.Name == "grad" ? 0 : op.Outputs.FindIndex(o => "grad" + OpReader.Pascal(o) == p.Name);
            if (output >= 0)
            {
                string value = output == 0 ? "grads[0]" : $"(grads.Length > {output} ? grads[{output}] : null)";
                if (p.IsNullableTensor) return value;
                return op.Outputs.Count == 1 ? "grads[0]!" : $"GradOrZeros({value}, {output})";
            }
        }
        return plan.TryGetValue(Key(p), out Saved? saved) ? saved.ReadExpression : $"/* unknown {p.Name} */ {p.Name}";
    }

    private static string Key(Parameter p) => p.Name + "|" + p.Type.TrimEnd('?');

    /// <summary>What must be kept: per formula parameter that is an input or an output, in the form that it asks for.</summary>
    private static Dictionary<string, Saved> Plan(OpModel op)
    {
        var plan = new Dictionary<string, Saved>();
        foreach (GradMethod grad in op.Grads)
        {
            foreach (Parameter p in grad.Parameters)
            {
                Parameter? input = op.Inputs.FirstOrDefault(i => i.Name == p.Name);
                bool output = input is null && op.Outputs.Contains(p.Name);
                if (input is null && !output) continue;
                string key = Key(p);
                if (!plan.TryGetValue(key, out Saved? saved)) plan[key] = saved = Make(op, p, input, output);
                foreach (string target in grad.Targets) saved.Targets.Add(target);
            }
        }
        return plan;
    }

    private static Saved Make(OpModel op, Parameter asked, Parameter? input, bool output)
    {
        string plain = asked.Name.TrimStart('@');
        // What is stored of the first input may be a clone: an in-place op overwrites the original.
        string source = input is not null && ReferenceEquals(input, op.Inputs[0]) ? "savedFirst" : asked.Name;
        bool list = input is { IsTensorList: true };
        bool tensor = output || (input is not null && (input.IsTensor || list));
        string type = asked.Type.TrimEnd('?');
        var saved = new Saved { Source = asked.Name, FromOutput = output, Field = "_" + plain };
        if (!tensor)
        {
            saved.FieldType = asked.Type;
            // Reference types are set before they are read.
            saved.Field = "_" + plain;
            saved.SaveExpression = source;
            saved.ReadExpression = saved.Field;
            if (!asked.Type.EndsWith("?")) saved.FieldType = asked.Type;
            if (asked.Type is "string" || asked.Type.EndsWith("[]")) { saved.FieldType += "?"; saved.ReadExpression += "!"; }
            return saved;
        }
        if (list)
        {
            if (type == "global::Facula.TensorList")
            {
                saved.IsTensor = saved.IsList = true;
                saved.FieldType = "global::Facula.SavedTensor[]?";
                saved.SaveExpression = $"Recording.Save({source})";
                saved.ReadExpression = $"Recording.Get(this, {saved.Field})";
            }
            else
            {
                saved.Field += "Specs";
                saved.FieldType = "global::Facula.TensorSpec[]?";
                saved.SaveExpression = $"Recording.Specs({source})";
                saved.ReadExpression = saved.Field + "!";
            }
            return saved;
        }
        bool nullable = input is { IsNullableTensor: true };
        if (type == Tensor)
        {
            saved.IsTensor = true;
            saved.FieldType = "global::Facula.SavedTensor";
            saved.SaveExpression = $"global::Facula.SavedTensor.Save({source}{(output ? ", true" : "")})";
            saved.ReadExpression = asked.IsNullableTensor ? $"{saved.Field}.GetOrNull(this)" : $"{saved.Field}.Get(this)";
        }
        else if (type == Size)
        {
            saved.Field += "Sizes";
            saved.FieldType = Size;
            saved.SaveExpression = nullable ? $"{source} is null ? default : {source}.shape" : $"{source}.shape";
            saved.ReadExpression = saved.Field;
        }
        else if (type == DType)
        {
            saved.Field += "DType";
            saved.FieldType = DType;
            saved.SaveExpression = $"{source}.dtype";
            saved.ReadExpression = saved.Field;
        }
        else
        {
            saved.Field += "Spec";
            saved.FieldType = Spec;
            saved.SaveExpression = nullable ? $"{source} is null ? default : global::Facula.TensorSpec.Saved({source})" : $"global::Facula.TensorSpec.Saved({source})";
            saved.ReadExpression = saved.Field;
        }
        return saved;
    }
}
