using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>h' = tanh(x + h); the output itself tells the derivative.</summary>
public readonly unsafe struct ElmanTanhCell : IRecurrentCell
{
    public static int Gates => 1;
    public static int Kept => 0;
    public static bool HasCell => false;
    public static bool IsSplit => false;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(in RecurrentRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long j = 0;
        for (; j <= row.Size - Vector512<T>.Count; j += Vector512<T>.Count)
            RecurrentLanes.Tanh(RecurrentLanes.Sum(row.Gates, row.Recurrent, row.Bias, j)).Store(row.HiddenAfter + j);
        for (; j < row.Size; j++) row.HiddenAfter[j] = T.Tanh(RecurrentLanes.SumOne(row.Gates, row.Recurrent, row.Bias, j));
    }

    public static void Backward<T>(in RecurrentRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long j = 0; j < row.Size; j++) row.GatesGradient[j] = RecurrentLanes.TotalOne(row.HiddenGradient, row.OutputGradient, j) * (T.One - row.HiddenAfter[j] * row.HiddenAfter[j]);
    }
}

/// <summary>h' = max(0, x + h).</summary>
public readonly unsafe struct ElmanReluCell : IRecurrentCell
{
    public static int Gates => 1;
    public static int Kept => 0;
    public static bool HasCell => false;
    public static bool IsSplit => false;

    public static void Forward<T>(in RecurrentRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long j = 0; j < row.Size; j++)
        {
            T sum = RecurrentLanes.SumOne(row.Gates, row.Recurrent, row.Bias, j);
            row.HiddenAfter[j] = sum < T.Zero ? T.Zero : sum;   // NaN stays
        }
    }

    public static void Backward<T>(in RecurrentRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long j = 0; j < row.Size; j++) row.GatesGradient[j] = row.HiddenAfter[j] > T.Zero ? RecurrentLanes.TotalOne(row.HiddenGradient, row.OutputGradient, j) : T.Zero;
    }
}
