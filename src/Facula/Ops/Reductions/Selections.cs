namespace Facula.Ops;

/// <summary>What the reductions to one selected element share.</summary>
internal static class Selections
{
    /// <summary>The shape without the dimension, which must not be empty.</summary>
    internal static Size Shape(string op, Tensor input, long dim, bool keepdim)
    {
        int d = Check.Dim(dim, input.Rank);
        if (input.Rank == 0) return default;
        Reduce.RequireElements(op, input, d);
        return keepdim ? input.SizesRef.With(d, 1) : input.SizesRef.Without(d);
    }

    /// <summary>The gradient at the selected places, zero elsewhere.</summary>
    internal static Tensor Select(Tensor grad, in Size input, Tensor indices, long dim, bool keepdim)
    {
        if (input.Rank == 0) return grad;
        if (!keepdim)
        {
            grad = Unsqueeze.Call(grad, Check.Dim(dim, input.Rank));
            indices = Unsqueeze.Call(indices, Check.Dim(dim, input.Rank));
        }
        int d = Check.Dim(dim, input.Rank);
        return Derivatives.Where(indices.eq(Positions(input, d)), grad);
    }

    /// <summary>0, 1, 2 … along the dimension, of extent 1 in the others.</summary>
    private static Tensor Positions(in Size size, int dim)
    {
        Tensor positions = Tensor.Allocate([size[dim]], ScalarType.Int64);
        for (long i = 0; i < size[dim]; i++) positions.SetElement(i, i);
        return View.Call(positions, Size.Repeat(1, size.Rank).With(dim, size[dim]));
    }

    /// <summary>The gradient divided among all elements equal to the result (all NaNs when it is NaN).</summary>
    internal static Tensor Distribute(Tensor grad, Tensor input, Tensor result)
    {
        Tensor hits = result.DType.is_floating_point && double.IsNaN(result.item().ToDouble()) ? input.isnan() : input.eq(result);
        return hits * (grad / hits.sum());
    }
}
