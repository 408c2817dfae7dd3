using System.Globalization;
using System.Text;

namespace Facula;

/// <summary>What <see cref="torchinfo"/> found out about a model; prints as a table.</summary>
public sealed class ModelStatistics
{
    private const int Margin = 5;
    private readonly string[] _columns, _rows;
    private readonly int _depth, _width;

    internal ModelStatistics(SummaryWalk walk, object?[] inputs, int depth, string[] columns, int width, string[] rows)
    {
        summary_list = walk.Layers;
        (_depth, _columns, _width, _rows) = (depth, columns, width, rows);
        foreach (string column in columns)
            if (!Titles.ContainsKey(column)) throw new ArgumentException($"Column {column} is not a valid column name; there are {string.Join(", ", Titles.Keys)}");
        total_input = inputs.OfType<Tensor>().Sum(t => t.numel() * t.dtype.itemsize);
        foreach (LayerInfo layer in walk.Layers.Where(l => l.is_leaf_layer))
        {
            total_mult_adds += layer.macs;
            // Twice, since training keeps a gradient as large.
            if (layer.num_params > 0) total_output_bytes += layer.output_bytes * 2;
        }
        foreach (Tensor parameter in walk.Layers[0].module.parameters())
        {
            total_params += parameter.numel();
            total_param_bytes += parameter.numel() * parameter.dtype.itemsize;
            if (parameter.requires_grad) trainable_params += parameter.numel();
        }
    }

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["input_size"] = "Input Shape",
        ["output_size"] = "Output Shape",
        ["num_params"] = "Param #",
        ["kernel_size"] = "Kernel Shape",
        ["mult_adds"] = "Mult-Adds",
        ["trainable"] = "Trainable",
    };

    /// <summary>The layers in the order of their calls.</summary>
    public IReadOnlyList<LayerInfo> summary_list { get; }

    /// <summary>Elements of all parameters.</summary>
    public long total_params { get; }

    /// <summary>Those that train.</summary>
    public long trainable_params { get; }

    /// <summary>Multiply-adds of one forward pass.</summary>
    public long total_mult_adds { get; }

    /// <summary>Bytes of the inputs.</summary>
    public long total_input { get; }

    /// <summary>Bytes of what layers with parameters put out, forward and backward.</summary>
    public long total_output_bytes { get; }

    /// <summary>Bytes of all parameters.</summary>
    public long total_param_bytes { get; }

    /// <summary>The table.</summary>
    public override string ToString()
    {
        LayerInfo[] shown = [.. summary_list.Where(l => l.depth <= _depth)];
        int nameWidth = shown.Max(l => Start(l.depth).Length + Name(l).Length);
        nameWidth = nameWidth >= 40 ? nameWidth + Margin : 40;
        string line = new('=', nameWidth + _columns.Length * _width);
        var text = new StringBuilder();
        text.Append(line).Append('\n').Append(Row("Layer (type" + (Shows("var_names") ? " (var_name)" : "") + (Shows("depth") ? ":depth-idx" : "") + ")", _columns.Select(c => Titles[c]), nameWidth));
        text.Append(line).Append('\n');
        foreach (LayerInfo layer in shown) text.Append(Row(Start(layer.depth) + Name(layer), _columns.Select(c => Cell(layer, c)), nameWidth));
        text.Append(line).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"Total params: {total_params:N0}\nTrainable params: {trainable_params:N0}\nNon-trainable params: {total_params - trainable_params:N0}\n");
        text.Append(Large("Total mult-adds", total_mult_adds)).Append('\n').Append(line).Append('\n');
        text.Append(Megabytes("Input size", total_input)).Append(Megabytes("Forward/backward pass size", total_output_bytes)).Append(Megabytes("Params size", total_param_bytes));
        text.Append(Megabytes("Estimated Total Size", total_input + total_output_bytes + total_param_bytes)).Append(line);
        return text.ToString();
    }

    private bool Shows(string setting) => _rows.Contains(setting);

    private static string Start(int depth) => depth == 0 ? "" : depth == 1 ? "├─" : string.Concat(Enumerable.Repeat("│    ", depth - 1)) + "└─";

    private string Name(LayerInfo layer) =>
        layer.class_name + (Shows("var_names") && layer.var_name.Length > 0 ? $" ({layer.var_name})" : "")
        + (Shows("depth") && layer.depth > 0 ? $": {layer.depth}-{layer.depth_index}" : "");

    private string Row(string name, IEnumerable<string> cells, int nameWidth) =>
        (name.PadRight(nameWidth) + " " + string.Concat(cells.Select(c => c.PadRight(_width) + " "))).TrimEnd() + "\n";

    private string Cell(LayerInfo layer, string column) => column switch
    {
        "input_size" => Shape(layer.input_size),
        "output_size" => Shape(layer.output_size),
        "num_params" => Parameters(layer),
        "kernel_size" => Kernel(layer),
        "mult_adds" => layer.macs > 0 ? layer.macs.ToString("N0", CultureInfo.InvariantCulture) : "--",
        _ => layer.num_params == 0 ? "--" : layer.trainable_params == layer.num_params ? "True" : layer.trainable_params == 0 ? "False" : "Partial",
    };

    private static string Shape(long[]? size) => size is null ? "--" : "[" + string.Join(", ", size) + "]";

    private static string Kernel(LayerInfo layer) => layer.module is Modules.ConvolutionLayer convolution
        ? Shape(convolution.kernel_size)
        : layer.is_leaf_layer && layer.module.named_parameters().FirstOrDefault(p => p.name == "weight").parameter is { } weight ? Shape(weight.shape.ToArray()) : "--";

    // Parameters that a container has beside its layers stand with the container; what does not train stands in brackets.
    private string Parameters(LayerInfo layer)
    {
        bool whole = layer.is_leaf_layer || layer.depth == _depth;
        Tensor[] own = [.. layer.module.parameters(recurse: whole)];
        long count = own.Sum(p => p.numel());
        if (count == 0) return "--";
        if (layer.is_recursive) return "(recursive)";
        string text = count.ToString("N0", CultureInfo.InvariantCulture);
        return own.Any(p => p.requires_grad) ? text : $"({text})";
    }

    private static string Large(string name, long number) => number switch
    {
        >= 1_000_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{name} (T): {number / 1e12:F2}"),
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{name} (G): {number / 1e9:F2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{name} (M): {number / 1e6:F2}"),
    };

    private static string Megabytes(string name, long bytes) => string.Create(CultureInfo.InvariantCulture, $"{name} (MB): {bytes / 1e6:F2}\n");
}
