namespace Facula.Ops;

[CompositeOp("true_divide", InPlace = true, Out = true)]
internal static partial class TrueDivide
{
    /// <summary>Divides <paramref name="input"/> by <paramref name="other"/>, broadcast; integers divide as floats.</summary>
    static Tensor Compose(Tensor input, [OrScalar] Tensor other) => Div.Call(input, other);
}
