namespace Facula.Modules;

/// <summary>Pads (N, C, H, W) with a number; padding lists the last dimension first.</summary>
[Factory("torch.nn")]
public class ConstantPad2d(Dims padding, Scalar value) : nn.Module<Tensor, Tensor>
{
    public long[] padding { get; } = PoolNumbers.Fill(padding, 4, 0);
    public Scalar value { get; } = value;

    public override Tensor forward(Tensor input) => nn.functional.pad(input, padding, "constant", value.ToDouble());

    public override string extra_repr() => $"padding={PythonText.Tuple(padding)}, value={value}";
}
