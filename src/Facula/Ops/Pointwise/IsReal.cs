namespace Facula.Ops;

[CompositeOp("isreal")]
internal static partial class IsReal
{
    /// <summary>Tests whether each element has no imaginary part.</summary>
    static Tensor Compose(Tensor input)
    {
        if (input.DType.is_complex) return Eq.Call(Imag.Call(input), Tensor.FromNumber(0));
        Tensor result = TensorSpec.Like(input).As(ScalarType.Bool).Allocate();
        result.FillRaw(true);
        return result;
    }
}
