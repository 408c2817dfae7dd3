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
        private long _perChunk;
        private nint _small, _flat, _middle, _large;

        /// <summary>Sizes of a plane before, after the width's pass, after the height's and after the depth's.</summary>
        public int Prepare()
        {
            _small = Depth.Input * Height.Input * Width.Input;
            _flat = Depth.Input * Height.Input * Width.Output;
            _middle = Depth.Input * Height.Output * Width.Output;
            _large = Depth.Output * Height.Output * Width.Output;
            _perChunk = Math.Max(1, 16384 / Math.Max(1, Math.Max(_small, _large)));
            return (int)((Planes + _perChunk - 1) / _perChunk);
        }

        public readonly void Run(int chunk)
        {
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

        private readonly void Forth(T* from, T* flat, T* middle, T* to)
        {
            bool rows = !Height.IsIdentity, slices = !Depth.IsIdentity;
            T* wide = rows || slices ? flat : to;
            if (Width.IsIdentity && (rows || slices)) wide = from;
            else GatherColumns(from, wide);
            T* high = slices ? middle : to;
            if (rows)
            {
                for (nint d = 0; d < Depth.Input; d++)
                    GatherRows(Height, Width.Output, wide + d * Height.Input * Width.Output, high + d * Height.Output * Width.Output);
            }
            else high = wide;
            if (slices) GatherRows(Depth, Height.Output * Width.Output, high, to);
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
        private readonly void GatherColumns(T* from, T* to)
        {
            nint rows = Depth.Input * Height.Input;
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

        private static void GatherRows(Axis<T> axis, nint length, T* from, T* to)
        {
            for (nint y = 0; y < axis.Output; y++)
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
            nint i = 0;
            Vector256<T> first = Vector256.Create(a), second = Vector256.Create(b);
            for (; i + Vector256<T>.Count <= length; i += Vector256<T>.Count)
            {
                var sum = Vector256.Load(left + i) * first + Vector256.Load(right + i) * second;
                (add ? sum + Vector256.Load(destination + i) : sum).Store(destination + i);
            }
            for (; i < length; i++) destination[i] = (add ? destination[i] : T.Zero) + left[i] * a + right[i] * b;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Blend(T* source, T weight, T* destination, nint length, bool add)
        {
            nint i = 0;
            var factor = Vector256.Create(weight);
            for (; i + Vector256<T>.Count <= length; i += Vector256<T>.Count)
            {
                var product = Vector256.Load(source + i) * factor;
                (add ? product + Vector256.Load(destination + i) : product).Store(destination + i);
            }
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
            int[] columns = Width.Indices;
            long last = Math.Min(Planes, (chunk + 1) * _perChunk);
            for (long plane = chunk * _perChunk; plane < last; plane++)
            {
                T* from = Input + plane * _small, to = Output + plane * _large;
                foreach (int d in Depth.Indices)
                {
                    foreach (int h in Height.Indices)
                    {
                        T* row = from + (d * Height.Input + h) * Width.Input;
                        for (int x = 0; x < columns.Length; x++) to[x] = row[columns[x]];
                        to += columns.Length;
                    }
                }
            }
        }
    }
}
