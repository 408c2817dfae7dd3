using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The average of each window.</summary>
public static unsafe partial class AveragePooling
{
    /// <summary>Pools all planes; <paramref name="divisorOverride"/> 0 divides by the number of elements, padding counted or not.</summary>
    public static void Forward<T>(in PoolingShape shape, T* input, T* output, bool countIncludePad = true, long divisorOverride = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new PoolingForward<Row<T>, T> { Windows = new PoolingWindows(shape), Row = new() { Output = output, Rule = new(countIncludePad, divisorOverride) }, Input = input };
        body.Run();
    }

    private readonly record struct DivisorRule(bool CountIncludePad, long Override)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Of<T>(PoolingWindow depth, PoolingWindow height, PoolingWindow width) where T : INumberBase<T> => T.CreateTruncating(
            Override != 0 ? Override
            : CountIncludePad ? (long)depth.Extent * height.Extent * width.Extent
            : (long)depth.Count * height.Count * width.Count);
    }

    private struct Row<T> : IPoolingRow<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Output;
        public DivisorRule Rule;
        private T _divisor;
        private bool _pairs;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Begin(PoolingWindow depth, PoolingWindow height, PoolingWindow width) => (_divisor, _pairs) = (Rule.Of<T>(depth, height, width), width.ArePairs);

        public readonly bool HasLines => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Rows(in PoolingRows<T> rows)
        {
            if (rows.Stride == 1) PoolingForward<Row<T>, T>.Store(new Neighbours<T>(_divisor), rows, Output);
            else if (_pairs) PoolingForward<Row<T>, T>.Store(new Pairs<T>(_divisor), rows, Output);
            else PoolingForward<Row<T>, T>.Store(new EveryOther<T>(_divisor), rows, Output);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Down(T* source, nint* taps, int count, T* line)
        {
            Vector512<T> sum = Vector512<T>.Zero;
            for (int i = 0; i < count; i++) sum += Vector512.Load(source + taps[i]);
            sum.Store(line);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Across(T* line, PoolingWindow depth, PoolingWindow height, PoolingWindow width, nint at)
        {
            T sum = T.Zero;
            for (T* end = line + width.Start + width.Count * width.Step, value = line + width.Start; value < end; value += width.Step) sum += *value;
            Output[at] = width.Count == 0 ? T.Zero : sum / Rule.Of<T>(depth, height, width);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void One(PoolingWindows windows, T* plane, PoolingWindow depth, PoolingWindow height, PoolingWindow width, nint at)
        {
            T sum = T.Zero;
            for (int d = 0; d < depth.Count; d++)
            {
                for (int h = 0; h < height.Count; h++)
                {
                    T* row = plane + ((depth.Start + d * depth.Step) * windows.InputHeight + height.Start + h * height.Step) * windows.InputWidth + width.Start;
                    for (int w = 0; w < width.Count; w++, row += width.Step)
                        sum += *row;
                }
            }
            // A window wholly in the border averages nothing: zero, not 0/0.
            Output[at] = depth.Count == 0 || height.Count == 0 || width.Count == 0 ? T.Zero : sum / Rule.Of<T>(depth, height, width);
        }
    }

    // Sums in the order of the elements, as PyTorch adds them.
    private readonly struct Neighbours<T>(T divisor) : IPoolingVector<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Of(T* source, nint* taps, int count)
        {
            Vector512<T> sum = Vector512<T>.Zero;
            for (int i = 0; i < count; i++) sum += Vector512.Load(source + taps[i]);
            return sum / Vector512.Create(divisor);
        }
    }

    private readonly struct Pairs<T>(T divisor) : IPoolingVector<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Of(T* source, nint* taps, int count)
        {
            Vector512<T> sum = Vector512<T>.Zero;
            for (int i = 0; i < count; i += 2)
            {
                var (first, second) = PoolingLanes<T>.LoadPairs(source + taps[i]);
                sum = sum + first + second;
            }
            return sum / Vector512.Create(divisor);
        }
    }

    private readonly struct EveryOther<T>(T divisor) : IPoolingVector<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Of(T* source, nint* taps, int count)
        {
            Vector512<T> sum = Vector512<T>.Zero;
            for (int i = 0; i < count; i++) sum += PoolingLanes<T>.LoadPairs(source + taps[i]).First;
            return sum / Vector512.Create(divisor);
        }
    }
}
