namespace Facula.Modules;

/// <summary>A <see cref="InstanceNorm2d"/> that learns num_features from its first input.</summary>
[Factory("torch.nn")]
public class LazyInstanceNorm2d : InstanceNorm2d, ILazyModule
{
    private bool _ready;   // the first input has been seen

    public LazyInstanceNorm2d(double eps = 1e-5, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null)
        : base(0, eps, momentum, affine, track_running_stats, device, dtype) => Laziness.Announce();

    /// <inheritdoc/>
    public bool has_uninitialized_params() => Laziness.AnyOf(this);

    /// <inheritdoc/>
    public void initialize_parameters(Tensor input) => InferFeatures(input);

    public override string GetName() => _ready ? nameof(InstanceNorm2d) : base.GetName();

    public override Tensor forward(Tensor input)
    {
        InferFeatures(input);
        _ready = true;
        return base.forward(input);
    }
}
