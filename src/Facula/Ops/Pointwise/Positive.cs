namespace Facula.Ops;

[CompositeOp("positive")]
internal static partial class Positive
{
    /// <summary>Returns <paramref name="input"/> itself.</summary>
    static Tensor Compose(Tensor input)
    {
        Check.That(input.DType != ScalarType.Bool, $"The `+` operator, on a bool tensor is not supported.");
        return input;
    }
}
