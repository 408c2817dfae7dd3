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

        public void Begin(PoolingWindow depth, PoolingWindow height, PoolingWindow width) => _divisor = Rule.Of<T>(depth, height, width);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Vector(T* plane, nint from, ReadOnlySpan<nint> taps, int stride, nint at, int some)
        {
            var sum = Vector512<T>.Zero;
            foreach (nint tap in taps)
                sum += PoolingLanes<T>.Load(plane + from + tap, stride);
            PoolingLanes<T>.Store(sum / Vector512.Create(_divisor), Output + at, some);
        }

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
}
