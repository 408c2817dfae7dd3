using System.Runtime.CompilerServices;

namespace Facula;

/// <summary>One row of a summary: a module as it was called.</summary>
public sealed class LayerInfo
{
    internal LayerInfo(nn.Module module, string name, int depth) => (this.module, var_name, this.depth) = (module, name, depth);

    /// <summary>The module.</summary>
    public nn.Module module { get; }

    /// <summary>Its name in the module around it.</summary>
    public string var_name { get; }

    /// <summary>How deep it lies in the model.</summary>
    public int depth { get; }

    /// <summary>Its number among the layers of that depth.</summary>
    public int depth_index { get; internal set; }

    /// <summary>The class's name.</summary>
    public string class_name => module.GetName();

    /// <summary>Shape of the first tensor that went in.</summary>
    public long[]? input_size { get; internal set; }

    /// <summary>Shape of the first tensor that came out; null where the module was not called.</summary>
    public long[]? output_size { get; internal set; }

    /// <summary>Bytes of all tensors that came out.</summary>
    public long output_bytes { get; internal set; }

    /// <summary>Elements of all parameters, here and within.</summary>
    public long num_params { get; internal set; }

    /// <summary>Those that train.</summary>
    public long trainable_params { get; internal set; }

    /// <summary>Multiply-adds of one forward pass, as torchinfo counts them.</summary>
    public long macs { get; internal set; }

    /// <summary>Whether nothing lies within.</summary>
    public bool is_leaf_layer { get; internal set; }

    /// <summary>Whether the module was called before.</summary>
    public bool is_recursive { get; internal set; }
}

/// <summary>Runs a model and notes its modules as they are called.</summary>
internal sealed class SummaryWalk(nn.Module model)
{
    private readonly Dictionary<nn.Module, (nn.Module? Parent, string Name, int Depth)> _places = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<nn.Module> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<nn.Module> _called = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<LayerInfo> _open = new();
    private readonly Dictionary<int, int> _numbers = [];

    internal List<LayerInfo> Layers { get; } = [];

    internal void Run(object?[] arguments)
    {
        Place(model, null, "", 0);
        var handles = new List<HookHandle>();
        try
        {
            foreach (nn.Module module in model.modules().ToArray())
            {
                handles.Add(module.register_forward_pre_hook((m, inputs) => Enter(m, inputs), prepend: true));
                handles.Add(module.register_forward_hook((m, _, result) => Leave(result)));
            }
            model.CallAny(arguments);
        }
        finally
        {
            foreach (HookHandle handle in handles) handle.remove();
        }
    }

    private void Place(nn.Module module, nn.Module? parent, string name, int depth)
    {
        if (!_places.TryAdd(module, (parent, name, depth))) return;
        foreach ((string child, nn.Module inner) in module.named_children()) Place(inner, module, child, depth + 1);
    }

    private void Enter(nn.Module module, object?[] inputs)
    {
        // Lists and dictionaries of modules are not called themselves: their rows come before their first member.
        var above = new Stack<nn.Module>();
        for (nn.Module? parent = _places[module].Parent; parent is not null && !_open.Any(o => ReferenceEquals(o.module, parent)); parent = _places[parent].Parent)
            if (!_seen.Contains(parent)) above.Push(parent);
        foreach (nn.Module container in above) Add(container);
        LayerInfo layer = Add(module);
        layer.is_recursive = !_called.Add(module);
        layer.input_size = FirstTensor(inputs)?.shape.ToArray();
        _open.Push(layer);
    }

    private LayerInfo Add(nn.Module module)
    {
        (_, string name, int depth) = _places[module];
        _seen.Add(module);
        var layer = new LayerInfo(module, name, depth)
        {
            depth_index = _numbers[depth] = _numbers.GetValueOrDefault(depth) + 1,
            is_leaf_layer = !module.children().Any(),
        };
        foreach (Tensor parameter in module.parameters())
        {
            layer.num_params += parameter.numel();
            if (parameter.requires_grad) layer.trainable_params += parameter.numel();
        }
        Layers.Add(layer);
        return layer;
    }

    private void Leave(object? result)
    {
        LayerInfo layer = _open.Pop();
        if (FirstTensor(result) is not { } output) return;
        layer.output_size = output.shape.ToArray();
        foreach (Tensor tensor in Tensors(result)) layer.output_bytes += tensor.numel() * tensor.dtype.itemsize;
        if (layer.is_leaf_layer) layer.macs = MultiplyAdds(layer);
    }

    // Each parameter is used once for each output position (convolutions) or sample (all others).
    private static long MultiplyAdds(LayerInfo layer)
    {
        long[] size = layer.output_size!;
        long times = size.Length == 0 ? 1 : size[0];
        if (layer.class_name.Contains("Conv", StringComparison.Ordinal))
            for (int d = 2; d < size.Length; d++) times *= size[d];
        return layer.module.parameters().Sum(p => p.numel()) * times;
    }

    private static Tensor? FirstTensor(object? value) => Tensors(value).FirstOrDefault();

    private static IEnumerable<Tensor> Tensors(object? value) => value switch
    {
        Tensor tensor => [tensor],
        nn.utils.rnn.PackedSequence packed => [packed.data],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Tensors(tuple[i])),
        System.Collections.IEnumerable items and not string => items.Cast<object?>().SelectMany(Tensors),
        _ => [],
    };
}
