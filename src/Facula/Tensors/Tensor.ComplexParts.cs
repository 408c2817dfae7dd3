using Facula.Ops;

namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The real parts, as a view; a real tensor is its own. Assignment writes them.</summary>
        public Tensor real
        {
            get => Real.Call(this);
            set => Real.Call(this).copy_(value);
        }

        /// <summary>The imaginary parts of a complex tensor, as a view; of a conjugate view as a copy. Assignment writes them.</summary>
        public Tensor imag
        {
            get => Imag.Call(this);
            set => (IsConjugated ? Real.Part(this, 1) : Imag.Call(this)).copy_(IsConjugated ? -value : value);
        }
    }
}
