using Facula.Ops;

namespace Facula;

/// <summary>
/// A tensor of coordinates and values: element or row <c>indices[:, k]</c> is <c>values[k]</c>, all others are 0. It has no dense memory, so
/// operations that read elements refuse it; it serves as a gradient that touches few rows.
/// </summary>
internal sealed class SparseTensor : Tensor
{
    internal SparseTensor(Tensor indices, Tensor values, in Size sizes, bool coalesced)
        : base(Storage.WithoutMemory(values.device), sizes, null, 0, values.DType)
    {
        Indices = indices;
        Values = values;
        Coalesced = coalesced;
    }

    /// <summary>int64, one row per sparse dimension, one column per value; row-major.</summary>
    internal Tensor Indices { get; private set; }

    /// <summary>The values, row-major: first the number of values, then the dense dimensions.</summary>
    internal Tensor Values { get; private set; }

    /// <summary>Whether coordinates are sorted and appear once.</summary>
    internal bool Coalesced { get; private set; }

    internal int SparseDims => (int)Indices.Sizes[0];

    internal long Count => Indices.Sizes[1];

    /// <summary>Elements of one value.</summary>
    internal long Block
    {
        get
        {
            long block = 1;
            foreach (long extent in Sizes[SparseDims..]) block *= extent;
            return block;
        }
    }

    /// <summary>The position of each value in the row-major order of the sparse dimensions.</summary>
    internal long[] Rows()
    {
        long[] indices = Indices.ToArray<long>();
        var rows = new long[Count];
        for (int d = 0; d < SparseDims; d++)
            for (long k = 0; k < rows.Length; k++) rows[k] = rows[k] * Sizes[d] + indices[d * rows.Length + k];
        return rows;
    }

    /// <summary>Forgets all values: all elements are 0.</summary>
    internal void Clear()
    {
        Indices = Allocate([SparseDims, 0], torch.int64);
        Values = Allocate(new Size([0, .. Sizes[SparseDims..]]), DType);
        Coalesced = true;
    }

    /// <summary>The same tensor with sorted coordinates that appear once.</summary>
    internal SparseTensor Coalesce()
    {
        if (Coalesced) return this;
        long[] rows = Rows();
        var order = new int[rows.Length];
        for (int k = 0; k < order.Length; k++) order[k] = k;
        // Stable, so that values of one place are added in their order.
        Array.Sort(order, (a, b) => rows[a] != rows[b] ? rows[a].CompareTo(rows[b]) : a.CompareTo(b));
        var target = new long[rows.Length];
        var firsts = new List<int>();
        for (int k = 0; k < order.Length; k++)
        {
            if (k == 0 || rows[order[k]] != rows[order[k - 1]]) firsts.Add(order[k]);
            target[order[k]] = firsts.Count - 1;
        }
        long[] old = Indices.ToArray<long>();
        var indices = new long[SparseDims * firsts.Count];
        for (int d = 0; d < SparseDims; d++)
            for (int k = 0; k < firsts.Count; k++) indices[d * firsts.Count + k] = old[(long)d * rows.Length + firsts[k]];
        Tensor values = new TensorSpec(new Size([firsts.Count, .. Sizes[SparseDims..]]), DType).Zeros();
        AddRows(target, values);
        return new SparseTensor(FromLongs(indices, [SparseDims, firsts.Count]), values, SizesRef, coalesced: true);
    }

    /// <summary>The sum of two gradients of which one at least is sparse: sparse when both are, with the coordinates of both.</summary>
    internal static Tensor Sum(Tensor left, Tensor right)
    {
        if (left is SparseTensor first && right is SparseTensor second)
            return new SparseTensor(torch.cat([first.Indices, second.Indices], 1), torch.cat([first.Values, second.Values], 0), first.SizesRef, coalesced: false);
        (SparseTensor sparse, Tensor dense) = left is SparseTensor s ? (s, right) : ((SparseTensor)right, left);
        Tensor sum = Copying.Converted(dense.detach(), dense.DType).contiguous();
        sparse.AddTo(sum);
        return sum;
    }

    /// <summary>Adds the values to a row-major tensor of the same size.</summary>
    internal void AddTo(Tensor dense) => AddRows(Rows(), dense);

    /// <summary>The same coordinates and values in memory of their own.</summary>
    internal SparseTensor Copy() => new(Indices.clone(), Values.detach().clone(), SizesRef, Coalesced);

    /// <summary>Sorts coordinates and adds up what is of one place, in this tensor itself.</summary>
    internal SparseTensor CoalesceInPlace()
    {
        SparseTensor coalesced = Coalesce();
        (Indices, Values, Coalesced) = (coalesced.Indices, coalesced.Values, true);
        return this;
    }

    internal Tensor ToDense()
    {
        Tensor dense = new TensorSpec(SizesRef, DType).Zeros();
        AddRows(Rows(), dense);
        return dense;
    }

    // target[rows[k]] += values[k], blocks of a row-major target.
    private unsafe void AddRows(long[] rows, Tensor target)
    {
        long block = Block;
        fixed (byte* from = &Values.Reference, to = &target.Reference)
        {
            for (int k = 0; k < rows.Length; k++)
            {
                if (DType == torch.float32) Add((float*)from + k * block, (float*)to + rows[k] * block, block);
                else if (DType == torch.float64) Add((double*)from + k * block, (double*)to + rows[k] * block, block);
                else AddAny(rows[k], k, block, target);
            }
        }
        GC.KeepAlive(Values);
        GC.KeepAlive(target);
    }

    private static unsafe void Add<T>(T* source, T* destination, long count) where T : unmanaged, System.Numerics.INumber<T>
    {
        for (long i = 0; i < count; i++) destination[i] += source[i];
    }

    private void AddAny(long row, long k, long block, Tensor target)
    {
        for (long i = 0; i < block; i++)
        {
            Scalar old = target.GetElement(row * block + i), more = Values.GetElement(k * block + i);
            target.SetElement(row * block + i, DType.is_complex ? old.ToComplex() + more.ToComplex()
                : DType.is_floating_point ? old.ToDouble() + more.ToDouble() : old.ToInt64() + more.ToInt64());
        }
    }

    internal static unsafe Tensor FromLongs(long[] values, in Size sizes)
    {
        Tensor tensor = Allocate(sizes, torch.int64);
        fixed (byte* target = &tensor.Reference)
            new ReadOnlySpan<long>(values).CopyTo(new Span<long>(target, values.Length));
        GC.KeepAlive(tensor);
        return tensor;
    }

    /// <summary>PyTorch's printed form.</summary>
    public override string ToString() =>
        $"tensor(indices={Indented(Indices, 15)},\n       values={Indented(Values, 14)},\n       size=({string.Join(", ", Sizes.ToArray())}{(Rank == 1 ? "," : "")}), nnz={Count}, "
        + (DType == torch.get_default_dtype() ? "" : $"dtype={DType}, ") + "layout=torch.sparse_coo)";

    private static string Indented(Tensor part, int columns) => part.ToString().Replace("\n", "\n" + new string(' ', columns));
}
