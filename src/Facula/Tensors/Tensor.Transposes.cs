using Facula.Ops;

namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The tensor with its dimensions reversed, as a view.</summary>
        public Tensor T
        {
            get
            {
                if (Rank != 2)
                    warnings.warn("The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated and it will throw an error in a future release. Consider `x.mT` to transpose batches of matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of a tensor.");
                var order = new long[Rank];
                for (int i = 0; i < order.Length; i++) order[i] = order.Length - 1 - i;
                return Permute.Call(this, order);
            }
        }

        /// <summary>Each matrix transposed, as a view.</summary>
        public Tensor mT
        {
            get
            {
                if (Rank == 0) return AliasView.Call(this);
                Check.That(Rank >= 2, $"tensor.mT is only supported on matrices or batches of matrices. Got {Rank}-D tensor.");
                return Transpose.Call(this, -2, -1);
            }
        }

        /// <summary>The conjugate transpose of a matrix.</summary>
        public Tensor H
        {
            get
            {
                Check.That(Rank is 0 or 2, $"tensor.H is only supported on matrices (2-D tensors). Got {Rank}-D tensor.{(Rank > 2 ? " For batches of matrices, consider using tensor.mH" : "")}");
                return Rank == 0 ? Conj.Call(this) : Conj.Call(Transpose.Call(this, 0, 1));
            }
        }

        /// <summary>The conjugate transpose of each matrix.</summary>
        public Tensor mH
        {
            get
            {
                if (Rank == 0) return Conj.Call(this);
                Check.That(Rank >= 2, $"tensor.mH is only supported on matrices or batches of matrices. Got {Rank}-D tensor.");
                return Conj.Call(Transpose.Call(this, -2, -1));
            }
        }
    }
}
