using Facula.Kernels;

namespace Facula.Ops;

/// <summary>The router of orthogonal polynomials.</summary>
internal static class Polynomials
{
    /// <summary>The polynomials of the degrees <paramref name="n"/> at <paramref name="x"/>, broadcast; of one degree in vectors.</summary>
    internal static void Evaluate<TKernel>(Tensor x, Tensor n, Tensor result) where TKernel : struct, IPolynomial
    {
        bool one = n.Rank == 0 && result.device.IsCpu && x.SizesRef == result.SizesRef;
        if (!one || !Elementwise.MapFloat(new PolynomialMap<TKernel>(double.ConvertToIntegerNative<long>(n.GetElement(0).ToDouble())), x, result))
            Elementwise.Float<TKernel>(x, n, result);
    }
}
