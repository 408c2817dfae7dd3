namespace Facula.Modules;

/// <summary>Pads (N, C, H, W) by mirroring; padding lists the last dimension first.</summary>
[Factory("torch.nn")]
public class ReflectionPad2d(Dims padding) : nn.Module<Tensor, Tensor>
{
    public long[] padding { get; } = PoolNumbers.Fill(padding, 4, 0);

    public override Tensor forward(Tensor input) => nn.functional.pad(input, padding, "reflect");

    public override string extra_repr() => PythonText.Tuple(padding);
}
