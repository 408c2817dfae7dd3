namespace Facula.Ops;

[CompositeOp("meshgrid", Method = false)]
internal static partial class Meshgrid
{
    /// <summary>Views that give each vector's value at every point of the grid; <paramref name="indexing"/> is "ij" or "xy".</summary>
    static Tensor[] Compose([Variadic] TensorList tensors, string? indexing = null)
    {
        Check.That(tensors.Count > 0, $"meshgrid expects a non-empty TensorList");
        if (indexing is null)
            torch.warnings.warn("torch.meshgrid: in an upcoming release, it will be required to pass the indexing argument.");
        Check.That(indexing is null or "ij" or "xy", $"torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: {indexing}");
        Tensor[] vectors = tensors.ToArray();
        bool swap = indexing == "xy" && vectors.Length >= 2;
        if (swap) (vectors[0], vectors[1]) = (vectors[1], vectors[0]);
        Span<long> shape = stackalloc long[vectors.Length];
        for (int i = 0; i < vectors.Length; i++)
        {
            Check.That(vectors[i].Rank <= 1, $"torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: {vectors[i].SizesRef.Brackets()}");
            Check.That(vectors[i].DType == vectors[0].DType, $"torch.meshgrid expects all tensors to have the same dtype");
            shape[i] = vectors[i].Numel;
        }
        var size = new Size(shape);
        var grids = new Tensor[vectors.Length];
        for (int i = 0; i < grids.Length; i++)
            grids[i] = Expand.Call(View.Call(vectors[i], Size.Repeat(1, grids.Length).With(i, shape[i])), size);
        if (!swap) return grids;
        (grids[0], grids[1]) = (grids[1], grids[0]);
        return grids;
    }
}

[CompositeOp("vander", Method = false)]
internal static partial class Vander
{
    /// <summary>The Vandermonde matrix: powers of <paramref name="x"/>, falling unless <paramref name="increasing"/>.</summary>
    static Tensor Compose(Tensor x, long? N = null, bool increasing = false)
    {
        Check.That(x.Rank == 1, $"x must be a one-dimensional tensor.");
        long columns = N ?? x.Sizes[0];
        Check.That(columns >= 0, $"N must be non-negative.");
        ScalarType type = x.DType.IsDifferentiable ? x.DType : ScalarType.Int64;
        Tensor result = Factories.Empty([x.Sizes[0], columns], type, x.device, false);
        if (columns == 0) return result;
        var powers = new Tensor[columns];
        powers[0] = Factories.Filled(x.SizesRef, 1, type, x.device, false);
        for (int i = 1; i < columns; i++) powers[i] = powers[i - 1] * x;
        if (!increasing) Array.Reverse(powers);
        return Stack.Call(powers, 1);
    }
}

[CompositeOp("broadcast_tensors", Method = false)]
internal static partial class BroadcastTensors
{
    /// <summary>Views of the tensors in their common shape.</summary>
    static Tensor[] Compose([Variadic] TensorList tensors)
    {
        if (tensors.Count == 0) return [];
        Size size = tensors[0].SizesRef;
        for (int i = 1; i < tensors.Count; i++) size = Broadcasting.Shape(size, tensors[i].SizesRef);
        return Array.ConvertAll(tensors.Items, t => t.SizesRef == size ? t : Expand.Call(t, size));
    }
}

[CompositeOp("broadcast_to")]
internal static partial class BroadcastTo
{
    /// <summary>A view in which dimensions of extent 1 are repeated to <paramref name="size"/>.</summary>
    static Tensor Compose(Tensor input, [Variadic] Size size) => Expand.Call(input, size);
}
