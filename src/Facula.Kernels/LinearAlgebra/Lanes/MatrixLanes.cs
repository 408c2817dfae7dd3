using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// Small real matrices of a batch side by side: element e of matrix l lies at e · Lanes + l, so that one vector holds the same element of
/// as many matrices, and the textbook algorithm runs on all of them at once.
/// </summary>
/// <remarks>Lanes without a matrix of their own repeat the last one. No lane's result depends on the others.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public static unsafe class MatrixLanes<T> where T : unmanaged, INumberBase<T>
{
    /// <summary>How many matrices a vector holds.</summary>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    /// <summary>Reads matrices that lie <paramref name="step"/> elements apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(T* source, nint step, int count, nint elements, T* lanes)
    {
        nint done = 0;
        if (count == Lanes && elements >= Lanes)
        {
            for (; done <= elements - Lanes; done += Lanes)
                LaneMemory<T>.Transpose(source + done, step, lanes + done * Lanes, Lanes);
            if (done < elements)
            {
                // The last square overlaps the one before it.
                done = elements - Lanes;
                LaneMemory<T>.Transpose(source + done, step, lanes + done * Lanes, Lanes);
            }

            return;
        }

        for (int lane = 0; lane < Lanes; lane++)
        {
            T* from = source + Math.Min(lane, count - 1) * step;
            for (nint e = 0; e < elements; e++)
                lanes[e * Lanes + lane] = from[e];
        }
    }

    /// <summary>Writes matrices back, those of the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(T* lanes, T* destination, nint step, int count, nint elements)
    {
        nint done = 0;
        if (count == Lanes && elements >= Lanes)
        {
            for (; done <= elements - Lanes; done += Lanes)
                LaneMemory<T>.Transpose(lanes + done * Lanes, Lanes, destination + done, step);
            if (done < elements)
            {
                done = elements - Lanes;
                LaneMemory<T>.Transpose(lanes + done * Lanes, Lanes, destination + done, step);
            }

            return;
        }

        for (int lane = 0; lane < count; lane++)
        {
            T* to = destination + lane * step;
            for (nint e = 0; e < elements; e++)
                to[e] = lanes[e * Lanes + lane];
        }
    }

    /// <summary>Unit matrices in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SetIdentity(T* lanes, nint rows, nint columns)
    {
        for (nint i = 0; i < rows; i++)
            for (nint j = 0; j < columns; j++)
                Vector512.Create(i == j ? T.One : T.Zero).Store(lanes + (i * columns + j) * Lanes);
    }

    /// <summary>Whether no lane of a comparison holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool None(Vector512<T> mask) => Vector512.EqualsAll(mask.AsInt64(), Vector512<long>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Number(double value) => Vector512.Create(T.CreateTruncating(value));

    /// <summary>The distance from 1 to the next number.</summary>
    internal static double Epsilon => typeof(T) == typeof(float) ? 1.1920928955078125e-07 : 2.220446049250313e-16;

    /// <summary>The power of two below each number's size; 1 for zero and what is not finite.</summary>
    internal static Vector512<T> PowerBelow(Vector512<T> value)
    {
        Vector512<T> power = typeof(T) == typeof(float)
            ? (value.AsInt32() & Vector512.Create(0x7F80_0000)).As<int, T>()
            : (value.AsInt64() & Vector512.Create(0x7FF0_0000_0000_0000L)).As<long, T>();
        Vector512<T> none = Vector512.Equals(power, Vector512<T>.Zero) | Vector512.Equals(power, Vector512.Create(T.CreateTruncating(double.PositiveInfinity)));
        return Vector512.ConditionalSelect(none, Vector512<T>.One, power);
    }

    /// <summary>The largest size among the elements of each matrix; not a number or infinite where one of them is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Vector512<T> Largest(T* lanes, nint elements)
    {
        Vector512<T> largest = Vector512<T>.Zero;
        for (nint e = 0; e < elements; e++)
        {
            Vector512<T> size = Vector512.Abs(Vector512.Load(lanes + e * Lanes));
            // Also true for NaN, which then stays.
            largest = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(size, largest), largest, size);
            largest = Vector512.ConditionalSelect(Vector512.Equals(largest, largest), largest, Vector512.Create(T.CreateTruncating(double.PositiveInfinity)));
        }

        return largest;
    }

    /// <summary>Multiplies every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Scale(T* lanes, nint elements, Vector512<T> factor)
    {
        for (nint e = 0; e < elements; e++)
            (Vector512.Load(lanes + e * Lanes) * factor).Store(lanes + e * Lanes);
    }

    /// <summary>One rotation of two rows, in the form that loses least: x −= s(y + τx), y += s(x − τy).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Rotate(T* x, T* y, Vector512<T> sine, Vector512<T> tau)
    {
        Vector512<T> a = Vector512.Load(x), b = Vector512.Load(y);
        RealLoops.Fma(-sine, RealLoops.Fma(tau, a, b), a).Store(x);
        RealLoops.Fma(sine, RealLoops.Fma(-tau, b, a), b).Store(y);
    }
}
