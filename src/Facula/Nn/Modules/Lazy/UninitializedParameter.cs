namespace Facula.Modules;

/// <summary>A parameter whose shape is not known yet; a lazy module gives it one at its first forward pass.</summary>
[Factory("torch.nn")]
public class UninitializedParameter : Parameter
{
    /// <summary>Holds no elements; keeps dtype and device for later.</summary>
    public UninitializedParameter(bool requires_grad = true, Device? device = null, ScalarType? dtype = null)
        : base(torch.empty(new Size(0), dtype: dtype, device: device), requires_grad)
    {
    }

    /// <summary>Whether the shape is still unknown.</summary>
    public bool is_lazy { get; private set; } = true;

    /// <summary>Takes memory of that shape, whose content is not defined; from now on it is a parameter like any other.</summary>
    public void materialize(Size shape, Device? device = null, ScalarType? dtype = null)
    {
        using GradModeScope _ = torch.no_grad();
        data = torch.empty(shape, dtype: dtype ?? this.dtype, device: device ?? this.device);
        is_lazy = false;
    }

    internal override Parameter Copy() => is_lazy ? new UninitializedParameter(requires_grad, device, dtype) : base.Copy();

    public override string ToString() => is_lazy ? "<UninitializedParameter>" : base.ToString();
}

/// <summary>A buffer whose shape is not known yet.</summary>
[Factory("torch.nn")]
public class UninitializedBuffer : Buffer
{
    /// <summary>Holds no elements; keeps dtype and device for later.</summary>
    public UninitializedBuffer(Device? device = null, ScalarType? dtype = null, bool persistent = true)
        : base(torch.empty(new Size(0), dtype: dtype, device: device), persistent)
    {
    }

    /// <summary>Whether the shape is still unknown.</summary>
    public bool is_lazy { get; private set; } = true;

    /// <summary>Takes memory of that shape, whose content is not defined.</summary>
    public void materialize(Size shape, Device? device = null, ScalarType? dtype = null)
    {
        using GradModeScope _ = torch.no_grad();
        data = torch.empty(shape, dtype: dtype ?? this.dtype, device: device ?? this.device);
        is_lazy = false;
    }

    public override string ToString() => is_lazy ? "<UninitializedBuffer>" : base.ToString();
}

/// <summary>A module that learns the sizes of its parameters from its first input.</summary>
public interface ILazyModule
{
    /// <summary>Whether a parameter or buffer still has no shape.</summary>
    bool has_uninitialized_params();

    /// <summary>Gives the parameters their shapes, from an input.</summary>
    void initialize_parameters(Tensor input);
}

/// <summary>What lazy modules share.</summary>
internal static class Laziness
{
    internal static bool IsLazy(Tensor? tensor) => tensor is UninitializedParameter { is_lazy: true } or UninitializedBuffer { is_lazy: true };

    internal static bool AnyOf(nn.Module module) => module.OwnParameters.Values.Any(IsLazy) || module.OwnBuffers.Values.Any(IsLazy);

    internal static void Announce() =>
        torch.warnings.warn("Lazy modules are a new feature under heavy development so changes to the API or functionality can happen at any moment.");

    internal static void Materialize(Tensor? tensor, params ReadOnlySpan<long> shape)
    {
        if (tensor is UninitializedParameter parameter) parameter.materialize(new Size(shape));
        else if (tensor is UninitializedBuffer buffer) buffer.materialize(new Size(shape));
    }
}
