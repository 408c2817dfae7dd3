namespace Facula.Modules;

/// <summary>Divides each element by a power of the mean square of its neighbouring channels.</summary>
[Factory("torch.nn")]
public class LocalResponseNorm(long size, double alpha = 1e-4, double beta = 0.75, double k = 1.0) : nn.Module<Tensor, Tensor>
{
    public long size { get; } = size;
    public double alpha { get; } = alpha;
    public double beta { get; } = beta;
    public double k { get; } = k;

    public override Tensor forward(Tensor input) => nn.functional.local_response_norm(input, size, alpha, beta, k);

    public override string extra_repr() => $"{size}, alpha={PythonText.Float(alpha)}, beta={PythonText.Float(beta)}, k={PythonText.Float(k)}";
}
