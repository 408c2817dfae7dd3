using System.Runtime.InteropServices;

namespace Facula.Kernels;

/// <summary>One piece of native memory and a weak handle to the object that keeps it in use.</summary>
/// <remarks>The handle outlives resurrection: a block must not be reused while some finalizer can still reach its owner.</remarks>
internal sealed unsafe class Block
{
    private GCHandle _owner;

    public Block(long size)
    {
        // Whole large pages where the system gives them; otherwise a cache line.
        nuint alignment = size >= SizeClass.LargePage ? (nuint)SizeClass.LargePage : 64;
        Address = (nint)NativeMemory.AlignedAlloc((nuint)size, alignment);
        if (size >= SizeClass.LargePage)
            LargePages.Advise(Address, size / SizeClass.LargePage * SizeClass.LargePage);
        Size = size;
        _owner = GCHandle.Alloc(null, GCHandleType.WeakTrackResurrection);
    }

    public nint Address { get; }

    public long Size { get; }

    /// <summary>The place in the list of live blocks.</summary>
    public int LiveIndex { get; set; }

    /// <summary>Which request the block served last.</summary>
    public long RentedAs { get; set; }

    /// <summary>When the block was last given back.</summary>
    public long FreedAt { get; set; }

    public object? Owner
    {
        get => _owner.Target;
        set => _owner.Target = value;
    }

    /// <summary>Makes every number in the block a NaN.</summary>
    public void Poison() => NativeMemory.Fill((void*)Address, (nuint)Size, 0xFF);

    /// <summary>Gives the memory back to the system.</summary>
    public void Free()
    {
        _owner.Free();
        NativeMemory.AlignedFree((void*)Address);
    }
}
