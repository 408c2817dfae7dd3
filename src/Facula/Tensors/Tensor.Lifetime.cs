namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether the tensor was disposed.</summary>
        public bool IsInvalid => (_flags & TensorFlags.Disposed) != 0;

        /// <summary>
        /// Gives up this handle on the memory; it returns to the pool at once when no view and no saved tensor needs it. Nobody has to call it.
        /// </summary>
        public void Dispose()
        {
            if (IsInvalid) return;
            _flags |= TensorFlags.Disposed;
            Storage storage = _storage;
            _storage = Storage.None;
            storage.ReleaseHandle();
            GC.SuppressFinalize(this);
        }

        internal void ThrowIfDisposed()
        {
            if (IsInvalid) throw new ObjectDisposedException("Tensor", "the tensor was disposed: its memory has been returned");
        }

        /// <summary>Hands the tensor from its dispose scope to the enclosing one.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            DisposeScope.Current?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of every dispose scope: it outlives them.</summary>
        public Tensor DetachFromDisposeScope()
        {
            DisposeScope.Current?.Detach(this);
            return this;
        }
    }
}
