namespace Facula.Kernels.Tests;

/// <summary>Elements that lie right before, or right after, a page nobody may touch, so that a kernel which reads or writes beyond them ends the process.</summary>
internal sealed unsafe class GuardedArray<T> : IDisposable where T : unmanaged
{
    private readonly GuardedMemory _memory;

    public GuardedArray(ReadOnlySpan<T> values, bool atEnd)
    {
        Count = values.Length;
        _memory = new((nuint)(values.Length * sizeof(T)), atEnd);
        values.CopyTo(new Span<T>(Pointer, Count));
    }

    public int Count { get; }

    public T* Pointer => (T*)_memory.Start;

    public T[] ToArray() => new Span<T>(Pointer, Count).ToArray();

    public void Dispose() => _memory.Dispose();
}
