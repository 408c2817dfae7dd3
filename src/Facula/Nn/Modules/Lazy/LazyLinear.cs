namespace Facula.Modules;

/// <summary>A <see cref="Linear"/> that learns in_features from its first input.</summary>
[Factory("torch.nn")]
public class LazyLinear : Linear, ILazyModule
{
    private bool _ready;   // the first input has been seen

    public LazyLinear(long out_features, bool bias = true, Device? device = null, ScalarType? dtype = null) : base(0, out_features, bias, device, dtype) => Laziness.Announce();

    /// <inheritdoc/>
    public bool has_uninitialized_params() => Laziness.AnyOf(this);

    /// <inheritdoc/>
    public void initialize_parameters(Tensor input)
    {
        if (!has_uninitialized_params()) return;
        in_features = input.shape[^1];
        Laziness.Materialize(weight, out_features, in_features);
        Laziness.Materialize(bias, out_features);
        reset_parameters();
    }

    public override string GetName() => _ready ? nameof(Linear) : base.GetName();

    public override Tensor forward(Tensor input)
    {
        initialize_parameters(input);
        _ready = true;
        return base.forward(input);
    }
}
