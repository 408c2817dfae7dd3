using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A loss as a zip of input and target.</summary>
public readonly struct PairValue<TLoss, T>(TLoss loss) : IZip<T, T> where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TLoss _loss = loss;
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(T x, T y) => _loss.Value(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => _loss.Value(x, y);
}

/// <summary>The scaled slope along the input as a zip of input and target.</summary>
public readonly struct PairSlope<TLoss, T>(TLoss loss, T scale) : IZip<T, T> where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TLoss _loss = loss;
    private readonly T _scale = scale;
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(T x, T y) => _scale * _loss.Slope(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.Create(_scale) * _loss.Slope(x, y);
}

/// <summary>The sum of a loss over dense pairs, without the values in between.</summary>
public static unsafe class PairLoss
{
    private const long Block = 4096;
    private const long Part = 1 << 15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Sign<T>(Vector512<T> d) where T : unmanaged, IFloatingPointIeee754<T> =>
        (Vector512.GreaterThan(d, Vector512<T>.Zero) & Vector512.Create(T.One)) - (Vector512.LessThan(d, Vector512<T>.Zero) & Vector512.Create(T.One));

    /// <summary>Σ loss(input, target).</summary>
    public static double Sum<TLoss, T>(TLoss loss, T* input, T* target, long count) where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (count == 0) return 0;
        if (count <= Block) return double.CreateTruncating(SumShort(loss, input, target, count));
        long parts = (count + Part - 1) / Part;
        using Scratch room = Scratch.Rent<double>(parts);
        var body = new Body<TLoss, T> { Loss = loss, X = input, Y = target, Count = count, Partials = (double*)room.Pointer };
        WorkerPool.Run((int)parts, ref body);
        double total = 0;
        for (long i = 0; i < parts; i++) total += body.Partials[i];
        return total;
    }

    // The few values are kept, to be summed as PyTorch sums them: Note [Cascade sum].
    private static T SumShort<TLoss, T>(TLoss loss, T* x, T* y, long count) where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* values = stackalloc T[(int)count];
        long i = 0;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count) loss.Value(Vector512.Load(x + i), Vector512.Load(y + i)).Store(values + i);
        for (; i < count; i++) values[i] = loss.Value(x[i], y[i]);
        return CascadeSum.Of(values, count);
    }

    private struct Body<TLoss, T> : IParallelBody where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public TLoss Loss;
        public T* X, Y;
        public long Count;
        public double* Partials;

        public readonly void Run(int chunk)
        {
            long last = Math.Min(Count, (chunk + 1) * Part);
            double total = 0;
            for (long i = chunk * Part; i < last; i += Block) total += double.CreateTruncating(SumBlock(Loss, X + i, Y + i, Math.Min(Block, last - i)));
            Partials[chunk] = total;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T SumBlock<TLoss, T>(TLoss loss, T* x, T* y, long count) where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        long i = 0;
        int width = Vector512<T>.Count;
        if (count >= width)
        {
            Vector512<T> a = default, b = default;
            for (; i <= count - 2 * width; i += 2 * width)
            {
                a += loss.Value(Vector512.Load(x + i), Vector512.Load(y + i));
                b += loss.Value(Vector512.Load(x + i + width), Vector512.Load(y + i + width));
            }
            sum = Vector512.Sum(a + b);
        }
        for (; i < count; i++) sum += loss.Value(x[i], y[i]);
        return sum;
    }
}
