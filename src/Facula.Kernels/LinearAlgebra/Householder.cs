using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Reflectors H = I − τ·v·vᴴ with v₀ = 1, chosen as LAPACK chooses them.</summary>
internal static unsafe class Householder
{
    /// <summary>
    /// Finds H with Hᴴ·(α, x) = (β, 0), β real and of the sign opposite to α's real part. x becomes the rest of v; returns τ, which is 0
    /// (no reflection) when there is nothing to do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Generate<T>(ref T alpha, T* x, nint count, nint step = 1) where T : unmanaged, INumberBase<T>
    {
        double tail = count > 0 ? VectorLoops.Norm(x, count, step) : 0;
        double real = Scalars.RealPart(alpha), imaginary = Scalars.ImaginaryPart(alpha);
        if (tail == 0 && imaginary == 0)
            return T.Zero;

        double norm = Scalars.Hypotenuse(Scalars.Hypotenuse(real, imaginary), tail);
        double smallest = Scalars.IsSingle<T>() ? 1e-30 : 1e-290;
        double scale = 1;
        if (norm < smallest)
        {
            // So small that 1/(α − β) would overflow: reflect a multiple.
            scale = Scalars.IsSingle<T>() ? 1e25 : 1e200;
            real *= scale;
            imaginary *= scale;
            for (nint i = 0; i < count; i++)
                x[i * step] *= Scalars.Create<T>(scale);
            tail = VectorLoops.Norm(x, count, step);
            norm = Scalars.Hypotenuse(Scalars.Hypotenuse(real, imaginary), tail);
        }

        double beta = -Math.CopySign(norm, real);
        T factor = Scalars.IsComplex<T>() ? Scalars.Narrow<T>(Complex.One / new Complex(real - beta, imaginary)) : Scalars.Create<T>(1 / (real - beta));
        if (step == 1)
            VectorLoops.Scale(x, factor, count);
        else
            for (nint i = 0; i < count; i++)
                x[i * step] *= factor;
        alpha = Scalars.Create<T>(beta / scale);
        // τ belongs to v as it was rounded, 2·Re(1/τ) = vᴴ·v: where all elements are rounded the same way, as in a constant column, H would
        // not be unitary to working precision.
        double size = 0.5 + 0.5 * VectorLoops.SumOfSquares(x, count, step);
        if (!Scalars.IsComplex<T>())
            return Scalars.Create<T>(1 / size);
        double slope = imaginary / (beta - real), turn = beta / (beta - real) * slope / (1 + slope * slope);
        return Scalars.Narrow<T>(Complex.One / new Complex(size, turn));
    }
}
