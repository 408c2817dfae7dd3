using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The part of the tensor that the indices name: a view unless one of them is a list, a mask or a tensor.</summary>
        public Tensor this[params ReadOnlySpan<TensorIndex> index]
        {
            get
            {
                Tensor part = Sliced(index, out List<Tensor?>? chosen);
                return chosen is null ? ReferenceEquals(part, this) ? Ops.AliasView.Call(this) : part : Ops.Index.Call(part, chosen.ToArray());
            }
            set
            {
                // Python's x[False] = y does nothing.
                if (index.Length == 1 && index[0].What == TensorIndex.Kind.Boolean && index[0].Number == 0) return;
                if (value.IsWrappedNumber) Ops.NumberRange.Require(value, DType);
                Tensor part = Sliced(index, out List<Tensor?>? chosen);
                // A value may have more leading dimensions of extent 1 than the place it goes to.
                Tensor source = value;
                if (chosen is null)
                {
                    source = WithoutLeadingOnes(source, part.Rank);
                    if (!ReferenceEquals(part.Storage, source.Storage) || part.Offset != source.Offset || part.SizesRef != source.SizesRef || part.StridesRef != source.StridesRef)
                        part.copy_(source);
                    return;
                }
                Tensor?[] indices = chosen.ToArray();
                if (source.IsWrappedNumber) source = source.to(DType);
                // Only a leading 1 needs to know the place's rank, for which masks are looked through.
                if (source.Rank > 0 && source.Sizes[0] == 1) source = WithoutLeadingOnes(source, new Ops.IndexPlan(part, indices, offsets: false).ResultSizes.Rank);
                Ops.IndexPut.CallInPlace(part, indices, source);
            }
        }

        /// <summary>The part that the indices name: TorchSharp's spelling of <c>x[…]</c>.</summary>
        public Tensor index(params ReadOnlySpan<TensorIndex> indices) => this[indices];

        /// <summary>Sets the part that the indices name, in place: TorchSharp's spelling of <c>x[…] = value</c>.</summary>
        [OverloadResolutionPriority(-1)]
        public Tensor index_put_(Tensor value, params ReadOnlySpan<TensorIndex> indices)
        {
            this[indices] = value;
            return this;
        }

        /// <summary>A copy in which the part that the indices name is set.</summary>
        [OverloadResolutionPriority(-1)]
        public Tensor index_put(Tensor value, params ReadOnlySpan<TensorIndex> indices) => clone().index_put_(value, indices);

        private static Tensor WithoutLeadingOnes(Tensor source, int rank)
        {
            int lead = 0;
            while (source.Rank - lead > rank && source.Sizes[lead] == 1) lead++;
            return lead == 0 ? source : Ops.View.Call(source.contiguous(), new Size(source.Sizes[lead..]));
        }

        /// <summary>Applies what gives views; answers the index tensors that remain, by dimension, or null.</summary>
        private Tensor Sliced(ReadOnlySpan<TensorIndex> index, out List<Tensor?>? chosen)
        {
            chosen = null;
            int named = 0;
            foreach (ref readonly TensorIndex part in index)
            {
                if (part.What == TensorIndex.Kind.Text) return Sliced(Expanded(index), out chosen);
                named += part.What switch
                {
                    TensorIndex.Kind.Integer or TensorIndex.Kind.Slice => 1,
                    TensorIndex.Kind.Tensor => part.Indices.Code is TypeCode.Bool or TypeCode.UInt8 ? part.Indices.Rank : 1,
                    _ => 0,
                };
            }
            if (named > Rank) throw new IndexOutOfRangeException($"too many indices for tensor of dimension {Rank}");
            Tensor result = this;
            int dim = 0;
            for (int place = 0; place < index.Length; place++)
            {
                ref readonly TensorIndex part = ref index[place];
                switch (part.What)
                {
                    case TensorIndex.Kind.Integer:
                        result = SelectAt(result, dim, part.Number, place);
                        break;
                    case TensorIndex.Kind.Slice:
                        if (part.Start is not (null or 0) || part.Stop is not null || part.Step != 1 || ReferenceEquals(result, this) && index.Length == 1)
                            result = Ops.Slice.Call(result, dim, part.Start, part.Stop, part.Step);
                        dim++;
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        dim += Rank - named;
                        break;
                    case TensorIndex.Kind.None:
                        result = Ops.Unsqueeze.Call(result, dim++);
                        break;
                    case TensorIndex.Kind.Boolean:
                        result = Ops.Unsqueeze.Call(result, dim);
                        Choose(ref chosen, dim++, Presence(part.Number != 0));
                        break;
                    default:
                        Tensor indices = part.Indices;
                        if (indices.IsWrappedNumber && !indices.DType.IsIntegral && indices.Code != TypeCode.Bool)
                            throw new IndexOutOfRangeException("only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got float)");
                        if (indices.Rank == 0 && indices.Code is TypeCode.Bool or TypeCode.UInt8)
                        {
                            result = Ops.Unsqueeze.Call(result, dim);
                            Choose(ref chosen, dim++, Presence(indices.Truth()));
                        }
                        else if (indices.Rank == 0 && indices.DType.IsIntegral) result = SelectAt(result, dim, indices.item().ToInt64(), place);
                        else
                        {
                            // An empty list has no type of its own.
                            if (indices.Numel == 0 && indices.DType.is_floating_point) indices = indices.to(ScalarType.Int64);
                            Choose(ref chosen, dim++, indices);
                        }
                        break;
                }
            }
            return result;
        }

        private static void Choose(ref List<Tensor?>? chosen, int dim, Tensor index)
        {
            chosen ??= [];
            while (chosen.Count < dim) chosen.Add(null);
            chosen.Add(index);
        }

        // A truth value picks the one element of a new dimension, or none.
        private static Tensor Presence(bool present)
        {
            Tensor index = Allocate([present ? 1 : 0], ScalarType.Int64);
            index.FillRaw(0);
            return index;
        }

        // PyTorch's message names the place among the indices.
        private static Tensor SelectAt(Tensor tensor, int dim, long index, int place)
        {
            if (tensor.Rank == 0)
                throw new IndexOutOfRangeException("invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number");
            long extent = tensor.Sizes[dim];
            if (index < -extent || index >= extent)
                throw new IndexOutOfRangeException($"index {index} is out of bounds for dimension {place} with size {extent}");
            return Ops.Select.Call(tensor, dim, index);
        }

        private static TensorIndex[] Expanded(ReadOnlySpan<TensorIndex> index)
        {
            var parts = new List<TensorIndex>();
            foreach (TensorIndex part in index)
            {
                if (part.What == TensorIndex.Kind.Text) parts.AddRange(TensorIndex.Parse(part.Words));
                else parts.Add(part);
            }
            return parts.ToArray();
        }

        // Numbers become tensors where a tensor is asked for, as in `x[mask] = 0`; with operators the overloads for Scalar come first.
        public static implicit operator Tensor(int number) => FromNumber(number);
        public static implicit operator Tensor(long number) => FromNumber(number);
        public static implicit operator Tensor(float number) => FromNumber(number);
        public static implicit operator Tensor(double number) => FromNumber(number);
        public static implicit operator Tensor(bool number) => FromNumber(number);
        public static implicit operator Tensor(Complex number) => FromNumber(number);

        /// <summary>The slices along the first dimension, as views.</summary>
        public IEnumerator<Tensor> GetEnumerator()
        {
            if (Rank == 0) throw new ArgumentException("iteration over a 0-d tensor");
            return ((IEnumerable<Tensor>)Ops.Unbind.Call(this, 0)).GetEnumerator();
        }
    }
}
