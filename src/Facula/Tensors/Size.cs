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
        private const int InlineRank = 5;

        [InlineArray(InlineRank)]
        private struct Inline
        {
            private long _element;
        }

        private readonly int _rank;
        private readonly Inline _inline;
        private readonly long[]? _spill;   // all extents, when there are more than fit inline

        public Size(params ReadOnlySpan<long> extents)
        {
            _rank = extents.Length;
            if (_rank <= InlineRank) extents.CopyTo(_inline);
            else _spill = extents.ToArray();
        }

        public Size(long[] extents) : this(extents.AsSpan()) { }

        internal static Size Of(ReadOnlySpan<long> extents) => new(extents);

        internal static Size Repeat(long value, int rank)
        {
            Span<long> extents = stackalloc long[rank];
            extents.Fill(value);
            return new(extents);
        }

        /// <summary>Number of dimensions.</summary>
        public int Length => _rank;
        public int Count => _rank;
        internal int Rank => _rank;

        /// <summary>The extents as a span; valid while this value is.</summary>
        [UnscopedRef]
        public ReadOnlySpan<long> AsSpan() => _spill ?? MemoryMarshal.CreateReadOnlySpan(in Unsafe.As<Inline, long>(ref Unsafe.AsRef(in _inline)), _rank);

        public long this[int index]
        {
            get
            {
                int i = index < 0 ? index + _rank : index;
                if ((uint)i >= (uint)_rank) throw new IndexOutOfRangeException("tuple index out of range");
                return _spill is null ? _inline[i] : _spill[i];
            }
        }

        public Size this[Range range] => new(AsSpan()[range]);

        /// <summary>The number of elements of a tensor of this shape.</summary>
        public long numel()
        {
            long count = 1;
            foreach (long extent in AsSpan()) count = checked(count * extent);
            return count;
        }

        /// <summary>The extents as a new array.</summary>
        public long[] ToArray() => AsSpan().ToArray();

        internal Size With(int index, long value)
        {
            Span<long> extents = stackalloc long[_rank];
            AsSpan().CopyTo(extents);
            extents[index] = value;
            return new(extents);
        }

        internal Size Without(int index)
        {
            Span<long> extents = stackalloc long[_rank - 1];
            AsSpan()[..index].CopyTo(extents);
            AsSpan()[(index + 1)..].CopyTo(extents[index..]);
            return new(extents);
        }

        internal Size Insert(int index, long value)
        {
            Span<long> extents = stackalloc long[_rank + 1];
            AsSpan()[..index].CopyTo(extents);
            extents[index] = value;
            AsSpan()[index..].CopyTo(extents[(index + 1)..]);
            return new(extents);
        }

        internal Size Concat(ReadOnlySpan<long> tail)
        {
            Span<long> extents = stackalloc long[_rank + tail.Length];
            AsSpan().CopyTo(extents);
            tail.CopyTo(extents[_rank..]);
            return new(extents);
        }

        /// <summary>Row-major strides, in elements; extents of 0 count as 1, as in PyTorch.</summary>
        internal Size ContiguousStrides()
        {
            Span<long> strides = stackalloc long[_rank];
            long stride = 1;
            ReadOnlySpan<long> extents = AsSpan();
            for (int i = _rank - 1; i >= 0; i--)
            {
                strides[i] = stride;
                stride *= Math.Max(extents[i], 1);
            }
            return new(strides);
        }

        public bool Equals(Size other)
        {
            if (_rank != other._rank) return false;
            if (_spill is not null) return AsSpan().SequenceEqual(other.AsSpan());
            for (int i = 0; i < _rank; i++)
                if (_inline[i] != other._inline[i]) return false;
            return true;
        }

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
            if (_rank == rank) return;
            throw new ArgumentException(_rank > rank
                ? $"too many values to unpack (expected {rank})"
                : $"not enough values to unpack (expected {rank}, got {_rank})");
        }

        public IEnumerator<long> GetEnumerator()
        {
            for (int i = 0; i < _rank; i++) yield return this[i];
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
