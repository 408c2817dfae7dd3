namespace Facula.Modules;

/// <summary>Batch normalisation over (N, C) or (N, C, L).</summary>
[Factory("torch.nn")]
public class BatchNorm1d(long num_features, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null)
    : BatchNormLayer(num_features, eps, momentum, affine, track_running_stats, device, dtype)
{
    private protected override void CheckInput(Tensor input)
    {
        if (input.ndim is not (2 or 3)) throw new ArgumentException($"expected 2D or 3D input (got {input.ndim}D input)");
    }
}
