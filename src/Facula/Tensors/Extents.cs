using System.Runtime.CompilerServices;

namespace Facula;

/// <summary>
/// The numbers behind a <see cref="torch.Size"/>, with what follows from them. Immutable and shared: tensors of one shape mostly have one instance,
/// so that a shape is copied and compared as a reference, and row-major strides are worked out once.
/// </summary>
internal sealed class Extents
{
    // The latest by hash. Threads may overwrite each other's entries: what falls out is made again, and equality falls back to the numbers.
    private static readonly Extents?[] s_recent = new Extents?[1024];

    internal readonly long[] Items;
    internal readonly long Product;
    internal readonly bool Overflows;
    private Extents? _rowMajor;

    private Extents(ReadOnlySpan<long> items)
    {
        Items = items.ToArray();
        long product = 1;
        foreach (long item in items)
        {
            Overflows |= Math.BigMul(product, item, out long low) != low >> 63;
            product = low;
        }
        Product = product;
    }

    internal static Extents? Of(ReadOnlySpan<long> items)
    {
        if (items.Length == 0) return null;
        ulong hash = (ulong)items.Length;
        foreach (long item in items) hash = (hash ^ (ulong)item) * 0x9E3779B97F4A7C15;
        ref Extents? slot = ref s_recent[hash >> 54];
        return slot is { } known && known.Is(items) ? known : slot = new Extents(items);
    }

    internal bool Is(ReadOnlySpan<long> items)
    {
        long[] own = Items;
        if (own.Length != items.Length) return false;
        for (int i = 0; i < own.Length; i++)
            if (own[i] != items[i]) return false;
        return true;
    }

    /// <summary>The strides of the row-major order, in elements; extents of 0 count as 1.</summary>
    internal Extents RowMajor => _rowMajor ?? MakeRowMajor();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Extents MakeRowMajor()
    {
        Span<long> strides = stackalloc long[Items.Length];
        long stride = 1;
        for (int i = strides.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(Items[i], 1);
        }
        return _rowMajor = Of(strides)!;
    }
}
