using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Long short-term memory: c' = f·c + i·g, h' = o·tanh c', with i, f, o by the logistic function and g by tanh. Keeps i, f, g, o.</summary>
public readonly unsafe struct LstmCell : IRecurrentCell
{
    public static int Gates => 4;
    public static int Kept => 4;
    public static bool HasCell => true;
    public static bool IsSplit => false;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(in RecurrentRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long n = row.Size, j = 0;
        T* x = row.Gates, h = row.Recurrent, b = row.Bias, kept = row.Kept;
        for (; j <= n - Vector512<T>.Count; j += Vector512<T>.Count)
        {
            Vector512<T> i = RecurrentLanes.Sigmoid(RecurrentLanes.Sum(x, h, b, j)), f = RecurrentLanes.Sigmoid(RecurrentLanes.Sum(x, h, b, n + j));
            Vector512<T> g = RecurrentLanes.Tanh(RecurrentLanes.Sum(x, h, b, 2 * n + j)), o = RecurrentLanes.Sigmoid(RecurrentLanes.Sum(x, h, b, 3 * n + j));
            Vector512<T> c = f * Vector512.Load(row.CellBefore + j) + i * g;
            i.Store(kept + j);
            f.Store(kept + n + j);
            g.Store(kept + 2 * n + j);
            o.Store(kept + 3 * n + j);
            c.Store(row.CellAfter + j);
            (o * RecurrentLanes.Tanh(c)).Store(row.HiddenAfter + j);
        }
        for (; j < n; j++)
        {
            T i = SigmoidKernel.Invoke(RecurrentLanes.SumOne(x, h, b, j)), f = SigmoidKernel.Invoke(RecurrentLanes.SumOne(x, h, b, n + j));
            T g = T.Tanh(RecurrentLanes.SumOne(x, h, b, 2 * n + j)), o = SigmoidKernel.Invoke(RecurrentLanes.SumOne(x, h, b, 3 * n + j));
            T c = f * row.CellBefore[j] + i * g;
            (kept[j], kept[n + j], kept[2 * n + j], kept[3 * n + j]) = (i, f, g, o);
            row.CellAfter[j] = c;
            row.HiddenAfter[j] = o * T.Tanh(c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<T>(in RecurrentRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long n = row.Size, j = 0;
        T* kept = row.Kept, to = row.GatesGradient;
        Vector512<T> one = Vector512<T>.One;
        for (; j <= n - Vector512<T>.Count; j += Vector512<T>.Count)
        {
            Vector512<T> i = Vector512.Load(kept + j), f = Vector512.Load(kept + n + j), g = Vector512.Load(kept + 2 * n + j), o = Vector512.Load(kept + 3 * n + j);
            Vector512<T> tanh = RecurrentLanes.Tanh(Vector512.Load(row.CellAfter + j)), dh = RecurrentLanes.Total(row.HiddenGradient, row.OutputGradient, j);
            Vector512<T> dc = RecurrentLanes.Total(row.CellGradient, row.CellsGradient, j) + dh * o * (one - tanh * tanh);
            (dc * g * i * (one - i)).Store(to + j);
            (dc * Vector512.Load(row.CellBefore + j) * f * (one - f)).Store(to + n + j);
            (dc * i * (one - g * g)).Store(to + 2 * n + j);
            (dh * tanh * o * (one - o)).Store(to + 3 * n + j);
            (dc * f).Store(row.CellGradient + j);
        }
        for (; j < n; j++)
        {
            T i = kept[j], f = kept[n + j], g = kept[2 * n + j], o = kept[3 * n + j], tanh = T.Tanh(row.CellAfter[j]), dh = RecurrentLanes.TotalOne(row.HiddenGradient, row.OutputGradient, j);
            T dc = RecurrentLanes.TotalOne(row.CellGradient, row.CellsGradient, j) + dh * o * (T.One - tanh * tanh);
            to[j] = dc * g * i * (T.One - i);
            to[n + j] = dc * row.CellBefore[j] * f * (T.One - f);
            to[2 * n + j] = dc * i * (T.One - g * g);
            to[3 * n + j] = dh * tanh * o * (T.One - o);
            row.CellGradient[j] = dc * f;
        }
    }
}
