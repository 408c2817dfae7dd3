using Facula.Testing.Binding;
using Facula.Testing.Golden;

namespace Facula.Testing;

/// <summary>
/// Generic tests of an operator over recorded inputs: gradients against finite differences, second gradients too, strided inputs,
/// and that the <c>out=</c> and in-place forms agree with the function.
/// </summary>
public static class OpSuite
{
    private const int MaxElements = 36;      // finite differences call the operator twice per element

    /// <summary>Whether the case is a plain differentiable or functional call that the generic tests apply to.</summary>
    public static bool Applies(GoldenCase c) => c.Suite == "ops" && c.Kind is "" or "method" && !c.Has("error") && !c.Has("rng") && !c.Has("manual_seed")
        && !c.Has("mutates") && !c.Has("compare") && c.Target is not ("torch.empty" or "torch.Tensor");

    /// <summary>Null when every generic test passes, else the first failure.</summary>
    public static string? Check(GoldenCase c)
    {
        object? reference = Call(c, c.Arguments(), c.Keywords());
        return Strided(c, reference, WithGaps, "strided inputs") ?? Strided(c, reference, Turned, "transposed inputs") ?? Out(c, reference) ?? InPlace(c, reference) ?? TurnedGradients(c) ?? Gradients(c);
    }

    private static object? Call(GoldenCase c, List<object?> arguments, List<(string, object?)> keywords) =>
        Binder.Invoke(new PythonCall(c.Target, arguments, keywords, c.ArgumentNames()));

    /// <summary>The call with every tensor laid out otherwise must give the same.</summary>
    private static string? Strided(GoldenCase c, object? reference, Func<Tensor, Tensor> layout, string name)
    {
        // The strides are part of the question there.
        if (c.Has("views") || c.Target is "torch.as_strided" or "Tensor.stride" or "Tensor.is_contiguous" or "Tensor.storage_offset" || c.Name.Contains("strided") || c.Name.Contains("contiguous")) return null;
        using (torch.no_grad())
        {
            object? result = Call(c, [.. c.Arguments().Select(a => LaidOut(a, layout))], [.. c.Keywords().Select(k => (k.Name, LaidOut(k.Value, layout)))]);
            return Differ(reference, result, c, name);
        }
    }

    private static object? LaidOut(object? value, Func<Tensor, Tensor> layout) => value switch
    {
        Tensor t => layout(t),
        PyList list => new PyList(list.Select(v => LaidOut(v, layout)), list.IsTuple) { Fields = list.Fields },
        _ => value,
    };

    /// <summary>The same elements, dense, with the dimensions in the opposite order in memory.</summary>
    private static Tensor Turned(Tensor tensor)
    {
        long[] strides = new Size([.. tensor.shape.ToArray().Reverse()]).ContiguousStrides().ToArray();
        Array.Reverse(strides);
        Tensor turned = Tensor.Allocate(tensor.shape, new Size(strides), tensor.dtype);
        turned.CopyRaw(tensor);
        return tensor.requires_grad ? turned.requires_grad_() : turned;
    }

    /// <summary>The same elements, every second of a larger memory, starting at the second.</summary>
    private static Tensor WithGaps(Tensor tensor)
    {
        Tensor memory = Tensor.Allocate([2 * tensor.Numel + 1], tensor.dtype);
        memory.FillRaw(0);
        long[] strides = new Size(tensor.shape.ToArray()).ContiguousStrides().ToArray();
        Tensor spread = memory.Alias(tensor.shape, new Size(strides.Select(s => 2 * s).ToArray()), 1);
        spread.CopyRaw(tensor);
        return spread;
    }

    private static string? Out(GoldenCase c, object? reference)
    {
        if (c.Keywords().Any(k => k.Name == "out") || c.Kind == "method" || !Has(c.Target, "out") || reference is not Tensor expected) return null;
        Tensor target = Tensor.Allocate(expected.shape, expected.dtype);
        target.FillRaw(1);
        using (torch.no_grad())
        {
            object? result;
            try
            {
                result = Call(c, c.Arguments(), [.. c.Keywords(), ("out", target)]);
            }
            catch (BindingException)
            {
                return null;        // this overload has no out form
            }
            if (!ReferenceEquals(result, target)) return "out=: the call does not return the tensor given";
            return Differ(reference, target, c, "out=");
        }
    }

    private static bool Has(string target, string parameter) =>
        BindingTable.Find(target)?.Any(o => o.Parameters.Any(p => p.Name == parameter)) == true;

    private static string? InPlace(GoldenCase c, object? reference)
    {
        List<object?> arguments = c.Arguments();
        if (reference is not Tensor expected || arguments.Count == 0 || arguments[0] is not Tensor first) return null;
        string name = c.Target[(c.Target.LastIndexOf('.') + 1)..];
        if (c.Target != "torch." + name && c.Target != "Tensor." + name) return null;
        if (first.dtype != expected.dtype || first.shape != expected.shape || BindingTable.Find("torch.Tensor." + name + "_") is null) return null;
        Tensor changed = first.detach().clone();
        arguments[0] = changed;
        using (torch.no_grad())
        {
            object? result;
            try
            {
                string[]? names = c.ArgumentNames();
                result = Binder.Invoke(new PythonCall("Tensor." + name + "_", arguments, c.Keywords(), names));
            }
            catch (BindingException)
            {
                return null;
            }
            return ReferenceEquals(result, changed) ? Differ(reference, changed, c, name + "_") : $"{name}_ does not return its tensor";
        }
    }

    private static string? Differ(object? expected, object? actual, GoldenCase c, string what)
    {
        var left = Python.Tensors(expected, "out").ToList();
        var right = Python.Tensors(actual, "out").ToList();
        if (left.Count != right.Count) return $"{what}: {right.Count} results instead of {left.Count}";
        foreach ((var e, var a) in left.Zip(right))
        {
            if (e.Tensor.dtype != a.Tensor.dtype || e.Tensor.shape != a.Tensor.shape) return $"{what}: {a.Tensor.dtype}{a.Tensor.shape} instead of {e.Tensor.dtype}{e.Tensor.shape}";
            byte[] x = Tensors.Read(e.Tensor), y = Tensors.Read(a.Tensor);
            if (x.AsSpan().SequenceEqual(y)) continue;
            if (!e.Tensor.dtype.IsDifferentiable) return $"{what}: values differ";
            if (Comparison.Close(Tensors.Widen(e.Tensor.dtype, x), Tensors.Widen(e.Tensor.dtype, y), c.Number("rtol"), c.Number("atol"), what) is { } difference) return difference;
        }
        return null;
    }

    /// <summary>The gradients with every tensor transposed in memory must be the same.</summary>
    private static string? TurnedGradients(GoldenCase c) => c.Has("grads") && !c.Has("views")
        ? Differ(Slopes(c, static t => t), Slopes(c, Turned), c, "gradients of transposed inputs")
        : null;

    private static PyList Slopes(GoldenCase c, Func<Tensor, Tensor> layout)
    {
        List<object?> arguments = [.. c.Arguments().Select(a => LaidOut(a, layout))];
        List<(string Name, object? Value)> keywords = [.. c.Keywords().Select(k => (k.Name, LaidOut(k.Value, layout)))];
        Tensor[] leaves = [.. Leaves(new PyList(arguments, false)).Concat(keywords.SelectMany(k => Leaves(k.Value)))];
        Tensor[] outputs = [.. Python.Tensors(Call(c, arguments, keywords), "out").Select(t => t.Tensor).Where(t => t.requires_grad)];
        Tensor[] weights = [.. outputs.Select(o => torch.arange(1, o.Numel + 1).cos().to(o.dtype).reshape(o.shape))];
        return new PyList(outputs.Length == 0 ? [] : torch.autograd.grad(outputs, leaves, weights, allow_unused: true)!, false);
    }

    private static string? Gradients(GoldenCase c)
    {
        if (!c.Has("grads") || c.Text("dtype") is not ("float64" or "complex128")) return null;
        List<object?> arguments = c.Arguments();
        List<(string Name, object? Value)> keywords = c.Keywords();
        Tensor[] leaves = [.. Leaves(new PyList(arguments, false)).Concat(keywords.SelectMany(k => Leaves(k.Value)))];
        if (leaves.Length == 0 || leaves.Sum(l => l.Numel) > MaxElements || leaves.Any(l => l.dtype != torch.float64 && l.dtype != torch.complex128 || l.stride().Any(s => s == 0))) return null;
        Tensor[] Function(Tensor[] _) => [.. Python.Tensors(Call(c, MatrixDomain.Project(c, arguments), keywords), "out").Select(t => t.Tensor)];
        Tensor[] outputs = Function(leaves);
        // Finite differences of a result in single precision are noise.
        if (outputs.Sum(t => t.Numel) > MaxElements || outputs.Any(t => t.requires_grad && t.dtype != torch.float64 && t.dtype != torch.complex128)) return null;
        return Try("gradcheck", () => torch.autograd.gradcheck(Function, leaves))
            ?? (c.Has("gradgrad") ? Try("gradgradcheck", () => torch.autograd.gradgradcheck(Function, leaves)) : null);
    }

    private static IEnumerable<Tensor> Leaves(object? value) => Python.Tensors(value, "").Select(t => t.Tensor).Where(t => t.requires_grad);

    private static string? Try(string what, Func<bool> check)
    {
        try
        {
            return check() ? null : what + " fails";
        }
        catch (TorchException e)
        {
            return $"{what}: {e.Message.Replace('\n', ' ')}";
        }
    }
}
