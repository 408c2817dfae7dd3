using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Resizes contiguous planes of one to three dimensions, one dimension after the other; the transposed map is the gradient.</summary>
public static unsafe class Resampling
{
    /// <summary>Resizes all planes; the axes are depth, height and width.</summary>
    public static void Forward<T>(long planes, ResampleAxis depth, ResampleAxis height, ResampleAxis width, T* input, T* output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new Body<T> { Depth = new(depth), Height = new(height), Width = new(width), Planes = planes, From = input, To = output };
        WorkerPool.Run(body.Prepare(), ref body);
    }

    /// <summary>Carries gradients of the output back to the input.</summary>
    public static void Backward<T>(long planes, ResampleAxis depth, ResampleAxis height, ResampleAxis width, T* gradOutput, T* gradInput)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new Body<T> { Depth = new(depth), Height = new(height), Width = new(width), Planes = planes, From = gradOutput, To = gradInput, Transposed = true };
        WorkerPool.Run(body.Prepare(), ref body);
    }

    /// <summary>Picks elements of planes of any type: every axis takes one element of the input for one of the output.</summary>
    public static void Choose<T>(long planes, ResampleAxis depth, ResampleAxis height, ResampleAxis width, T* input, T* output)
        where T : unmanaged
    {
        var body = new ChoiceBody<T> { Depth = depth, Height = height, Width = width, Planes = planes, Input = input, Output = output };
        WorkerPool.Run(body.Prepare(), ref body);
    }

    private sealed class Axis<T>(ResampleAxis axis) where T : INumberBase<T>
    {
        public readonly int[] Starts = axis.Starts, Indices = axis.Indices;
        public readonly T[] Weights = axis.WeightsAs<T>();
        public readonly nint Input = (nint)axis.Input, Output = axis.Output;
        public readonly bool IsIdentity = axis.IsIdentity, IsPairs = axis.IsPairs;
    }

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Axis<T> Depth, Height, Width;
        public long Planes;
        public T* From, To;
        public bool Transposed;
        private const long ElementsPerBlock = 64 * 1024;
        private long _perChunk;
        private int _blocks;
        /// <summary>Sizes of a plane before, after the width's pass, after the height's and after the depth's.</summary>
        private nint _small, _flat, _middle, _large;

        public int Prepare()
        {
            _small = Depth.Input * Height.Input * Width.Input;
            _flat = Depth.Input * Height.Input * Width.Output;
            _middle = Depth.Input * Height.Output * Width.Output;
            _large = Depth.Output * Height.Output * Width.Output;
            _perChunk = Math.Max(1, 16384 / Math.Max(1, Math.Max(_small, _large)));
            // Large images go in blocks of rows; the way back adds to rows that blocks would share.
            bool flat = Depth.Input == 1 && Depth.Output == 1 && !Transposed;
            _blocks = flat && _perChunk == 1 ? (int)Math.Clamp(_large / ElementsPerBlock, 1, Math.Max(1, Height.Output)) : 1;
            return _blocks > 1 ? checked((int)(Planes * _blocks)) : (int)((Planes + _perChunk - 1) / _perChunk);
        }

        public readonly void Run(int chunk)
        {
            if (_blocks > 1)
            {
                RunBlock(chunk / _blocks, chunk % _blocks);
                return;
            }
            using var first = Scratch.Rent<T>(_flat);
            using var second = Scratch.Rent<T>(_middle);
            T* flat = (T*)first.Pointer, middle = (T*)second.Pointer;
            long last = Math.Min(Planes, (chunk + 1) * _perChunk);
            for (long plane = chunk * _perChunk; plane < last; plane++)
            {
                if (Transposed) Back(From + plane * _large, middle, flat, To + plane * _small);
                else Forth(From + plane * _small, flat, middle, To + plane * _large);
            }
        }

        /// <summary>Some of the rows of a plane: only the rows of the input that they need are resized along the width.</summary>
        private readonly void RunBlock(int plane, int block)
        {
            nint begin = block * Height.Output / _blocks, end = (block + 1) * Height.Output / _blocks;
            T* from = From + plane * _small, to = To + plane * _large;
            if (Height.IsIdentity)
            {
                GatherColumns(from + begin * Width.Input, to + begin * Width.Output, end - begin);
                return;
            }
            var needed = Height.Indices.AsSpan(Height.Starts[begin]..Height.Starts[end]);
            int top = int.MaxValue, bottom = 0;
            foreach (int row in needed) (top, bottom) = (Math.Min(top, row), Math.Max(bottom, row + 1));
            if (Width.IsIdentity)
            {
                GatherRows(Height, Width.Output, from, to, begin, end);
                return;
            }
            using var room = Scratch.Rent<T>((bottom - top) * Width.Output);
            T* flat = (T*)room.Pointer;
            GatherColumns(from + top * Width.Input, flat, bottom - top);
            GatherRows(Height, Width.Output, flat - top * Width.Output, to, begin, end);
        }

        private readonly void Forth(T* from, T* flat, T* middle, T* to)
        {
            bool rows = !Height.IsIdentity, slices = !Depth.IsIdentity;
            T* wide = rows || slices ? flat : to;
            if (Width.IsIdentity && (rows || slices)) wide = from;
            else GatherColumns(from, wide, Depth.Input * Height.Input);
            T* high = slices ? middle : to;
            if (rows)
            {
                for (nint d = 0; d < Depth.Input; d++)
                    GatherRows(Height, Width.Output, wide + d * Height.Input * Width.Output, high + d * Height.Output * Width.Output, 0, Height.Output);
            }
            else high = wide;
            if (slices) GatherRows(Depth, Height.Output * Width.Output, high, to, 0, Depth.Output);
        }

        private readonly void Back(T* from, T* middle, T* flat, T* to)
        {
            bool rows = !Height.IsIdentity, columns = !Width.IsIdentity;
            T* high = from;
            if (!Depth.IsIdentity)
            {
                high = rows || columns ? middle : to;
                ScatterRows(Depth, Height.Output * Width.Output, from, high);
            }
            T* wide = high;
            if (rows)
            {
                wide = columns ? flat : to;
                for (nint d = 0; d < Depth.Input; d++)
                    ScatterRows(Height, Width.Output, high + d * Height.Output * Width.Output, wide + d * Height.Input * Width.Output);
            }
            if (columns) ScatterColumns(wide, to);
            else if (wide == from) Buffer.MemoryCopy(from, to, _small * sizeof(T), _small * sizeof(T));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void GatherColumns(T* from, T* to, nint rows)
        {
            fixed (int* starts = Width.Starts, indices = Width.Indices)
            fixed (T* weights = Width.Weights)
            {
                bool pairs = Width.IsPairs;
                for (nint row = 0; row < rows; row++, from += Width.Input, to += Width.Output)
                {
                    if (pairs)
                    {
                        // Two taps each, as in linear interpolation.
                        for (nint x = 0; x < Width.Output; x++) to[x] = from[indices[2 * x]] * weights[2 * x] + from[indices[2 * x + 1]] * weights[2 * x + 1];
                        continue;
                    }
                    for (nint x = 0; x < Width.Output; x++)
                    {
                        T sum = T.Zero;
                        for (int k = starts[x]; k < starts[x + 1]; k++) sum += from[indices[k]] * weights[k];
                        to[x] = sum;
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void ScatterColumns(T* from, T* to)
        {
            int[] starts = Width.Starts, indices = Width.Indices;
            T[] weights = Width.Weights;
            for (nint row = 0; row < Depth.Input * Height.Input; row++, from += Width.Output, to += Width.Input)
            {
                BorderedPlane.Clear(to, Width.Input);
                for (int x = 0; x < starts.Length - 1; x++)
                    for (int k = starts[x]; k < starts[x + 1]; k++) to[indices[k]] += from[x] * weights[k];
            }
        }

        private static void GatherRows(Axis<T> axis, nint length, T* from, T* to, nint begin, nint end)
        {
            for (nint y = begin; y < end; y++)
            {
                int first = axis.Starts[y], count = axis.Starts[y + 1] - first;
                T* row = to + y * length;
                // Two taps at a time: the row is written, then read and written once for each further pair.
                if (count == 0) BorderedPlane.Clear(row, length);
                for (int k = 0; k < count; k += 2)
                {
                    T* left = from + axis.Indices[first + k] * length;
                    bool pair = k + 1 < count;
                    T* right = pair ? from + axis.Indices[first + k + 1] * length : left;
                    T b = pair ? axis.Weights[first + k + 1] : T.Zero;
                    if (!pair) Blend(left, axis.Weights[first + k], row, length, add: k > 0);
                    else Blend(left, axis.Weights[first + k], right, b, row, length, add: k > 0);
                }
            }
        }

        private static void ScatterRows(Axis<T> axis, nint length, T* from, T* to)
        {
            BorderedPlane.Clear(to, axis.Input * length);
            for (nint y = 0; y < axis.Output; y++)
                for (int k = axis.Starts[y]; k < axis.Starts[y + 1]; k++) Blend(from + y * length, axis.Weights[k], to + axis.Indices[k] * length, length, add: true);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Blend(T* left, T a, T* right, T b, T* destination, nint length, bool add)
        {
            nint i = 0, whole = length - length % Vector256<T>.Count;
            Vector256<T> first = Vector256.Create(a), second = Vector256.Create(b);
            if (add)
                for (; i < whole; i += Vector256<T>.Count)
                    (Vector256.Load(destination + i) + Vector256.Load(left + i) * first + Vector256.Load(right + i) * second).Store(destination + i);
            else
                for (; i < whole; i += Vector256<T>.Count)
                    (Vector256.Load(left + i) * first + Vector256.Load(right + i) * second).Store(destination + i);
            for (; i < length; i++) destination[i] = (add ? destination[i] : T.Zero) + left[i] * a + right[i] * b;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Blend(T* source, T weight, T* destination, nint length, bool add)
        {
            nint i = 0, whole = length - length % Vector256<T>.Count;
            var factor = Vector256.Create(weight);
            if (add)
                for (; i < whole; i += Vector256<T>.Count)
                    (Vector256.Load(destination + i) + Vector256.Load(source + i) * factor).Store(destination + i);
            else
                for (; i < whole; i += Vector256<T>.Count)
                    (Vector256.Load(source + i) * factor).Store(destination + i);
            for (; i < length; i++) destination[i] = (add ? destination[i] : T.Zero) + source[i] * weight;
        }
    }

    private struct ChoiceBody<T> : IParallelBody where T : unmanaged
    {
        public ResampleAxis Depth, Height, Width;
        public long Planes;
        public T* Input, Output;
        private long _perChunk, _small, _large;

        public int Prepare()
        {
            _small = Depth.Input * Height.Input * Width.Input;
            _large = (long)Depth.Output * Height.Output * Width.Output;
            _perChunk = Math.Max(1, 16384 / Math.Max(1, _large));
            return (int)((Planes + _perChunk - 1) / _perChunk);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            nint width = Width.Output;
            long last = Math.Min(Planes, (chunk + 1) * _perChunk);
            fixed (int* columns = Width.Indices)
            {
                for (long plane = chunk * _perChunk; plane < last; plane++)
                {
                    T* from = Input + plane * _small, to = Output + plane * _large;
                    foreach (int d in Depth.Indices)
                    {
                        int before = -1;
                        foreach (int h in Height.Indices)
                        {
                            // A row that is taken again is copied from the output, where it lies in order.
                            if (h == before) new ReadOnlySpan<T>(to - width, (int)width).CopyTo(new Span<T>(to, (int)width));
                            else Pick(from + (d * Height.Input + h) * Width.Input, columns, to, width);
                            before = h;
                            to += width;
                        }
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Pick(T* row, int* columns, T* to, nint width)
        {
            nint x = 0;
            for (; x + 4 <= width; x += 4)
            {
                T a = row[columns[x]], b = row[columns[x + 1]], c = row[columns[x + 2]], d = row[columns[x + 3]];
                to[x] = a;
                to[x + 1] = b;
                to[x + 2] = c;
                to[x + 3] = d;
            }
            for (; x < width; x++) to[x] = row[columns[x]];
        }
    }
}
