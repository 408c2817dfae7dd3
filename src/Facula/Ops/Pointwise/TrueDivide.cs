namespace Facula.Ops;

[CompositeOp("true_divide", Out = true)]
internal static partial class TrueDivide
{
    /// <summary>Divides <paramref name="input"/> by <paramref name="other"/>, broadcast; integers divide as floats.</summary>
    static Tensor Compose(Tensor input, [OrScalar] Tensor other) => Div.Call(input, other);
}

[CompositeOp("true_divide_")]
internal static partial class TrueDivideInPlace
{
    /// <summary>Divides the tensor by <paramref name="other"/>, broadcast, in place.</summary>
    static Tensor Compose(Tensor input, [OrScalar] Tensor other) => Div.CallInPlace(input, other);
}
