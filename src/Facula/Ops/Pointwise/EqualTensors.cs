namespace Facula.Ops;

[CompositeOp("equal")]
internal static partial class EqualTensors
{
    /// <summary>Tests whether two tensors have the same shape and the same elements.</summary>
    static bool Compose(Tensor input, Tensor other)
    {
        if (input.SizesRef != other.SizesRef) return false;
        Check.That(input.DType == other.DType, $"Expected object of data type {input.DType.LegacyName} but got data type {other.DType.LegacyName} for argument 'other'");
        return !(bool)Any.Call(Ne.Call(input, other)).item();
    }
}
