using System.Diagnostics.CodeAnalysis;
using Facula.Ops;

namespace Facula;

public static partial class torch
{
    // Note [Conjugate views], in docs/notes.
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
            if (value && DType.is_complex) _flags = (_flags | TensorFlags.Conjugated) & ~TensorFlags.Contiguous;
            else _flags &= ~TensorFlags.Conjugated;
        }

        /// <summary>The tensor as it is stored: another handle without the mark where there is one.</summary>
        internal Tensor Stored() => !IsConjugated ? this : new Tensor(Shared(), _sizes, StridesRef, _offset, DType, null, _version);

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
