using System.Text;

namespace Facula;

/// <summary>PyTorch's printed form of a tensor: <c>tensor([[1., 2.],\n        [3., 4.]], dtype=torch.float64)</c>.</summary>
internal sealed class TensorFormatter
{
    private const string Prefix = "tensor(";

    private readonly Tensor _tensor;
    private readonly PrintOptions _options;
    private readonly bool _summarize;
    private readonly ElementFormatter _first;           // of the numbers, or of the real parts
    private readonly ElementFormatter? _imaginary;

    private TensorFormatter(Tensor tensor, PrintOptions options)
    {
        _tensor = tensor;
        _options = options;
        _summarize = tensor.Numel > options.Threshold;
        List<Scalar> shown = [];
        Collect(0, 0, shown);
        if (tensor.DType.is_complex)
        {
            _first = new ElementFormatter(shown.Select(v => (Scalar)v.ToComplex().Real), true, options);
            _imaginary = new ElementFormatter(shown.Select(v => (Scalar)v.ToComplex().Imaginary), true, options);
        }
        else _first = new ElementFormatter(shown, tensor.DType.is_floating_point, options);
    }

    internal static string Format(Tensor tensor)
    {
        PrintOptions options = PrintOptions.Current;
        ScalarType standard = torch.get_default_dtype();
        List<string> suffixes = [];
        if (!tensor.device.IsCpu) suffixes.Add($"device='{tensor.device}'");
        string body = "[]";
        if (tensor.Numel == 0)
        {
            if (tensor.Rank != 1) suffixes.Add($"size=({string.Join(", ", tensor.shape.ToArray())})");
            if (tensor.DType != standard) suffixes.Add("dtype=" + tensor.DType);
        }
        else
        {
            bool usual = tensor.DType == standard || tensor.DType == standard.ToComplex() || tensor.DType == torch.int64 || tensor.DType == torch.@bool;
            if (!usual) suffixes.Add("dtype=" + tensor.DType);
            Tensor shown = tensor.device.IsCpu ? tensor.detach() : tensor.detach().to(torch.CPU);
            body = new TensorFormatter(shown, options).Body();
            GC.KeepAlive(shown);
        }
        if (tensor.grad_fn is { } node) suffixes.Add($"grad_fn=<{node.Name}>");
        else if (tensor.requires_grad) suffixes.Add("requires_grad=True");
        return WithSuffixes(Prefix + body, suffixes, options);
    }

    private static string WithSuffixes(string text, List<string> suffixes, PrintOptions options)
    {
        var result = new StringBuilder(text);
        int length = text.Length - text.LastIndexOf('\n') + 1;
        foreach (string suffix in suffixes)
        {
            if (length + suffix.Length + 2 > options.LineWidth)
            {
                result.Append(",\n").Append(' ', Prefix.Length).Append(suffix);
                length = Prefix.Length + suffix.Length;
            }
            else
            {
                result.Append(", ").Append(suffix);
                length += suffix.Length + 2;
            }
        }
        return result.Append(')').ToString();
    }

    /// <summary>The indices shown along a dimension, and where the dots stand among them (-1: none).</summary>
    private (List<long> Indices, int Dots) Shown(int dim)
    {
        long extent = _tensor.Sizes[dim];
        int edge = _options.EdgeItems;
        var indices = new List<long>();
        if (!_summarize || extent <= 2L * edge)
        {
            for (long i = 0; i < extent; i++) indices.Add(i);
            return (indices, -1);
        }
        for (long i = 0; i < edge; i++) indices.Add(i);
        for (long i = extent - edge; i < extent; i++) indices.Add(i);
        return (indices, edge);
    }

    private void Collect(int dim, long position, List<Scalar> values)
    {
        if (dim == _tensor.Rank)
        {
            values.Add(_tensor.GetElement(position));
            return;
        }
        foreach (long i in Shown(dim).Indices) Collect(dim + 1, position + i * _tensor.Strides[dim], values);
    }

    private string Body() => Write(0, 0, Prefix.Length);

    private string Write(int dim, long position, int indent)
    {
        if (dim == _tensor.Rank) return Element(position);
        (List<long> indices, int dots) = Shown(dim);
        long stride = _tensor.Strides[dim];
        bool vector = dim == _tensor.Rank - 1;
        List<string> parts = [.. indices.Select(i => vector ? Element(position + i * stride) : Write(dim + 1, position + i * stride, indent + 1))];
        if (dots >= 0) parts.Insert(dots, vector ? " ..." : "...");
        if (vector) return "[" + string.Join(",\n" + new string(' ', indent + 1), Lines(parts, indent)) + "]";
        string separator = "," + new string('\n', _tensor.Rank - 1 - dim) + new string(' ', indent + 1);
        return "[" + string.Join(separator, parts) + "]";
    }

    private IEnumerable<string> Lines(List<string> elements, int indent)
    {
        int width = _first.Width + 2 + (_imaginary is null ? 0 : _imaginary.Width + 1);
        int perLine = Math.Max(1, (int)Math.Floor((_options.LineWidth - indent) / (double)width));
        return elements.Chunk(perLine).Select(line => string.Join(", ", line));
    }

    private string Element(long position)
    {
        Scalar value = _tensor.GetElement(position);
        if (_imaginary is null) return _first.Format(value);
        string imaginary = (_imaginary.Format(value.ToComplex().Imaginary) + "j").TrimStart();
        return _first.Format(value.ToComplex().Real) + (imaginary[0] is '+' or '-' ? "" : "+") + imaginary;
    }
}
