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
/// The memory behind tensors: a managed array (small, or the user's own), a small block that goes round, or a block of the pool (large).
/// Nobody frees it: an array is the collector's, and blocks go round once their storage is unreachable.
/// Dispose only returns the block earlier.
/// </summary>
internal unsafe class Storage : VersionCounter
{
    /// <summary>Up to here a managed array or a small block is cheaper than a block of the pool. Torture wants every tensor in the pool, where mistakes show.</summary>
    private static readonly long s_largestManaged = BlockPool.Torture ? 0 : SmallBlocks.Largest;

    /// <summary>Up to here the memory is the storage object itself: scalars and pairs are the most frequent storages of all.</summary>
    private static readonly long s_largestInline = BlockPool.Torture ? 0 : sizeof(Inline);

    [InlineArray(2)]
    private struct Inline
    {
        private long _part;
    }

    private object? _memory;    // the managed array, or the small block that _block lies in
    private nint _block;
    private int _handles = 1;   // the tensor that the storage is made for; counted while the memory is a block
    private bool _isInline, _sparse;    // sparse: there is no memory on purpose
    private Inline _inline;

    private readonly int _birth = ++ThreadState.Births;

    /// <summary>Whether the storage was made after the moment of <see cref="ThreadState.Births"/> on its thread: tells the engine which gradients are its own to reuse.</summary>
    internal bool IsYoungerThan(int births) => _birth - births > 0;     // also when the count has wrapped around

    private readonly Device? _device;   // null: the processor

    internal Device Device => _device ?? torch.CPU;

    /// <summary>The device, or null for the processor.</summary>
    internal Device? DeviceOrNull => _device;

    internal long Bytes { get; private set; }

    internal bool IsDisposed { get; private set; }

    private static readonly ConditionalWeakTable<Storage, object> s_places = [];
    private static long s_nextPlace = 64;

    /// <summary>The beginning of a range of numbers that is this storage's alone, as long as its bytes.</summary>
    internal long Place => (long)s_places.GetValue(this, storage =>
    {
        long extent = (storage.Bytes + 63) / 64 * 64 + 64;
        return Interlocked.Add(ref s_nextPlace, extent) - extent;
    });

    private Storage(long bytes, Device? device = null)
    {
        Bytes = bytes;
        if (!ReferenceEquals(device, torch.CPU)) _device = device;
    }

    /// <summary>New memory, uninitialised.</summary>
    internal static Storage Allocate(long bytes, Device? device = null)
    {
        if (bytes <= s_largestInline) return new Storage(bytes, device) { _isInline = true };
        // The block first: a request may collect, and what exists already at that time grows old by it.
        if (bytes <= s_largestManaged)
        {
            if (bytes < SmallBlocks.Smallest || SmallBlocks.Shared.Rent(bytes) is not { } small)
                return new Storage(bytes, device) { _memory = GC.AllocateUninitializedArray<byte>((int)bytes) };
            var pooled = new Storage(bytes, device) { _memory = small, _block = small.Address };
            small.Assign(pooled);
            return pooled;
        }
        nint block = BlockPool.Rent(bytes);
        var storage = new Storage(bytes, device) { _block = block };
        BlockPool.Assign(block, storage);
        return storage;
    }

    /// <summary>The storage of disposed tensors: any access throws.</summary>
    internal static readonly Storage None = new(0);

    /// <summary>The storage of a sparse tensor, which keeps its elements elsewhere: any access throws.</summary>
    internal static Storage WithoutMemory(Device device) => new(0, device) { _sparse = true };

    /// <summary>Shares the memory of an array of the user's; its elements are the storage.</summary>
    internal Storage(Array array, long bytes)
    {
        Bytes = bytes;
        _memory = array;
    }

    /// <summary>Memory that is neither the pool's nor a managed array.</summary>
    private protected Storage(nint address, long bytes)
    {
        Bytes = bytes;
        _block = address;
    }

    /// <summary>Whether the memory is a block that can be given back early.</summary>
    internal bool IsPooled => _block != 0;

    /// <summary>Whether only tensors write the memory: a block of the pool, of which no span and no array was handed out.</summary>
    internal bool IsPrivate => _block != 0 && this is not ForeignStorage;

    /// <summary>The array that is the memory, or null while a block of the pool is.</summary>
    internal Array? ManagedArray => _block == 0 ? (Array?)_memory : null;

    /// <summary>The first byte. Whoever turns this into a pointer keeps the tensor alive until the kernel has ended.</summary>
    internal ref byte Reference
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            nint block = _block;
            if (block != 0) return ref Unsafe.AsRef<byte>((void*)block);
            if (_memory is { } array) return ref MemoryMarshal.GetArrayDataReference(Unsafe.As<Array>(array));
            if (!_isInline) ThrowAbsent();
            return ref Unsafe.As<Inline, byte>(ref _inline);
        }
    }

    /// <summary>Moves the content into a managed array, which a span can keep alive; the block goes back to the pool.</summary>
    internal void MakeManaged()
    {
        if (ManagedArray is not null) return;
        byte[] array = GC.AllocateUninitializedArray<byte>(checked((int)Bytes));
        MemoryMarshal.CreateReadOnlySpan(ref Reference, array.Length).CopyTo(array);
        Adopt(array);
    }

    /// <summary>Makes an array of the same bytes and content the memory.</summary>
    internal void Adopt(Array array)
    {
        Replace(array);
    }

    /// <summary>Replaces the memory by a larger one, keeping the content: the storage behind <c>resize_</c>.</summary>
    internal void Grow(long bytes)
    {
        if (bytes <= Bytes) return;
        if (bytes > Array.MaxLength) throw new TorchException($"resize_: a storage can grow to {Array.MaxLength} bytes, but {bytes} bytes are needed");
        // An array, since handles are counted only where a storage has a block from its birth on.
        byte[] larger = GC.AllocateUninitializedArray<byte>((int)bytes);
        MemoryMarshal.CreateReadOnlySpan(ref Reference, (int)Bytes).CopyTo(larger);
        Adopt(larger);
        Bytes = bytes;
    }

    internal void AddHandle()
    {
        if (_block != 0) Interlocked.Increment(ref _handles);
    }

    /// <summary>Gives up one explicit handle; a block returns to the pool when none is left. Other memory is the collector's.</summary>
    internal void ReleaseHandle()
    {
        if (_block == 0 || Interlocked.Decrement(ref _handles) > 0) return;
        IsDisposed = true;
        Replace(null);
    }

    // The block is the memory until it is given back: whoever reads meanwhile must not take a small block for an array.
    private void Replace(Array? array)
    {
        object? former = _memory;
        _memory = array;
        nint block = Interlocked.Exchange(ref _block, 0);
        if (block != 0) GiveBack(block, former as SmallBlock);
    }

    private protected virtual void GiveBack(nint block, SmallBlock? small)
    {
        if (small is not null) SmallBlocks.Shared.Return(small);
        else BlockPool.Return(block);
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

/// <summary>Memory that belongs to something else, such as a mapped file, which lives as long as the storage does.</summary>
internal sealed class ForeignStorage(nint address, long bytes, object owner) : Storage(address, bytes)
{
    private object? _owner = owner;

    private protected override void GiveBack(nint block, SmallBlock? small) => _owner = null;
}
