namespace Facula.Modules;

/// <summary>What convolutions and transposed convolutions share: settings, initialisation and the printed form.</summary>
public abstract class ConvolutionLayer : nn.Module<Tensor, Tensor>
{
    private protected readonly int Spatial;
    private readonly bool _transposed;
    private readonly Device? _device;
    private readonly ScalarType? _dtype;
    private readonly bool _hasBias;

    private protected ConvolutionLayer(int spatial, bool transposed, long in_channels, long out_channels, Dims kernel_size, Dims stride, PaddingSize padding,
        Dims dilation, Dims output_padding, long groups, bool bias, string padding_mode, Device? device, ScalarType? dtype)
    {
        Spatial = spatial;
        _transposed = transposed;
        _device = device;
        _dtype = dtype;
        _hasBias = bias;
        if (groups <= 0) throw new ArgumentException("groups must be a positive integer");
        if (in_channels % groups != 0) throw new ArgumentException("in_channels must be divisible by groups");
        if (out_channels % groups != 0) throw new ArgumentException("out_channels must be divisible by groups");
        if (padding.Name is not (null or "same" or "valid")) throw new ArgumentException($"Invalid padding string '{padding.Name}', should be one of {{'valid', 'same'}}");
        if (padding_mode is not ("zeros" or "reflect" or "replicate" or "circular"))
            throw new ArgumentException($"padding_mode must be one of {{'zeros', 'reflect', 'replicate', 'circular'}}, but got padding_mode='{padding_mode}'");
        if (transposed && padding_mode != "zeros") throw new ArgumentException($"Only \"zeros\" padding mode is supported for {GetName()}");
        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = Fill(kernel_size, 1);
        this.stride = Fill(stride, 1);
        if (padding.Name == "same" && this.stride.Any(s => s != 1)) throw new ArgumentException("padding='same' is not supported for strided convolutions");
        this.padding = Fill(padding.Numbers, 0);
        this.dilation = Fill(dilation, 1);
        this.output_padding = Fill(output_padding, 0);
        this.groups = groups;
        this.padding_mode = padding_mode;
        PaddingName = padding.Name;
        Initialize();
    }

    public long in_channels { get; protected set; }
    public long out_channels { get; }
    public long[] kernel_size { get; }
    public long[] stride { get; }
    public long[] padding { get; }
    public long[] dilation { get; }
    public long[] output_padding { get; }
    public long groups { get; }
    public string padding_mode { get; }

    private protected string? PaddingName { get; }

    /// <summary>The padding as the functions take it.</summary>
    private protected PaddingSize Border => PaddingName is { } name ? name : padding;

    /// <summary>The filters.</summary>
    public Parameter weight { get => Live(field); set; } = null!;

    /// <summary>One number per output channel, or null.</summary>
    public Parameter? bias { get => Live(field); set; }

    private long[] Fill(Dims value, long filler) =>
        value.IsNone ? Enumerable.Repeat(filler, Spatial).ToArray()
        : value.Count == 1 ? Enumerable.Repeat(value[0], Spatial).ToArray()
        : value.ToArray();

    private void Initialize()
    {
        if (this is ILazyModule)
        {
            weight = new UninitializedParameter(device: _device, dtype: _dtype);
            if (_hasBias) bias = new UninitializedParameter(device: _device, dtype: _dtype);
            return;
        }
        long first = _transposed ? in_channels : out_channels, second = (_transposed ? out_channels : in_channels) / groups;
        weight = new Parameter(torch.empty(new Size([first, second, .. kernel_size]), dtype: _dtype, device: _device));
        if (_hasBias) bias = new Parameter(torch.empty(new Size(out_channels), dtype: _dtype, device: _device));
        reset_parameters();
    }

    /// <summary>The part of a lazy layer: the channels of the first input give the parameters their shapes.</summary>
    private protected void InferChannels(Tensor input)
    {
        if (!Laziness.AnyOf(this)) return;
        if (input.ndim != Spatial + 1 && input.ndim != Spatial + 2)
            throw new TorchException($"Expected {Spatial + 1}D (unbatched) or {Spatial + 2}D (batched) input to {GetName()}, but got input of size: {input.shape}");
        in_channels = input.shape[input.ndim - Spatial - 1];
        if (in_channels % groups != 0) throw new ArgumentException("in_channels must be divisible by groups");
        long first = _transposed ? in_channels : out_channels, second = (_transposed ? out_channels : in_channels) / groups;
        Laziness.Materialize(weight, [first, second, .. kernel_size]);
        Laziness.Materialize(bias, out_channels);
        reset_parameters();
    }

    /// <summary>He's uniform initialisation with a = √5.</summary>
    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is null) return;
        (long fanIn, _) = nn.init.Fans(weight);
        if (fanIn == 0) return;
        double bound = 1 / Math.Sqrt(fanIn);
        nn.init.uniform_(bias, -bound, bound);
    }

    /// <summary>Pads as the padding mode says; pad lists the last dimension first.</summary>
    private protected Tensor PadInput(Tensor input)
    {
        var pad = new long[2 * Spatial];
        for (int d = 0; d < Spatial; d++)
        {
            long before = padding[d], after = padding[d];
            if (PaddingName == "same")
            {
                long total = dilation[d] * (kernel_size[d] - 1);
                (before, after) = (total / 2, total - total / 2);
            }
            else if (PaddingName == "valid") (before, after) = (0, 0);
            pad[2 * (Spatial - 1 - d)] = before;
            pad[2 * (Spatial - 1 - d) + 1] = after;
        }
        return nn.functional.pad(input, pad, padding_mode);
    }

    public override string extra_repr()
    {
        string text = $"{in_channels}, {out_channels}, kernel_size={PythonText.Tuple(kernel_size)}, stride={PythonText.Tuple(stride)}";
        if (PaddingName is not null) text += $", padding={PaddingName}";
        else if (padding.Any(p => p != 0)) text += $", padding={PythonText.Tuple(padding)}";
        if (dilation.Any(d => d != 1)) text += $", dilation={PythonText.Tuple(dilation)}";
        if (output_padding.Any(p => p != 0)) text += $", output_padding={PythonText.Tuple(output_padding)}";
        if (groups != 1) text += $", groups={groups}";
        if (!_hasBias) text += ", bias=False";
        if (padding_mode != "zeros") text += $", padding_mode={padding_mode}";
        return text;
    }
}
