using Facula.Kernels;

namespace Facula.Modules;

/// <summary>Gathers rows of tensors into batches without making a tensor for each row.</summary>
internal static unsafe class Rows
{
    /// <summary>
    /// The rows at the indices of each tensor. Neighbouring rows in order are a view and copy nothing; others are copied once.
    /// False where the copy would have to be recorded for a gradient.
    /// </summary>
    public static bool TryGather(Tensor[] tensors, ReadOnlySpan<long> indices, out Tensor[] columns)
    {
        columns = [];
        if (GradMode.Enabled && Array.Exists(tensors, tensor => tensor.NeedsGrad))
            return false;
        if (Array.Exists(tensors, tensor => !tensor.device.IsCpu))
            return false;
        bool neighbours = AreNeighbours(indices);
        columns = new Tensor[tensors.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            CheckRange(tensors[i], indices);
            columns[i] = neighbours ? View(tensors[i], indices[0], indices.Length) : Copy(tensors[i], indices);
        }
        return true;
    }

    /// <summary>Tensors of equal shape one below the other, unrecorded.</summary>
    public static Tensor Stack(IReadOnlyList<Tensor> tensors)
    {
        Tensor first = tensors[0];
        Tensor result = Tensor.Allocate(first.SizesRef.Insert(0, tensors.Count), first.DType);
        if (first.Numel == 0)
            return result;
        long rowBytes = first.Numel * first.DType.itemsize;
        fixed (byte* destination = &result.Reference)
        {
            for (int i = 0; i < tensors.Count; i++)
            {
                Tensor tensor = tensors[i];
                if (tensor.IsContiguous && tensor.DType == first.DType)
                {
                    fixed (byte* source = &tensor.Reference)
                        System.Buffer.MemoryCopy(source, destination + i * rowBytes, rowBytes, rowBytes);
                    GC.KeepAlive(tensor);
                }
                else
                {
                    result.Alias(first.SizesRef, first.SizesRef.ContiguousStrides(), i * first.Numel).CopyRaw(tensor);
                }
            }
        }
        GC.KeepAlive(result);
        return result;
    }

    private static bool AreNeighbours(ReadOnlySpan<long> indices)
    {
        for (int i = 1; i < indices.Length; i++)
        {
            if (indices[i] != indices[0] + i)
                return false;
        }
        return indices.Length > 0 && indices[0] >= 0;
    }

    private static void CheckRange(Tensor tensor, ReadOnlySpan<long> indices)
    {
        long count = tensor.Sizes[0];
        foreach (long index in indices)
        {
            if (index < -count || index >= count)
                throw new IndexOutOfRangeException($"index {index} is out of bounds for dimension 0 with size {count}");
        }
    }

    private static Tensor View(Tensor tensor, long start, int count) =>
        tensor.Alias(tensor.SizesRef.With(0, count), tensor.StridesRef, tensor.Offset + start * tensor.Strides[0], viewOf: tensor.ViewBase ?? tensor);

    private static Tensor Copy(Tensor tensor, ReadOnlySpan<long> indices)
    {
        Tensor result = Tensor.Allocate(tensor.SizesRef.With(0, indices.Length), tensor.DType);
        Size row = tensor.SizesRef.Without(0);
        long rowBytes = row.numel() * tensor.DType.itemsize;
        if (rowBytes == 0)
            return result;
        if (tensor.SizesRef.Without(0).ContiguousStrides() == tensor.StridesRef.Without(0))
            CopyRows(tensor, indices, rowBytes, result);
        else
            CopyScattered(tensor, indices, row, result);
        return result;
    }

    private static void CopyRows(Tensor tensor, ReadOnlySpan<long> indices, long rowBytes, Tensor result)
    {
        fixed (byte* source = &tensor.Reference, destination = &result.Reference)
        fixed (long* index = indices)
        {
            var body = new CopyBody
            {
                Source = source, Destination = destination, Indices = index, Count = indices.Length,
                Rows = tensor.Sizes[0], RowBytes = rowBytes, StepBytes = tensor.Strides[0] * tensor.DType.itemsize,
            };
            WorkerPool.Run(body.Chunks, ref body);
        }
        GC.KeepAlive(tensor);
        GC.KeepAlive(result);
    }

    // Rows that are not contiguous in themselves.
    private static void CopyScattered(Tensor tensor, ReadOnlySpan<long> indices, Size row, Tensor result)
    {
        Size strides = tensor.StridesRef.Without(0), dense = row.ContiguousStrides();
        for (int i = 0; i < indices.Length; i++)
        {
            long at = indices[i] < 0 ? indices[i] + tensor.Sizes[0] : indices[i];
            Tensor from = tensor.Alias(row, strides, tensor.Offset + at * tensor.Strides[0]);
            result.Alias(row, dense, i * row.numel()).CopyRaw(from);
        }
    }

    private struct CopyBody : IParallelBody
    {
        private const long ChunkBytes = 256 * 1024;

        public byte* Source, Destination;
        public long* Indices;
        public long Count, Rows, RowBytes, StepBytes;

        public readonly int Chunks => (int)((Count * RowBytes + ChunkBytes - 1) / ChunkBytes);

        public readonly void Run(int chunk)
        {
            long perChunk = (Count + Chunks - 1) / Chunks;
            long end = Math.Min(Count, (chunk + 1) * perChunk);
            for (long i = chunk * perChunk; i < end; i++)
            {
                long index = Indices[i] < 0 ? Indices[i] + Rows : Indices[i];
                byte* source = Source + index * StepBytes, destination = Destination + i * RowBytes;
                // The common small rows are single moves; a call costs more than they do.
                if (RowBytes == 4)
                    *(int*)destination = *(int*)source;
                else if (RowBytes == 8)
                    *(long*)destination = *(long*)source;
                else
                    System.Buffer.MemoryCopy(source, destination, RowBytes, RowBytes);
            }
        }
    }
}
