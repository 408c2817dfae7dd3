namespace Facula.Modules;

/// <summary>A <see cref="Conv1d"/> that learns in_channels from its first input.</summary>
[Factory("torch.nn")]
public class LazyConv1d : Conv1d, ILazyModule
{
    private bool _ready;   // the first input has been seen

    public LazyConv1d(long out_channels, Dims kernel_size, Dims stride = default, PaddingSize padding = default, Dims dilation = default, long groups = 1,
        bool bias = true, string padding_mode = "zeros", Device? device = null, ScalarType? dtype = null)
        : base(0, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, device, dtype) => Laziness.Announce();

    /// <inheritdoc/>
    public bool has_uninitialized_params() => Laziness.AnyOf(this);

    /// <inheritdoc/>
    public void initialize_parameters(Tensor input) => InferChannels(input);

    public override string GetName() => _ready ? nameof(Conv1d) : base.GetName();

    public override Tensor forward(Tensor input)
    {
        InferChannels(input);
        _ready = true;
        return base.forward(input);
    }
}
