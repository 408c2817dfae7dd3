namespace Facula.Modules;

/// <summary>Expands a dimension into several.</summary>
[Factory("torch.nn")]
public class Unflatten : nn.Module<Tensor, Tensor>
{
    public Unflatten(long dim, Size unflattened_size)
    {
        this.dim = dim;
        this.unflattened_size = unflattened_size;
    }

    public long dim { get; set; }
    public Size unflattened_size { get; set; }

    public override Tensor forward(Tensor input) => input.unflatten(dim, unflattened_size);

    public override string extra_repr() => $"dim={dim}, unflattened_size={PythonText.Tuple(unflattened_size.ToArray())}";
}
