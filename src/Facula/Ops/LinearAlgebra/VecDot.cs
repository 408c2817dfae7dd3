namespace Facula.Ops;

[CompositeOp("vecdot", In = "torch.linalg", Method = false, Out = true)]
internal static partial class VecDot
{
    /// <summary>The dot products, first factor conjugated, of the vectors along <paramref name="dim"/>.</summary>
    static Tensor Compose(Tensor x, Tensor y, long dim = -1)
    {
        Check.That(x.DType.IsDifferentiable, $"linalg.vecdot: Expected a floating point or complex tensor as input. Got {x.DType.LegacyName}");
        Check.That(x.DType == y.DType, $"linalg.vecdot: Expected x and y to have the same dtype, but found {x.DType} and {y.DType}");
        if (x.Rank == 1 && y.Rank == 1)
        {
            Check.Dim(dim, 1);
            return Vdot.Call(x, y);
        }
        return Sum.Call(x.conj() * y, dim);
    }
}
