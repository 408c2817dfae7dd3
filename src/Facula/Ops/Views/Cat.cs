namespace Facula.Ops;

[TensorOp("cat", Method = false)]
[Alias("torch.concat", Method = false)]
[Alias("torch.concatenate", Method = false)]
internal static partial class Cat
{
    /// <summary>The tensors one behind the other along a dimension.</summary>
    static TensorSpec Infer(TensorList tensors, long dim = 0)
    {
        Check.That(tensors.Count > 0, $"torch.cat(): expected a non-empty list of Tensors");
        for (int i = 0; i < tensors.Count; i++)
            Check.That(tensors[i].Rank > 0, $"zero-dimensional tensor (at position {i}) cannot be concatenated");
        Tensor first = First(tensors);
        int d = Check.Dim(dim, first.Rank);
        long extent = 0;
        for (int i = 0; i < tensors.Count; i++)
        {
            Tensor next = tensors[i];
            if (IsSkipped(next)) continue;
            Check.That(next.Rank == first.Rank, $"Tensors must have same number of dimensions: got {first.Rank} and {next.Rank}");
            for (int k = 0; k < first.Rank; k++)
                Check.That(k == d || next.Sizes[k] == first.Sizes[k],
                    $"Sizes of tensors must match except in dimension {d}. Expected size {first.Sizes[k]} but got size {next.Sizes[k]} for tensor number {i} in the list.");
            extent += next.Sizes[d];
        }
        return new(first.SizesRef.With(d, extent), Promotion.ResultType(tensors.Items), first.device);
    }

    // An empty vector fits to any shape, as it always did in PyTorch.
    private static bool IsSkipped(Tensor tensor) => tensor.Rank == 1 && tensor.Sizes[0] == 0;

    private static Tensor First(TensorList tensors)
    {
        foreach (Tensor tensor in tensors.Items)
            if (!IsSkipped(tensor)) return tensor;
        return tensors[0];
    }

    static void Compute(TensorList tensors, long dim, Tensor result)
    {
        int d = Check.Dim(dim, result.Rank);
        bool runs = IsOutermost(d, result);
        long start = 0;
        foreach (Tensor tensor in tensors.Items)
        {
            if (IsSkipped(tensor)) continue;
            if (!runs || !Copying.TryCopyRun(tensor, result, start * result.Strides[d])) result.Alias(tensor.SizesRef, result.StridesRef, result.Offset + start * result.Strides[d]).CopyRaw(tensor);
            start += tensor.Sizes[d];
        }
    }

    /// <summary>Whether what lies at one place of the dimension is one run of memory.</summary>
    internal static bool IsOutermost(int dim, Tensor result)
    {
        for (int i = 0; i < dim; i++)
            if (result.Sizes[i] != 1) return false;
        return result.IsContiguous;
    }

    static Tensor?[] GradTensors(Tensor grad, TensorSpec[] tensors, long dim)
    {
        var grads = new Tensor?[tensors.Length];
        int d = Check.Dim(dim, grad.Rank);
        long start = 0;
        for (int i = 0; i < grads.Length; i++)
        {
            Size size = tensors[i].Sizes;
            if (size.Rank == 1 && size[0] == 0)
            {
                grads[i] = tensors[i].Zeros();
                continue;
            }
            grads[i] = Narrowed(grad, tensors[i].DType, d, start, size[d]);
            start += size[d];
        }
        return grads;
    }

    private static Tensor Narrowed(Tensor grad, ScalarType dtype, int dim, long start, long length)
    {
        Tensor part = Slice.Call(grad, dim, start, start + length);
        return part.DType.is_complex && !dtype.is_complex ? torch.real(part) : part;
    }
}

[TensorOp("stack", Method = false)]
internal static partial class Stack
{
    /// <summary>Tensors of one shape side by side in a new dimension.</summary>
    static TensorSpec Infer(TensorList tensors, long dim = 0)
    {
        Check.That(tensors.Count > 0, $"stack expects a non-empty TensorList");
        Tensor first = tensors[0];
        for (int i = 1; i < tensors.Count; i++)
            Check.That(tensors[i].SizesRef == first.SizesRef,
                $"stack expects each tensor to be equal size, but got {first.SizesRef.Brackets()} at entry 0 and {tensors[i].SizesRef.Brackets()} at entry {i}");
        return new(first.SizesRef.Insert(Check.Dim(dim, first.Rank + 1), tensors.Count), Promotion.ResultType(tensors.Items), first.device);
    }

    static void Compute(TensorList tensors, long dim, Tensor result)
    {
        int d = Check.Dim(dim, result.Rank);
        Size sizes = result.SizesRef.Without(d), strides = result.StridesRef.Without(d);
        bool runs = Cat.IsOutermost(d, result);
        for (int i = 0; i < tensors.Count; i++)
            if (!runs || !Copying.TryCopyRun(tensors[i], result, i * result.Strides[d])) result.Alias(sizes, strides, result.Offset + i * result.Strides[d]).CopyRaw(tensors[i]);
    }

    static Tensor?[] GradTensors(Tensor grad, TensorSpec[] tensors, long dim)
    {
        var grads = new Tensor?[tensors.Length];
        for (int i = 0; i < grads.Length; i++)
        {
            Tensor part = Select.Call(grad, dim, i);
            grads[i] = part.DType.is_complex && !tensors[i].DType.is_complex ? torch.real(part) : part;
        }
        return grads;
    }
}

[CompositeOp("hstack", Method = false, Out = true)]
internal static partial class Hstack
{
    /// <summary>The tensors beside each other: along the second dimension, vectors along their only one.</summary>
    static Tensor Compose(TensorList tensors)
    {
        Check.That(tensors.Count > 0, $"hstack expects a non-empty TensorList");
        Tensor[] all = Array.ConvertAll(tensors.Items, t => Atleast1d.Call(t));
        return Cat.Call(all, all[0].Rank == 1 ? 0 : 1);
    }
}

[CompositeOp("vstack", Method = false, Out = true)]
[Alias("torch.row_stack", Method = false)]
internal static partial class Vstack
{
    /// <summary>The tensors below each other: along the first dimension, vectors as rows.</summary>
    static Tensor Compose(TensorList tensors)
    {
        Check.That(tensors.Count > 0, $"vstack expects a non-empty TensorList");
        return Cat.Call(Array.ConvertAll(tensors.Items, t => Atleast2d.Call(t)), 0);
    }
}

[CompositeOp("dstack", Method = false, Out = true)]
internal static partial class Dstack
{
    /// <summary>The tensors behind each other: along the third dimension.</summary>
    static Tensor Compose(TensorList tensors)
    {
        Check.That(tensors.Count > 0, $"dstack expects a non-empty TensorList");
        return Cat.Call(Array.ConvertAll(tensors.Items, t => Atleast3d.Call(t)), 2);
    }
}

[CompositeOp("column_stack", Method = false, Out = true)]
internal static partial class ColumnStack
{
    /// <summary>The tensors beside each other, vectors as columns.</summary>
    static Tensor Compose(TensorList tensors)
    {
        Check.That(tensors.Count > 0, $"column_stack expects a non-empty TensorList");
        return Hstack.Call(Array.ConvertAll(tensors.Items, t => t.Rank <= 1 ? Reshape.Call(t, [t.Numel, 1]) : t));
    }
}
