using System.Runtime.InteropServices;

namespace Facula.Kernels;

/// <summary>A few kilobytes of native memory and a weak handle to the object that keeps them in use.</summary>
/// <remarks>The handle outlives resurrection, as <see cref="Block"/>'s does. Blocks live as long as the process.</remarks>
public sealed class SmallBlock
{
    internal enum State : byte { Free, Rented, Owned }

    private GCHandle _owner = GCHandle.Alloc(null, GCHandleType.WeakTrackResurrection);
    private volatile State _state;

    internal SmallBlock(nint address, int sizeClass)
    {
        Address = address;
        SizeClass = sizeClass;
    }

    /// <summary>The first byte, aligned to 64.</summary>
    public nint Address { get; }

    internal int SizeClass { get; }

    internal bool IsFree => _state == State.Free;

    internal bool IsDead => _state == State.Owned && _owner.Target is null;

    internal void Rent() => _state = State.Rented;

    internal void Free() => _state = State.Free;

    /// <summary>From now on the block is in use until returned or until <paramref name="owner"/> is unreachable.</summary>
    public void Assign(object owner)
    {
        _owner.Target = owner;
        _state = State.Owned;
    }
}
