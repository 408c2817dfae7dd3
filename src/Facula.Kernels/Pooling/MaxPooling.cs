using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The largest element of each window, and where it was.</summary>
/// <remarks>As in PyTorch a NaN is larger than everything, and the index is that of the first largest element (of the last NaN) within its input plane.</remarks>
public static unsafe partial class MaxPooling
{
    /// <summary>Pools all planes; indices are int32 or int64, or null when nobody asks for them.</summary>
    public static void Forward<T, TIndex>(in PoolingShape shape, T* input, T* output, TIndex* indices)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var body = new PoolingForward<Row<T, TIndex>, T> { Windows = new PoolingWindows(shape), Row = new() { Output = output, Indices = indices }, Input = input };
        body.Run();
    }

    private struct Row<T, TIndex> : IPoolingRow<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public T* Output;
        public TIndex* Indices;

        public readonly void Begin(PoolingWindow depth, PoolingWindow height, PoolingWindow width) { }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Vector(T* plane, nint from, ReadOnlySpan<nint> taps, int stride, nint at, int some)
        {
            var largest = Vector512.Create(T.NegativeInfinity);
            T* source = plane + from;
            if (Indices == null)
            {
                foreach (nint tap in taps)
                {
                    Vector512<T> value = PoolingLanes<T>.Load(source + tap, stride);
                    largest = Vector512.ConditionalSelect(Vector512.GreaterThan(value, largest), value, largest);
                    largest = Vector512.ConditionalSelect(Vector512.Equals(value, value), largest, value);
                }
            }
            else
            {
                var index = Vector512<T>.Zero;
                foreach (nint tap in taps)
                {
                    Vector512<T> value = PoolingLanes<T>.Load(source + tap, stride), here = PoolingLanes<T>.Index(tap);
                    Vector512<T> larger = Vector512.GreaterThan(value, largest) | ~Vector512.Equals(value, value);
                    largest = Vector512.ConditionalSelect(larger, value, largest);
                    index = Vector512.ConditionalSelect(larger, here, index);
                }
                PoolingLanes<T>.StoreIndex(PoolingLanes<T>.AddIndex(index, PoolingLanes<T>.Sequence(from, stride)), Indices + at, some);
            }
            PoolingLanes<T>.Store(largest, Output + at, some);
        }

        public readonly void One(PoolingWindows windows, T* plane, PoolingWindow depth, PoolingWindow height, PoolingWindow width, nint at)
        {
            nint index = (depth.Start * windows.InputHeight + height.Start) * windows.InputWidth + width.Start;
            T largest = T.NegativeInfinity;
            for (int d = 0; d < depth.Count; d++)
            {
                for (int h = 0; h < height.Count; h++)
                {
                    nint place = ((depth.Start + d * depth.Step) * windows.InputHeight + height.Start + h * height.Step) * windows.InputWidth + width.Start;
                    for (int w = 0; w < width.Count; w++, place += width.Step)
                    {
                        T value = plane[place];
                        if (value > largest || T.IsNaN(value))
                        {
                            largest = value;
                            index = place;
                        }
                    }
                }
            }
            Output[at] = largest;
            if (Indices != null)
                Indices[at] = TIndex.CreateTruncating((long)index);
        }
    }
}
