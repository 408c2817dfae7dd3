using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Facula;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array: a view (sizes, strides, offset) of shared memory, with its place in the graph of derivatives.
    /// Operations are not written here: they arrive generated from <c>Ops/</c>.
    /// </summary>
    [DebuggerDisplay("{ToString(),nq}")]
    public partial class Tensor : IDisposable
    {
        private Storage _storage;
        private Size _sizes;
        private Size _strides;      // no dimensions: row-major, as the sizes say
        private long _offset;       // of the first element, in elements
        private readonly VersionCounter? _version;  // null: the storage's
        private readonly Tensor? _base;             // the tensor this is a view of (never itself a view)
        private TypeCode _code;
        private TensorFlags _flags;
        private int _viewVersion;                   // of a view: the version that its history tells of

        [Flags]
        private enum TensorFlags : byte { None = 0, Contiguous = 1, WrappedNumber = 2, Inference = 4, Disposed = 8, CreatedInNoGrad = 16, OfMultiView = 32, Conjugated = 64 }

        /// <summary>A row-major tensor that is all of its storage.</summary>
        private Tensor(Storage storage, Size sizes, ScalarType dtype)
        {
            _storage = storage;
            _sizes = sizes;
            _code = dtype.Code;
            _flags = TensorFlags.Contiguous;
            if ((ThreadState.Modes & ThreadModes.OfNewTensors) != 0) Enroll();
        }

        /// <summary>A tensor over the storage; strides null means row-major.</summary>
        internal Tensor(Storage storage, Size sizes, Size? strides, long offset, ScalarType dtype, Tensor? viewOf = null, VersionCounter? version = null)
        {
            _storage = storage;
            _sizes = sizes;
            _offset = offset;
            _code = dtype.Code;
            if (version is not null) _version = version;
            if (viewOf is not null) _base = viewOf;
            if (strides is not { } given || sizes.HasRowMajor(given)) _flags = TensorFlags.Contiguous;
            else
            {
                _strides = given;
                if (IsRowMajor(sizes.AsSpan(), given.AsSpan(), sizes.Numel)) _flags = TensorFlags.Contiguous;
            }
            if ((ThreadState.Modes & ThreadModes.OfNewTensors) != 0) Enroll();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Enroll()
        {
            if (GradMode.IsInference) _flags |= TensorFlags.Inference;
            DisposeScope.Enlist(this);
        }

        /// <summary>Shares everything of <paramref name="other"/> but its autograd state; the base of <c>Parameter</c>.</summary>
        protected internal Tensor(Tensor other)
            : this(other.Shared(), other._sizes, other.StridesRef, other._offset, other.DType, null, other._version)
        {
            MarkConjugated(other.IsConjugated);
        }

        /// <summary>Fresh uninitialised memory, row-major.</summary>
        internal static Tensor Allocate(Size sizes, ScalarType dtype, Device? device = null)
        {
            Backend.Require(device);
            return new Tensor(Storage.Allocate(checked(sizes.numel() * dtype.itemsize), device), sizes, dtype);
        }

        /// <summary>Fresh uninitialised memory with the strides of a dense layout.</summary>
        internal static Tensor Allocate(Size sizes, Size strides, ScalarType dtype, Device? device = null)
        {
            Backend.Require(device);
            return new Tensor(Storage.Allocate(checked(Extent(sizes, strides) * dtype.itemsize), device), sizes, strides, 0, dtype);
        }

        /// <summary>A tensor over the same memory with another geometry; no autograd of its own.</summary>
        internal Tensor Alias(Size sizes, Size strides, long offset, ScalarType? dtype = null, Tensor? viewOf = null) =>
            new(Shared(), sizes, strides, offset, dtype ?? DType, viewOf, _version) { IsConjugated = IsConjugated };

        private Storage Shared()
        {
            ThrowIfDisposed();
            _storage.AddHandle();
            return _storage;
        }

        /// <summary>Elements of storage that a geometry reaches.</summary>
        internal static long Extent(Size sizes, Size strides)
        {
            long last = 0;
            for (int i = 0; i < sizes.Rank; i++)
            {
                if (sizes[i] == 0) return 0;
                last += (sizes[i] - 1) * strides[i];
            }
            return last + 1;
        }

        private static bool IsRowMajor(ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, long count)
        {
            if (count == 0) return true;
            long expected = 1;
            for (int i = sizes.Length - 1; i >= 0; i--)
            {
                if (sizes[i] == 1) continue;
                if (strides[i] != expected) return false;
                expected *= sizes[i];
            }
            return true;
        }

        internal Storage Storage => _storage;
        internal VersionCounter VersionCounter => _version ?? _storage;
        internal ScalarType DType => new(_code);
        internal TypeCode Code => _code;
        internal int Rank => _sizes.Rank;
        internal long Offset => _offset;
        internal Size SizesRef => _sizes;
        internal Size StridesRef => _strides.Rank == 0 ? _sizes.ContiguousStrides() : _strides;
        internal ReadOnlySpan<long> Sizes => _sizes.AsSpan();
        internal ReadOnlySpan<long> Strides => StridesRef.AsSpan();
        internal long Numel => _sizes.Numel;
        internal bool IsContiguous
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => (_flags & TensorFlags.Contiguous) != 0;
        }

        /// <summary>A Python number that became a 0-dim tensor: it takes part in type promotion as a number.</summary>
        internal bool IsWrappedNumber
        {
            get => (_flags & TensorFlags.WrappedNumber) != 0;
            set => _flags = value ? _flags | TensorFlags.WrappedNumber : _flags & ~TensorFlags.WrappedNumber;
        }

        /// <summary>
        /// The first element's first byte; keep the tensor alive (<see cref="GC.KeepAlive"/>) until the kernel has ended.
        /// The memory of a conjugated tensor holds other numbers than its elements: see Note [Conjugate views].
        /// </summary>
        internal ref byte Reference
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                if ((_flags & TensorFlags.Conjugated) != 0) ThrowConjugated();
                return ref StoredReference;
            }
        }

        /// <summary>The first byte of what is stored, conjugated or not.</summary>
        private ref byte StoredReference
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.Add(ref _storage.Reference, (nint)(_offset << DType.LogSize));
        }

        /// <summary>Notes a write to the memory, so that saved tensors notice.</summary>
        internal void BumpVersion()
        {
            VersionCounter.Version++;
            // The storage's own count does not tell of this write.
            if (_version is not null) Ops.KeptWeights.Forget(_storage);
        }

        internal int Version => VersionCounter.Version;

        /// <summary>Replaces geometry and, where needed, memory: <c>resize_</c>, <c>set_</c>, <c>out=</c>.</summary>
        internal void SetGeometry(Size sizes, Size strides, long offset)
        {
            long count = sizes.numel();
            _sizes = sizes;
            _strides = strides;
            _offset = offset;
            bool contiguous = IsRowMajor(sizes.AsSpan(), strides.AsSpan(), count);
            _flags = contiguous && !IsConjugated ? _flags | TensorFlags.Contiguous : _flags & ~TensorFlags.Contiguous;
        }

        /// <summary>Takes over another tensor's memory, geometry and dtype: <c>x.data = y</c>, module conversions.</summary>
        internal void TakeFrom(Tensor other)
        {
            if (other.DType.IsDifferentiable != DType.IsDifferentiable)
                throw new TorchException("Attempted to call `variable.set_data(tensor)`, but `variable` and `tensor` have incompatible tensor type.");
            Storage shared = other.Shared();
            _storage.ReleaseHandle();
            _storage = shared;
            _code = other._code;
            MarkConjugated(other.IsConjugated);
            SetGeometry(other._sizes, other.StridesRef, other._offset);
            // Leaves keep their accumulator; the shape that it checks against is the new one.
            if (_autograd?.Accumulator is { } before) _autograd.Accumulator = before.Renewed(this);
        }
    }
}
