namespace Facula.Ops;

[TensorOp("vector_norm", In = "torch.linalg", Method = false, Node = "LinalgVectorNormBackward0")]
internal static partial class VectorNorm
{
    /// <summary>Returns the vector norm of order <paramref name="ord"/> over all dimensions or those in <paramref name="dim"/>.</summary>
    static TensorSpec Infer(Tensor x, Scalar? ord = null, Dims dim = default, bool keepdim = false, ScalarType? dtype = null)
    {
        Check.That(x.DType.IsDifferentiable, $"linalg.vector_norm: Expected a floating point or complex tensor as input. Got {x.DType.LegacyName}");
        if (dtype is { } type)
        {
            Check.That(type.IsDifferentiable, $"linalg.vector_norm: dtype should be floating point or complex. Got {type.LegacyName}");
            Check.That(type.is_complex == x.DType.is_complex, $"linalg.vector_norm: dtype should be {(x.DType.is_complex ? "complex" : "real")} for {(x.DType.is_complex ? "complex" : "real")} inputs, but got {type.LegacyName}");
            Check.That(Promotion.Promote(x.DType, type) == type, $"linalg.vector_norm: the dtype of the input ({x.DType.LegacyName}) should be convertible without narrowing to the specified dtype ({type.LegacyName})");
        }
        double order = Order(ord);
        ulong mask = Reduce.Mask(x, dim, "vector_norm");
        if (x.Numel == 0 && (order < 0 || double.IsPositiveInfinity(order)))
        {
            Check.That(!dim.IsNone && dim.Count > 0, $"linalg.vector_norm cannot compute the {new Scalar?(order)} norm on an empty tensor because the operation does not have an identity");
            for (int i = 0; i < dim.Count; i++)
            {
                Check.That(x.Sizes[Check.Dim(dim[i], x.Rank)] != 0,
                    $"linalg.vector_norm cannot compute the {new Scalar?(order)} norm on the dimension {dim[i]} because this dimension is empty and the operation does not have an identity");
            }
        }
        return new(Reduce.Shape(x, mask, keepdim), (dtype ?? x.DType).ToReal(), x.device);
    }

    internal static double Order(Scalar? ord) => ord?.ToDouble() ?? 2;

    static void Compute(Tensor x, Scalar? ord, Dims dim, bool keepdim, ScalarType? dtype, Tensor result) =>
        Reduce.Norm(x.DType.is_complex ? x.detach().abs() : x, Reduce.Mask(x, dim, "vector_norm"), Order(ord), result);

    static Tensor? GradX(Tensor grad, Tensor x, Tensor result, Scalar? ord, Dims dim, bool keepdim) => Gradient(grad, x, result, Order(ord), dim, keepdim);

    internal static Tensor? Gradient(Tensor grad, Tensor input, Tensor result, double order, Dims dim, bool keepdim)
    {
        Tensor norm = Reduce.Restore(result, input.Rank, dim, keepdim), g = Reduce.Restore(grad, input.Rank, dim, keepdim);
        if (order == 0) return null;
        if (order == 1) return input.sgn() * g;
        if (order == 2) return g * (input / norm).masked_fill(norm.eq(0), 0);
        if (double.IsInfinity(order))
        {
            Tensor size = input.abs(), hits = size.eq(norm).logical_or(norm.isnan().logical_and(input.isnan()));
            return input.sgn() * (hits * g / hits.sum(Reduce.All(dim, input.Rank), keepdim: true));
        }
        if (order < 1)
        {
            Tensor power = input.abs().pow(order - 1).masked_fill(input.eq(0), 0);
            return input.sgn() * power * (g * norm.pow(1 - order));
        }
        if (order < 2) return input.sgn() * input.abs().pow(order - 1) * (g / norm.pow(order - 1)).masked_fill(norm.eq(0), 0);
        return input * input.abs().pow(order - 2) * (g / norm.pow(order - 1)).masked_fill(norm.eq(0), 0);
    }
}
