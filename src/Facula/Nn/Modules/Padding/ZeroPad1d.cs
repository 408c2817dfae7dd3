namespace Facula.Modules;

/// <summary>Pads (N, C, L) with zeros; padding lists the last dimension first.</summary>
[Factory("torch.nn")]
public class ZeroPad1d(Dims padding) : ConstantPad1d(padding, 0.0)
{
    public override string extra_repr() => PythonText.Tuple(padding);
}
