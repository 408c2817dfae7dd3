namespace Facula.Modules;

/// <summary>Batch normalisation across processes; on one process it is batch normalisation.</summary>
[Factory("torch.nn")]
public class SyncBatchNorm(long num_features, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool track_running_stats = true, object? process_group = null, Device? device = null, ScalarType? dtype = null)
    : BatchNormLayer(num_features, eps, momentum, affine, track_running_stats, device, dtype)
{
    /// <summary>The processes that share statistics; one here.</summary>
    public object? process_group { get; } = process_group;

    private protected override void CheckInput(Tensor input)
    {
        if (input.ndim < 2) throw new ArgumentException($"expected at least 2D input (got {input.ndim}D input)");
    }
}
