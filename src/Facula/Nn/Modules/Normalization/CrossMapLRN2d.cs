using Facula.Ops;

namespace Facula.Modules;

/// <summary>Local response normalisation of (N, C, H, W) over channels, as the older Torch had it.</summary>
[Factory("torch.nn")]
public class CrossMapLRN2d(long size, double alpha = 1e-4, double beta = 0.75, Scalar? k = null) : nn.Module<Tensor, Tensor>
{
    public long size { get; } = size;
    public double alpha { get; } = alpha;
    public double beta { get; } = beta;
    public Scalar k { get; } = k ?? 1;

    public override Tensor forward(Tensor input) => CrossMapLrn.Call(input, size, alpha, beta, k.ToDouble());

    public override string extra_repr() => $"{size}, alpha={PythonText.Float(alpha)}, beta={PythonText.Float(beta)}, k={k}";
}
