namespace Facula.Modules;

/// <summary>Pads (N, C, D, H, W) with zeros; padding lists the last dimension first.</summary>
[Factory("torch.nn")]
public class ZeroPad3d(Dims padding) : ConstantPad3d(padding, 0.0)
{
    public override string extra_repr() => PythonText.Tuple(padding);
}
