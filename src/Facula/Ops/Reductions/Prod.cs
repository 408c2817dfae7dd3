using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("prod")]
[NumpyNames]
internal static partial class Prod
{
    /// <summary>Returns the product of the elements, of all or along <paramref name="dim"/>; integers multiply in int64.</summary>
    static TensorSpec Infer(Tensor input, long? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
        new(Reduce.Shape(input, Reduce.Mask(input, dim, "prod"), keepdim), dtype ?? (input.DType.IsDifferentiable ? input.DType : ScalarType.Int64), input.device);

    static void Compute(Tensor input, long? dim, bool keepdim, ScalarType? dtype, Tensor result)
    {
        ulong mask = Reduce.Mask(input, dim, "prod");
        ScalarType type = Elementwise.Arithmetic(result.DType);
        switch (type.Code)
        {
            case TypeCode.Float32: Reduce.Fold<ProductFold<float>, float, float, float>(default, input, mask, result, type, type); break;
            case TypeCode.Float64: Reduce.Fold<ProductFold<double>, double, double, double>(default, input, mask, result, type, type); break;
            case TypeCode.Complex128: Reduce.Fold<ProductFold<Complex>, Complex, Complex, Complex>(default, input, mask, result, type, type); break;
            case TypeCode.Bool: Reduce.Fold<AllFold, byte, byte, byte>(default, input, mask, result, type, type); break;
            default: Reduce.Fold<ProductFold<long>, long, long, long>(default, input, mask, result, ScalarType.Int64, ScalarType.Int64); break;
        }
    }

    static string NodeName(long? dim) => dim is null ? "ProdBackward0" : "ProdBackward1";

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result, long? dim, bool keepdim)
    {
        grad = Reduce.Restore(grad.to(input.DType), input.Rank, dim, keepdim);
        if (input.Rank == 0) return grad;
        Tensor zero = input.detach().eq(0);
        if (!zero.any().Truth()) return grad * (Reduce.Restore(result.to(input.DType), input.Rank, dim, keepdim) / input).conj();
        if (GradMode.Enabled)
        {
            return dim is { } d
                ? grad * Others(input, Check.Dim(d, input.Rank)).conj()
                : grad * Reshape.Call(Others(Reshape.Call(input, [input.Numel]), 0), input.SizesRef).conj();
        }
        // One zero: only it has a gradient, the product of the others; several: nothing has.
        Tensor rest = Where.Call(zero, Tensor.FromScalar(1, input.DType), input), count = Sum.Call(zero, dim, keepdim: true);
        Tensor product = Prod.Call(rest, dim, keepdim: true), plain = product / rest;
        Tensor others = Where.Call(count.eq(0), plain, Where.Call(zero.logical_and(count.eq(1)), product, Tensor.FromScalar(0, input.DType)));
        return grad * others.conj();
    }

    // The products of all elements but one, for derivatives of any order: every element in turn is replaced by 1.
    private static Tensor Others(Tensor input, int dim)
    {
        long count = input.Sizes[dim];
        Tensor square = Expand.Call(Unsqueeze.Call(input, dim), input.SizesRef.Insert(dim, count));
        Tensor own = View.Call(torch.eye(count, dtype: ScalarType.Bool), Size.Repeat(1, input.Rank + 1).With(dim, count).With(dim + 1, count));
        return Prod.Call(Where.Call(own, Tensor.FromScalar(1, input.DType), square), dim + 1);
    }
}
