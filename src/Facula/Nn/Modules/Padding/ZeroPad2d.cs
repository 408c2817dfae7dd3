namespace Facula.Modules;

/// <summary>Pads (N, C, H, W) with zeros; padding lists the last dimension first.</summary>
[Factory("torch.nn")]
public class ZeroPad2d(Dims padding) : ConstantPad2d(padding, 0.0)
{
    public override string extra_repr() => PythonText.Tuple(padding);
}
