namespace Facula.Modules;

/// <summary>Normalisation of each channel of each sample of (N, C, H, W) or (C, H, W).</summary>
[Factory("torch.nn")]
public class InstanceNorm2d(long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null, ScalarType? dtype = null)
    : NormLayer(num_features, eps, momentum, affine, track_running_stats, device, dtype)
{
    public override Tensor forward(Tensor input)
    {
        if (input.ndim is not (3 or 4)) throw new ArgumentException($"expected 3D or 4D input (got {input.ndim}D input)");
        bool batched = input.ndim == 4;
        Tensor result = nn.functional.instance_norm(batched ? input : input.unsqueeze(0), running_mean, running_var, weight, bias, training || !this.track_running_stats, this.momentum ?? 0, this.eps);
        return batched ? result : result.squeeze(0);
    }
}
