using System.Diagnostics.CodeAnalysis;
using Facula.Ops;

namespace Facula;

public static partial class torch
{
    // Note [Conjugate views]
    // conj() of a complex tensor is a view: it shares the memory and says that its elements are the conjugates of what is stored. Views of it
    // say the same. The generated calls of ops with a kernel put such inputs into memory of their own first (resolve_conj), so that kernels never
    // see them; only copies take them as they are. A conjugated tensor never counts as IsContiguous, which sends the shortcuts that read memory
    // directly through a copy, and Reference refuses to be read past the mark.
    public partial class Tensor
    {
        /// <summary>Whether the elements are the conjugates of what is stored.</summary>
        internal bool IsConjugated
        {
            get => (_flags & TensorFlags.Conjugated) != 0;
            private init => MarkConjugated(value);
        }

        internal void MarkConjugated(bool value)
        {
            if (value && _dtype.is_complex) _flags = (_flags | TensorFlags.Conjugated) & ~TensorFlags.Contiguous;
            else _flags &= ~TensorFlags.Conjugated;
        }

        /// <summary>The tensor as it is stored: another handle without the mark where there is one.</summary>
        internal Tensor Stored() => !IsConjugated ? this : new Tensor(Shared(), _sizes, _strides, _offset, _dtype, null, _version);

        [DoesNotReturn]
        private static void ThrowConjugated() => throw new InvalidOperationException("the memory of a conjugated tensor was read without resolve_conj()");

        /// <summary>Whether the tensor is a conjugate view, whose memory holds the conjugates of its elements.</summary>
        public bool is_conj() => IsConjugated;

        /// <summary>Whether the tensor is a negative view; there are none, so never.</summary>
        public bool is_neg() => false;
    }

    /// <summary>Whether the tensor is a conjugate view, whose memory holds the conjugates of its elements.</summary>
    public static bool is_conj(Tensor input) => input.is_conj();

    /// <summary>Whether the tensor is a negative view; there are none, so never.</summary>
    public static bool is_neg(Tensor input) => input.is_neg();
}
