namespace Facula.Modules;

/// <summary>Flattens a range of dimensions, all but the first unless said otherwise.</summary>
[Factory("torch.nn")]
public class Flatten : nn.Module<Tensor, Tensor>
{
    public Flatten(long start_dim = 1, long end_dim = -1)
    {
        this.start_dim = start_dim;
        this.end_dim = end_dim;
    }

    public long start_dim { get; set; }
    public long end_dim { get; set; }

    public override Tensor forward(Tensor input) => input.flatten(start_dim, end_dim);

    public override string extra_repr() => $"start_dim={start_dim}, end_dim={end_dim}";
}
