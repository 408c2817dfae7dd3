namespace Facula.Ops;

[CompositeOp("square", Out = true)]
internal static partial class Square
{
    /// <summary>Returns the square of each element.</summary>
    static Tensor Compose(Tensor input) => Pow.Call(input, Tensor.FromNumber(2));
}

[CompositeOp("square_")]
internal static partial class SquareInPlace
{
    /// <summary>Squares each element, in place.</summary>
    static Tensor Compose(Tensor input) => Pow.CallInPlace(input, Tensor.FromNumber(2));
}
