namespace Facula.Ops;

[CompositeOp("allclose")]
internal static partial class AllClose
{
    /// <summary>Tests whether all elements are close in the sense of isclose.</summary>
    static bool Compose(Tensor input, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        !(bool)Any.Call(LogicalNot.Call(IsClose.Call(input, other, rtol, atol, equal_nan))).item();
}
