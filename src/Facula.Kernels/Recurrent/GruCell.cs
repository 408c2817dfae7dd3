using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Gated recurrent unit: h' = (h − n)·z + n, n = tanh(x_n + r·h_n), with r, z by the logistic function. Keeps r, z, n and h_n.</summary>
public readonly unsafe struct GruCell : IRecurrentCell
{
    public static int Gates => 3;
    public static int Kept => 4;
    public static bool HasCell => false;
    public static bool IsSplit => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(in RecurrentRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long n = row.Size, j = 0;
        T* x = row.Gates, h = row.Recurrent, b = row.Bias, kept = row.Kept;
        for (; j <= n - Vector512<T>.Count; j += Vector512<T>.Count)
        {
            Vector512<T> r = RecurrentLanes.Sigmoid(RecurrentLanes.Sum(x, h, b, j)), z = RecurrentLanes.Sigmoid(RecurrentLanes.Sum(x, h, b, n + j));
            Vector512<T> own = Vector512.Load(h + 2 * n + j);
            if (b != null) own += Vector512.Load(b + 2 * n + j);
            Vector512<T> candidate = RecurrentLanes.Tanh(Vector512.Load(x + 2 * n + j) + r * own);
            r.Store(kept + j);
            z.Store(kept + n + j);
            candidate.Store(kept + 2 * n + j);
            own.Store(kept + 3 * n + j);
            ((Vector512.Load(row.HiddenBefore + j) - candidate) * z + candidate).Store(row.HiddenAfter + j);
        }
        for (; j < n; j++)
        {
            T r = SigmoidKernel.Invoke(RecurrentLanes.SumOne(x, h, b, j)), z = SigmoidKernel.Invoke(RecurrentLanes.SumOne(x, h, b, n + j));
            T own = b == null ? h[2 * n + j] : h[2 * n + j] + b[2 * n + j];
            T candidate = T.Tanh(x[2 * n + j] + r * own);
            (kept[j], kept[n + j], kept[2 * n + j], kept[3 * n + j]) = (r, z, candidate, own);
            row.HiddenAfter[j] = (row.HiddenBefore[j] - candidate) * z + candidate;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<T>(in RecurrentRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long n = row.Size, j = 0;
        T* kept = row.Kept, toInput = row.GatesGradient, toState = row.Recurrent;
        Vector512<T> one = Vector512<T>.One;
        for (; j <= n - Vector512<T>.Count; j += Vector512<T>.Count)
        {
            Vector512<T> r = Vector512.Load(kept + j), z = Vector512.Load(kept + n + j), c = Vector512.Load(kept + 2 * n + j), own = Vector512.Load(kept + 3 * n + j);
            Vector512<T> dh = RecurrentLanes.Total(row.HiddenGradient, row.OutputGradient, j);
            Vector512<T> dz = dh * (Vector512.Load(row.HiddenBefore + j) - c) * z * (one - z);
            Vector512<T> dn = dh * (one - z) * (one - c * c);
            Vector512<T> dr = dn * own * r * (one - r);
            dr.Store(toInput + j);
            dz.Store(toInput + n + j);
            dn.Store(toInput + 2 * n + j);
            dr.Store(toState + j);
            dz.Store(toState + n + j);
            (dn * r).Store(toState + 2 * n + j);
            (dh * z).Store(row.HiddenGradient + j);
        }
        for (; j < n; j++)
        {
            T r = kept[j], z = kept[n + j], c = kept[2 * n + j], own = kept[3 * n + j], dh = RecurrentLanes.TotalOne(row.HiddenGradient, row.OutputGradient, j);
            T dz = dh * (row.HiddenBefore[j] - c) * z * (T.One - z), dn = dh * (T.One - z) * (T.One - c * c), dr = dn * own * r * (T.One - r);
            (toInput[j], toInput[n + j], toInput[2 * n + j]) = (dr, dz, dn);
            (toState[j], toState[n + j], toState[2 * n + j]) = (dr, dz, dn * r);
            row.HiddenGradient[j] = dh * z;
        }
    }
}
