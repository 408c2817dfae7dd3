namespace Facula.Modules;

/// <summary>Logarithm of the softmax along a dimension.</summary>
[Factory("torch.nn")]
public class LogSoftmax : nn.Module<Tensor, Tensor>
{
    public LogSoftmax(long? dim = null)
    {
        this.dim = dim;
    }

    public long? dim { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.log_softmax(input, dim);

    public override string extra_repr() => $"dim={dim?.ToString() ?? "None"}";
}
