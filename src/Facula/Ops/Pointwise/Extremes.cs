namespace Facula.Ops;

/// <summary>What the greater and the lesser of two share.</summary>
internal static class Extremes
{
    internal static TensorSpec Infer(Tensor input, Tensor other, string op)
    {
        Check.That(!input.DType.is_complex && !other.DType.is_complex, $"{op} not implemented for complex tensors.");
        TensorSpec spec = TensorSpec.Broadcast(input, other);
        if (other.IsWrappedNumber) NumberRange.Require(other, spec.DType);
        return spec;
    }

    /// <summary>The gradient goes to the winner, half to each of two equal ones; to both where one is NaN.</summary>
    internal static Tensor Share(Tensor grad, Tensor input, Tensor other, Tensor wins)
    {
        Tensor loses = (input == other).logical_or(wins).logical_or(input.isnan()).logical_or(other.isnan()).logical_not();
        return Derivatives.Where(loses.logical_not(), torch.where(input == other, grad / 2, grad));
    }
}
