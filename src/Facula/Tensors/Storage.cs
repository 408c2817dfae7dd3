using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Facula.Kernels;

namespace Facula;

/// <summary>A counter of in-place writes; tensors that share it notice each other's writes.</summary>
internal class VersionCounter
{
    internal int Version;
}

/// <summary>
/// The memory behind tensors: a managed array (small, or the user's own) or a block of the pool (large).
/// Nobody frees it: an array is the collector's, and the pool sweeps the blocks whose storage is unreachable.
/// Dispose only returns the block earlier.
/// </summary>
internal sealed unsafe class Storage : VersionCounter
{
    /// <summary>Up to here a managed array is cheaper than a block of the pool. Torture wants every tensor in the pool, where mistakes show.</summary>
    private static readonly long s_largestManaged = BlockPool.Torture ? 0 : 32 * 1024;

    [ThreadStatic] private static long s_births;

    private Array? _array;
    private nint _block;
    private bool _sparse;       // there is no memory on purpose
    private object? _owner;     // of memory that is not the pool's
    private int _handles = 1;   // the tensor that the storage is made for

    /// <summary>Order of birth on the creating thread: tells the engine which gradients are its own to reuse.</summary>
    internal readonly long Birth = ++s_births;

    internal readonly Device Device;

    internal long Bytes { get; private set; }

    internal bool IsDisposed { get; private set; }

    internal static long Births => s_births;

    private static readonly ConditionalWeakTable<Storage, object> s_places = [];
    private static long s_nextPlace = 64;

    /// <summary>The beginning of a range of numbers that is this storage's alone, as long as its bytes.</summary>
    internal long Place => (long)s_places.GetValue(this, storage =>
    {
        long extent = (storage.Bytes + 63) / 64 * 64 + 64;
        return Interlocked.Add(ref s_nextPlace, extent) - extent;
    });

    private Storage(long bytes, Device device, Array? array, nint block)
    {
        Bytes = bytes;
        Device = device;
        _array = array;
        _block = block;
    }

    /// <summary>New memory, uninitialised.</summary>
    internal static Storage Allocate(long bytes, Device device)
    {
        if (bytes <= s_largestManaged)
            return new Storage(bytes, device, bytes == 0 ? Array.Empty<byte>() : GC.AllocateUninitializedArray<byte>((int)bytes), 0);
        // The block first: the pool may collect, and what exists already at that time grows old by it.
        nint block = BlockPool.Rent(bytes);
        var storage = new Storage(bytes, device, null, block);
        BlockPool.Assign(block, storage);
        return storage;
    }

    /// <summary>The storage of disposed tensors: any access throws.</summary>
    internal static readonly Storage None = MakeDisposed();

    private static Storage MakeDisposed()
    {
        return new Storage(0, default, null, 0);
    }

    /// <summary>The storage of a sparse tensor, which keeps its elements elsewhere: any access throws.</summary>
    internal static Storage WithoutMemory(Device device) => new(0, device, null, 0) { _sparse = true };

    /// <summary>Shares the memory of an array of the user's; its elements are the storage.</summary>
    internal Storage(Array array, long bytes)
    {
        Bytes = bytes;
        _array = array;
    }

    /// <summary>Memory that belongs to something else, such as a mapped file, which lives as long as the storage does.</summary>
    internal Storage(nint address, long bytes, object owner)
    {
        Bytes = bytes;
        _block = address;
        _owner = owner;
    }

    /// <summary>The array that is the memory, or null while a block of the pool is.</summary>
    internal Array? ManagedArray => _array;

    /// <summary>The first byte. Whoever turns this into a pointer keeps the tensor alive until the kernel has ended.</summary>
    internal ref byte Reference
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_block != 0) return ref Unsafe.AsRef<byte>((void*)_block);
            if (_array is null) ThrowAbsent();
            return ref MemoryMarshal.GetArrayDataReference(_array);
        }
    }

    /// <summary>Moves the content into a managed array, which a span can keep alive; the block goes back to the pool.</summary>
    internal void MakeManaged()
    {
        if (_array is not null) return;
        if (_block == 0) ThrowDisposed();
        byte[] array = GC.AllocateUninitializedArray<byte>(checked((int)Bytes));
        new ReadOnlySpan<byte>((void*)_block, array.Length).CopyTo(array);
        _array = array;
        ReturnBlock();
    }

    /// <summary>Makes an array of the same bytes and content the memory.</summary>
    internal void Adopt(Array array)
    {
        _array = array;
        ReturnBlock();
    }

    /// <summary>Replaces the memory by a larger one, keeping the content: the storage behind <c>resize_</c>.</summary>
    internal void Grow(long bytes)
    {
        if (bytes <= Bytes) return;
        var larger = Allocate(bytes, Device);
        fixed (byte* source = &Reference, target = &larger.Reference) Buffer.MemoryCopy(source, target, bytes, Bytes);
        ReturnBlock();
        _array = null;
        // The pool knows the block by the storage that rented it, so the content moves once more into an array of our own.
        larger.MakeManaged();
        _array = larger._array;
        Bytes = bytes;
    }

    internal void AddHandle() => Interlocked.Increment(ref _handles);

    /// <summary>Gives up one explicit handle; the memory returns when none is left.</summary>
    internal void ReleaseHandle()
    {
        if (ReferenceEquals(this, None)) return;
        if (Interlocked.Decrement(ref _handles) > 0) return;
        IsDisposed = true;
        ReturnBlock();
        _array = null;
    }

    private void ReturnBlock()
    {
        nint block = Interlocked.Exchange(ref _block, 0);
        object? owner = Interlocked.Exchange(ref _owner, null);
        if (block != 0 && owner is null) BlockPool.Return(block);
    }

    [DoesNotReturn]
    private void ThrowAbsent()
    {
        if (_sparse && !IsDisposed) throw new NotSupportedException("Could not run the operation with a sparse tensor: it takes dense tensors only; x.to_dense() gives one");
        ThrowDisposed();
    }

    [DoesNotReturn]
    private static void ThrowDisposed() => throw new ObjectDisposedException("Tensor", "the tensor was disposed: its memory has been returned");
}
