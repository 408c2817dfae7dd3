using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Window functions over <c>length</c> points, of which as many as fit the destination are written.</summary>
public static class WindowLoop
{
    /// <summary>alpha − beta·cos x + gamma·cos 2x, x from 0 to 2π: the windows of Hann, Hamming and Blackman.</summary>
    public static void Cosines(Span<double> destination, long length, double alpha, double beta, double gamma)
    {
        Span<double> last = stackalloc double[Vector512<double>.Count];
        Vector512<double> intervals = Vector512.Create((double)(length - 1)), lanes = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        for (int i = 0; i < destination.Length; i += last.Length)
        {
            Vector512<double> cosine = VectorMath.Cos((Vector512.Create((double)i) + lanes) * Vector512.Create(Math.Tau) / intervals);
            Vector512<double> twice = Vector512.Create(2.0) * cosine * cosine - Vector512<double>.One;
            Vector512<double> window = Vector512.Create(alpha) - Vector512.Create(beta) * cosine + Vector512.Create(gamma) * twice;
            Span<double> rest = destination[i..];
            if (rest.Length >= last.Length)
            {
                window.CopyTo(rest);
                continue;
            }
            window.CopyTo(last);
            last[..rest.Length].CopyTo(rest);
        }
    }

    /// <summary>A triangle from 0 to 1 and back.</summary>
    public static void Triangle(Span<double> destination, long length)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            double x = 2.0 * i / (length - 1);
            destination[i] = x <= 1 ? x : 2 - x;
        }
    }

    /// <summary>I₀(beta·√(1 − x²)) / I₀(beta), x from −1 to 1; both Bessel functions scaled by e^−x, so that large betas stay finite.</summary>
    public static void Kaiser(Span<double> destination, long length, double beta)
    {
        double top = SpecialFunctions.BesselI0e(beta);
        for (int i = 0; i < destination.Length; i++)
        {
            double x = 2.0 * i / (length - 1) - 1, at = Math.Abs(beta) * Math.Sqrt(Math.Max(0, 1 - x * x));
            destination[i] = SpecialFunctions.BesselI0e(at) / top * Math.Exp(at - Math.Abs(beta));
        }
    }
}
