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
        var body = new Body<T> { Depth = Axis<T>.Of(depth), Height = Axis<T>.Of(height), Width = Axis<T>.Of(width), Planes = planes, From = input, To = output };
        WorkerPool.Run(body.Prepare(), ref body);
    }

    /// <summary>Carries gradients of the output back to the input.</summary>
    public static void Backward<T>(long planes, ResampleAxis depth, ResampleAxis height, ResampleAxis width, T* gradOutput, T* gradInput)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new Body<T> { Depth = Axis<T>.Transpose(depth), Height = Axis<T>.Transpose(height), Width = Axis<T>.Transpose(width), Planes = planes, From = gradOutput, To = gradInput, Transposed = true };
        WorkerPool.Run(body.Prepare(), ref body);
    }

    /// <summary>Picks elements of planes of any type: every axis takes one element of the input for one of the output.</summary>
    public static void Choose<T>(long planes, ResampleAxis depth, ResampleAxis height, ResampleAxis width, T* input, T* output)
        where T : unmanaged
    {
        var body = new ChoiceBody<T> { Depth = depth, Height = height, Width = width, Planes = planes, Input = input, Output = output };
        WorkerPool.Run(body.Prepare(), ref body);
    }

    private sealed class Axis<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public required int[] Starts, Indices;
        public required T[] Weights;
        public required nint Input;
        public required int Output;
        public required bool IsIdentity, IsPairs;
        public ColumnWindows? Windows { get; private set; }

        public static Axis<T> Of(ResampleAxis axis) => new()
        {
            Starts = axis.Starts, Indices = axis.Indices, Weights = axis.WeightsAs<T>(), Input = (nint)axis.Input, Output = axis.Output, IsIdentity = axis.IsIdentity, IsPairs = axis.IsPairs,
        };

        /// <summary>What each element of the input gave to the output.</summary>
        public static Axis<T> Transpose(ResampleAxis axis)
        {
            int count = (int)axis.Input;
            int[] starts = new int[count + 1], indices = new int[axis.Indices.Length];
            var weights = new T[indices.Length];
            foreach (int at in axis.Indices) starts[at + 1]++;
            for (int i = 0; i < count; i++) starts[i + 1] += starts[i];
            int[] next = starts[..^1];
            for (int x = 0; x < axis.Output; x++)
                for (int k = axis.Starts[x]; k < axis.Starts[x + 1]; k++)
                {
                    int to = next[axis.Indices[k]]++;
                    (indices[to], weights[to]) = (x, T.CreateTruncating(axis.Weights[k]));
                }
            return new() { Starts = starts, Indices = indices, Weights = weights, Input = axis.Output, Output = count, IsIdentity = axis.IsIdentity, IsPairs = false };
        }

        /// <summary>As the axis of rows; short work is not worth the windows.</summary>
        public void PrepareColumns(long rows)
        {
            if (typeof(T) == typeof(float) && !IsIdentity && rows >= 16) Windows = ColumnWindows.Of(Input, Starts, Indices, (float[])(object)Weights);
        }
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
        /// <summary>Sizes of a plane before, between the passes, and after.</summary>
        private nint _small, _flat, _middle, _large;

        public int Prepare()
        {
            // The way forth begins with the width, the way back, which makes planes smaller where the way forth made them larger, ends with it.
            _small = Depth.Input * Height.Input * Width.Input;
            _flat = Transposed ? Depth.Output * Height.Input * Width.Input : Depth.Input * Height.Input * Width.Output;
            _middle = Transposed ? Depth.Output * Height.Output * Width.Input : Depth.Input * Height.Output * Width.Output;
            _large = (nint)Depth.Output * Height.Output * Width.Output;
            _perChunk = Math.Max(1, 16384 / Math.Max(1, Math.Max(_small, _large)));
            // Large images go in blocks of rows.
            bool flat = Depth.Input == 1 && Depth.Output == 1 && !Transposed;
            _blocks = flat && _perChunk == 1 ? (int)Math.Clamp(_large / ElementsPerBlock, 1, Math.Max(1, Height.Output)) : 1;
            Width.PrepareColumns(Planes * Depth.Input * Height.Input);
            return _blocks > 1 ? checked((int)(Planes * _blocks)) : (int)((Planes + _perChunk - 1) / _perChunk);
        }

        public readonly void Run(int chunk)
        {
            if (_blocks > 1)
            {
                RunBlock(chunk / _blocks, chunk % _blocks);
                return;
            }
            using var first = Scratch.Rent<T>(_flat + ColumnWindows.Window);
            using var second = Scratch.Rent<T>(_middle + ColumnWindows.Window);
            T* flat = (T*)first.Pointer, middle = (T*)second.Pointer;
            long last = Math.Min(Planes, (chunk + 1) * _perChunk);
            for (long plane = chunk * _perChunk; plane < last; plane++)
            {
                if (Transposed) Back(From + plane * _small, flat, middle, To + plane * _large);
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
                GatherColumns(from + begin * Width.Input, to + begin * Width.Output, end - begin, From + Planes * _small);
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
            GatherColumns(from + top * Width.Input, flat, bottom - top, From + Planes * _small);
            GatherRows(Height, Width.Output, flat - top * Width.Output, to, begin, end);
        }

        private readonly void Forth(T* from, T* flat, T* middle, T* to)
        {
            bool rows = !Height.IsIdentity, slices = !Depth.IsIdentity;
            T* wide = rows || slices ? flat : to;
            if (Width.IsIdentity && (rows || slices)) wide = from;
            else GatherColumns(from, wide, Depth.Input * Height.Input, From + Planes * _small);
            T* high = slices ? middle : to;
            if (rows)
            {
                for (nint d = 0; d < Depth.Input; d++)
                    GatherRows(Height, Width.Output, wide + d * Height.Input * Width.Output, high + d * Height.Output * Width.Output, 0, Height.Output);
            }
            else high = wide;
            if (slices) GatherRows(Depth, Height.Output * Width.Output, high, to, 0, Depth.Output);
        }

        private readonly void Back(T* from, T* flat, T* middle, T* to)
        {
            bool slices = !Depth.IsIdentity, rows = !Height.IsIdentity, columns = !Width.IsIdentity;
            T* high = from, limit = From + Planes * _small;
            if (slices)
            {
                high = rows || columns ? flat : to;
                GatherRows(Depth, Height.Input * Width.Input, from, high, 0, Depth.Output);
                limit = flat + _flat + ColumnWindows.Window;
            }
            T* wide = high;
            if (rows)
            {
                wide = columns ? middle : to;
                for (nint d = 0; d < Depth.Output; d++)
                    GatherRows(Height, Width.Input, high + d * Height.Input * Width.Input, wide + d * Height.Output * Width.Input, 0, Height.Output);
                limit = middle + _middle + ColumnWindows.Window;
            }
            if (columns) GatherColumns(wide, to, (nint)Depth.Output * Height.Output, limit);
            else if (wide == from) Buffer.MemoryCopy(from, to, _small * sizeof(T), _small * sizeof(T));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void GatherColumns(T* from, T* to, nint rows, T* limit)
        {
            if (Width.Windows is { } windows)
            {
                windows.Run((float*)from, (float*)to, rows, (float*)limit);
                return;
            }
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
        private static void GatherRows(Axis<T> axis, nint length, T* from, T* to, nint begin, nint end)
        {
            fixed (int* starts = axis.Starts, indices = axis.Indices)
            fixed (T* weights = axis.Weights)
            {
                for (nint y = begin; y < end; y++)
                {
                    int first = starts[y], count = starts[y + 1] - first;
                    Blend(from, indices + first, weights + first, count, to + y * length, length);
                }
            }
        }

        /// <summary>destination = Σₖ weights[k] · row indices[k].</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Blend(T* rows, int* indices, T* weights, int count, T* destination, nint length)
        {
            int lanes = Vector512<T>.Count;
            if (count > 0 && length < lanes)
            {
                Vector512<T> some = PartialLanes.Load(rows + *indices * length, length) * Vector512.Create(*weights);
                for (int k = 1; k < count; k++) some += PartialLanes.Load(rows + indices[k] * length, length) * Vector512.Create(weights[k]);
                PartialLanes.Store(some, destination, length);
                return;
            }
            if (count == 0)
            {
                for (nint i = 0; i < length; i++) destination[i] = T.Zero;
                return;
            }
            T* a = rows + indices[0] * length, b = rows + indices[Math.Min(1, count - 1)] * length;
            Vector512<T> first = Vector512.Create(*weights), second = Vector512.Create(weights[Math.Min(1, count - 1)]);
            // The last vector overlaps the one before.
            for (nint i = 0; i < length; i += lanes)
            {
                nint at = Math.Min(i, length - lanes);
                Vector512<T> sum = Vector512.Load(a + at) * first;
                if (count > 1) sum += Vector512.Load(b + at) * second;
                for (int k = 2; k < count; k++) sum += Vector512.Load(rows + indices[k] * length + at) * Vector512.Create(weights[k]);
                sum.Store(destination + at);
            }
        }
    }

    private struct ChoiceBody<T> : IParallelBody where T : unmanaged
    {
        public ResampleAxis Depth, Height, Width;
        public long Planes;
        public T* Input, Output;
        private long _perChunk, _small, _large;
        private ColumnWindows? _windows;

        public int Prepare()
        {
            _small = Depth.Input * Height.Input * Width.Input;
            _large = (long)Depth.Output * Height.Output * Width.Output;
            if (sizeof(T) == 4 && Planes * Depth.Output * Height.Output >= 16) _windows = ColumnWindows.Of((nint)Width.Input, Width.Starts, Width.Indices, Width.WeightsAs<float>());
            _perChunk = Math.Max(1, 16384 / Math.Max(1, _large));
            return (int)((Planes + _perChunk - 1) / _perChunk);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            nint width = Width.Output;
            long last = Math.Min(Planes, (chunk + 1) * _perChunk);
            T* limit = Input + Planes * _small, end = Output + last * _large;
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
                            else if (_windows is { } windows) windows.Pick((int*)(from + (d * Height.Input + h) * Width.Input), (int*)to, (int*)limit, (int*)end);
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
