using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Facula;

public static partial class torch
{
    /// <summary>The shape of a tensor: an immutable list of extents that prints as <c>torch.Size([2, 3])</c>.</summary>
    [CollectionBuilder(typeof(SizeBuilder), nameof(SizeBuilder.Create))]
    public readonly struct Size : IReadOnlyList<long>, IEquatable<Size>
    {
        private readonly Extents? _list;    // null: no dimensions

        public Size(params ReadOnlySpan<long> extents) => _list = Extents.Of(extents);

        public Size(long[] extents) : this(extents.AsSpan()) { }

        private Size(Extents? list) => _list = list;

        internal static Size Of(ReadOnlySpan<long> extents) => new(extents);

        internal static Size Repeat(long value, int rank)
        {
            Span<long> extents = stackalloc long[rank];
            extents.Fill(value);
            return new(extents);
        }

        /// <summary>Number of dimensions.</summary>
        public int Length => Rank;
        public int Count => Rank;

        internal int Rank
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => _list is null ? 0 : _list.Items.Length;
        }

        /// <summary>The extents as a span.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ReadOnlySpan<long> AsSpan() => _list is null ? default : _list.Items;

        public long this[int index]
        {
            get
            {
                ReadOnlySpan<long> extents = AsSpan();
                int i = index < 0 ? index + extents.Length : index;
                if ((uint)i >= (uint)extents.Length) ThrowOutside();
                return extents[i];
            }
        }

        [DoesNotReturn]
        private static void ThrowOutside() => throw new IndexOutOfRangeException("tuple index out of range");

        public Size this[Range range] => new(AsSpan()[range]);

        /// <summary>The number of elements of a tensor of this shape.</summary>
        public long numel() => _list is null ? 1 : _list.Overflows ? throw new OverflowException() : _list.Product;

        /// <summary>The number of elements, for shapes of tensors that exist.</summary>
        internal long Numel
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => _list is null ? 1 : _list.Product;
        }

        /// <summary>The extents as a new array.</summary>
        public long[] ToArray() => AsSpan().ToArray();

        // Most shapes fit a buffer of constant size, which costs no more than a few locals.
        private const int FewDims = 8;

        [SkipLocalsInit]
        internal Size With(int index, long value)
        {
            ReadOnlySpan<long> own = AsSpan();
            Span<long> extents = own.Length <= FewDims ? stackalloc long[FewDims] : new long[own.Length];
            for (int i = 0; i < own.Length; i++) extents[i] = i == index ? value : own[i];
            return new(extents[..own.Length]);
        }

        /// <summary>The extents with two of them exchanged.</summary>
        [SkipLocalsInit]
        internal Size Exchanged(int a, int b)
        {
            ReadOnlySpan<long> own = AsSpan();
            Span<long> extents = own.Length <= FewDims ? stackalloc long[FewDims] : new long[own.Length];
            for (int i = 0; i < own.Length; i++) extents[i] = own[i];
            (extents[a], extents[b]) = (own[b], own[a]);
            return new(extents[..own.Length]);
        }

        [SkipLocalsInit]
        internal Size Without(int index)
        {
            ReadOnlySpan<long> own = AsSpan();
            Span<long> extents = own.Length <= FewDims ? stackalloc long[FewDims] : new long[own.Length];
            int kept = 0;
            for (int i = 0; i < own.Length; i++)
                if (i != index) extents[kept++] = own[i];
            return new(extents[..kept]);
        }

        [SkipLocalsInit]
        internal Size Insert(int index, long value)
        {
            ReadOnlySpan<long> own = AsSpan();
            Span<long> extents = own.Length < FewDims ? stackalloc long[FewDims] : new long[own.Length + 1];
            for (int i = 0; i < own.Length; i++) extents[i < index ? i : i + 1] = own[i];
            extents[index] = value;
            return new(extents[..(own.Length + 1)]);
        }

        internal Size Concat(ReadOnlySpan<long> tail)
        {
            Span<long> extents = stackalloc long[Rank + tail.Length];
            AsSpan().CopyTo(extents);
            tail.CopyTo(extents[Rank..]);
            return new(extents);
        }

        /// <summary>Row-major strides, in elements; extents of 0 count as 1, as in PyTorch.</summary>
        internal Size ContiguousStrides() => new(_list?.RowMajor);

        /// <summary>Whether the strides are the very ones that tensors of this shape are made with; equal numbers may say no.</summary>
        internal bool HasRowMajor(Size strides) => ReferenceEquals(_list?.RowMajor, strides._list);

        public bool Equals(Size other) =>
            ReferenceEquals(_list, other._list) || (_list is not null && other._list is not null && _list.Is(other._list.Items));

        public override bool Equals(object? obj) => obj is Size other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = default;
            foreach (long extent in AsSpan()) hash.Add(extent);
            return hash.ToHashCode();
        }

        public static bool operator ==(Size left, Size right) => left.Equals(right);
        public static bool operator !=(Size left, Size right) => !left.Equals(right);

        public static implicit operator Size(long[] extents) => new(extents.AsSpan());
        public static implicit operator Size(int[] extents) => new(Array.ConvertAll(extents, e => (long)e).AsSpan());
        public static implicit operator Size(List<long> extents) => new(CollectionsMarshal.AsSpan(extents));
        public static implicit operator Size(ValueTuple<long> extents) => new(extents.Item1);
        public static implicit operator Size((long, long) e) => new(e.Item1, e.Item2);
        public static implicit operator Size((long, long, long) e) => new(e.Item1, e.Item2, e.Item3);
        public static implicit operator Size((long, long, long, long) e) => new(e.Item1, e.Item2, e.Item3, e.Item4);
        public static implicit operator Size((long, long, long, long, long) e) => new(e.Item1, e.Item2, e.Item3, e.Item4, e.Item5);
        public static implicit operator Size((long, long, long, long, long, long) e) => new(e.Item1, e.Item2, e.Item3, e.Item4, e.Item5, e.Item6);
        public static implicit operator long[](Size size) => size.ToArray();

        public void Deconstruct(out long first, out long second)
        {
            RequireRank(2);
            (first, second) = (this[0], this[1]);
        }

        public void Deconstruct(out long first, out long second, out long third)
        {
            RequireRank(3);
            (first, second, third) = (this[0], this[1], this[2]);
        }

        public void Deconstruct(out long first, out long second, out long third, out long fourth)
        {
            RequireRank(4);
            (first, second, third, fourth) = (this[0], this[1], this[2], this[3]);
        }

        private void RequireRank(int rank)
        {
            if (Rank == rank) return;
            throw new ArgumentException(Rank > rank
                ? $"too many values to unpack (expected {rank})"
                : $"not enough values to unpack (expected {rank}, got {Rank})");
        }

        public IEnumerator<long> GetEnumerator()
        {
            for (int i = 0; i < Rank; i++) yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>The extents between square brackets, as PyTorch's messages print them: <c>[2, 3]</c>.</summary>
        internal string Brackets() => "[" + string.Join(", ", ToArray()) + "]";

        public override string ToString() => "torch.Size(" + Brackets() + ")";
    }

    /// <summary>Builds a <see cref="Size"/> from a collection literal.</summary>
    public static class SizeBuilder
    {
        public static Size Create(ReadOnlySpan<long> extents) => new(extents);
    }
}
