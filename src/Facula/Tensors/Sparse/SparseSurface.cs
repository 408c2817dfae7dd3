using System.Diagnostics.CodeAnalysis;
using Facula.Ops;

namespace Facula;

public static partial class torch
{
    /// <summary>
    /// A sparse tensor: <paramref name="indices"/> has a row for each sparse dimension and a column for each of the <paramref name="values"/>,
    /// which may be numbers or dense blocks. Without a size, the smallest that fits.
    /// </summary>
    public static Tensor sparse_coo_tensor(Tensor indices, Tensor values, Size? size = null, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Check.That(indices.Rank == 2, $"indices must be sparse_dim x nnz, but got: {indices.shape.Brackets()}");
        Check.That(values.Rank > 0 && values.Sizes[0] == indices.Sizes[1],
            $"number of dimensions must be sparse_dim ({indices.Sizes[0]}) + dense_dim ({values.Rank - 1}), but got {size?.Rank ?? 0}");
        Tensor places = Copying.Converted(indices, int64), data = Copying.Converted(values, dtype ?? values.DType);
        long[] positions = places.ToArray<long>();
        int sparse = (int)places.Sizes[0];
        long count = places.Sizes[1];
        var largest = new long[sparse];
        for (int d = 0; d < sparse; d++)
        {
            for (long k = 0; k < count; k++)
            {
                long position = positions[d * count + k];
                Check.That(position >= 0, $"found negative index {position} for dim {d}");
                largest[d] = Math.Max(largest[d], position + 1);
            }
        }
        Size shape = size ?? new Size([.. largest, .. data.Sizes[1..]]);
        Check.That(shape.Rank == sparse + data.Rank - 1, $"number of dimensions must be sparse_dim ({sparse}) + dense_dim ({data.Rank - 1}), but got {shape.Rank}");
        for (int d = 0; d < sparse; d++)
            Check.That(largest[d] <= shape[d], $"size is inconsistent with indices: for dim {d}, size is {shape[d]} but found index {largest[d] - 1}");
        for (int d = sparse; d < shape.Rank; d++)
            Check.That(data.Sizes[d - sparse + 1] == shape[d],
                $"values has incorrect size, expected {new Size([count, .. shape.AsSpan()[sparse..]]).Brackets()}, got {data.shape.Brackets()}");
        Tensor result = new SparseTensor(places, data, shape, coalesced: count < 2);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }

    public partial class Tensor
    {
        /// <summary>Whether the tensor is one of coordinates and values.</summary>
        public bool is_sparse => this is SparseTensor;

        /// <summary>Sorts the coordinates of a sparse tensor and adds up values of the same place.</summary>
        public Tensor coalesce() => Sparse().Coalesce();

        /// <summary>Whether the coordinates of a sparse tensor are sorted and appear once.</summary>
        public bool is_coalesced() => Sparse().Coalesced;

        /// <summary>The coordinates of a coalesced sparse tensor.</summary>
        public Tensor indices() => Sparse() is { Coalesced: true } sparse
            ? sparse.Indices
            : throw new TorchException("Cannot get indices on an uncoalesced tensor, please call .coalesce() first");

        /// <summary>The values of a coalesced sparse tensor.</summary>
        public Tensor values() => Sparse() is { Coalesced: true } sparse
            ? sparse.Values
            : throw new TorchException("Cannot get values on an uncoalesced tensor, please call .coalesce() first");

        /// <summary>The coordinates of a sparse tensor as they are.</summary>
        public Tensor _indices() => Sparse().Indices;

        /// <summary>The values of a sparse tensor as they are.</summary>
        public Tensor _values() => Sparse().Values;

        /// <summary>How many values a sparse tensor has.</summary>
        public long _nnz() => Sparse().Count;

        /// <summary>Dimensions that coordinates name.</summary>
        public long sparse_dim() => this is SparseTensor sparse ? sparse.SparseDims : 0;

        /// <summary>Dimensions of each value.</summary>
        public long dense_dim() => this is SparseTensor sparse ? Rank - sparse.SparseDims : Rank;

        /// <summary>The dense tensor of the same elements.</summary>
        public Tensor to_dense(ScalarType? dtype = null)
        {
            Tensor dense = this is SparseTensor sparse ? sparse.ToDense() : this;
            return dtype is { } type ? dense.to(type) : dense;
        }

        private SparseTensor Sparse([System.Runtime.CompilerServices.CallerMemberName] string name = "") => this as SparseTensor
            ?? throw new TorchException($"{name} expected sparse coordinate tensor layout but got Strided");
    }
}
