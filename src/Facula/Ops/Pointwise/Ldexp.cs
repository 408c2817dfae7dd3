namespace Facula.Ops;

[CompositeOp("ldexp", InPlace = true, Out = true)]
internal static partial class Ldexp
{
    /// <summary>Returns input · 2 to the power <paramref name="other"/>, broadcast.</summary>
    static Tensor Compose(Tensor input, Tensor other) => Mul.Call(input, Pow.Call(Tensor.FromNumber(2.0), other));
}
