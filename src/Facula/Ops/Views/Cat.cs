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
        if (Joining.TryRun(tensors.Items, d, result)) return;
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

/// <summary>Dense tensors side by side in a dense result, in one pass over it.</summary>
internal static unsafe class Joining
{
    private const int Most = 16;                    // tensors that a pass takes
    private const long SmallestResult = 16 << 10;   // bytes below which a run is copied sooner than a pass is set up
    private const long SmallestPart = 32;           // bytes of a part's row that are worth a step of their own

    /// <summary>Writes the result if all tensors and it lie dense in one dtype, and rows are long enough; answers whether it has.</summary>
    internal static bool TryRun(Tensor[] tensors, int dim, Tensor result)
    {
        long bytes = result.nbytes, rows = 1;
        for (int i = 0; i < dim; i++) rows *= result.Sizes[i];
        if (bytes == 0 || !result.IsContiguous || !result.device.IsCpu || result.IsConjugated) return false;
        if (rows == 1 ? bytes <= SmallestResult : bytes < SmallestPart * rows * tensors.Length) return false;
        foreach (Tensor tensor in tensors)
            if (tensor.DType != result.DType || !tensor.IsContiguous || !tensor.device.IsCpu || tensor.IsConjugated) return false;
        byte** parts = stackalloc byte*[Most];
        long* lengths = stackalloc long[Most];
        fixed (byte* destination = &result.Reference)
        {
            long start = 0;
            for (int first = 0; first < tensors.Length; first += Most)
            {
                var some = new ReadOnlySpan<Tensor>(tensors, first, Math.Min(Most, tensors.Length - first));
                Pin(some, parts, lengths, 0, destination + start, bytes / rows, rows);
                foreach (Tensor tensor in some) start += tensor.nbytes / rows;
            }
        }
        return true;
    }

    // Each call pins one tensor, the last runs.
    private static void Pin(ReadOnlySpan<Tensor> tensors, byte** parts, long* lengths, int count, byte* destination, long step, long rows)
    {
        while (!tensors.IsEmpty && tensors[0].Numel == 0) tensors = tensors[1..];
        if (tensors.IsEmpty)
        {
            Facula.Kernels.RowJoin.Run(parts, lengths, count, destination, step, rows);
            return;
        }
        Tensor tensor = tensors[0];
        fixed (byte* part = &tensor.Reference)
        {
            parts[count] = part;
            lengths[count] = tensor.nbytes / rows;
            Pin(tensors[1..], parts, lengths, count + 1, destination, step, rows);
        }
        GC.KeepAlive(tensor);
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
        if (Joining.TryRun(tensors.Items, d, result)) return;
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
