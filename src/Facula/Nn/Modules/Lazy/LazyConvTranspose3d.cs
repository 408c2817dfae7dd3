namespace Facula.Modules;

/// <summary>A <see cref="ConvTranspose3d"/> that learns in_channels from its first input.</summary>
[Factory("torch.nn")]
public class LazyConvTranspose3d : ConvTranspose3d, ILazyModule
{
    private bool _ready;   // the first input has been seen

    public LazyConvTranspose3d(long out_channels, Dims kernel_size, Dims stride = default, Dims padding = default, Dims output_padding = default, long groups = 1,
        bool bias = true, Dims dilation = default, string padding_mode = "zeros", Device? device = null, ScalarType? dtype = null)
        : base(0, out_channels, kernel_size, stride, padding, output_padding, groups, bias, dilation, padding_mode, device, dtype) => Laziness.Announce();

    /// <inheritdoc/>
    public bool has_uninitialized_params() => Laziness.AnyOf(this);

    /// <inheritdoc/>
    public void initialize_parameters(Tensor input) => InferChannels(input);

    public override string GetName() => _ready ? nameof(ConvTranspose3d) : base.GetName();

    public override Tensor forward(Tensor input, Size? output_size)
    {
        InferChannels(input);
        _ready = true;
        return base.forward(input, output_size);
    }
}
