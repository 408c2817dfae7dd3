using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Max pooling over windows whose places are drawn at random, as evenly as the output sizes allow.</summary>
public static unsafe class FractionalPooling
{
    /// <summary>
    /// Pools all planes; <paramref name="samples"/> holds for each plane one number of [0, 1) per dimension, the depth's first in three dimensions
    /// and the width's first in two. As in PyTorch a NaN is larger than everything.
    /// </summary>
    public static void Forward<T>(long planes, int spatial, Extent3 input, Extent3 output, Extent3 kernel, T* source, T* samples, T* destination, long* indices)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new Body<T> { Spatial = spatial, Input = input, Output = output, Kernel = kernel, Source = source, Samples = samples, Destination = destination, Indices = indices };
        WorkerPool.Run((int)planes, ref body);
    }

    private static void Places<T>(T sample, long input, long output, long kernel, Span<long> places) where T : IFloatingPointIeee754<T>
    {
        if (output > 1)
        {
            T alpha = T.CreateTruncating(input - kernel) / T.CreateTruncating(output - 1);
            for (int i = 0; i < output - 1; i++)
                places[i] = long.CreateTruncating((T.CreateTruncating(i) + sample) * alpha) - long.CreateTruncating(sample * alpha);
        }
        places[(int)output - 1] = input - kernel;
    }

    private struct Body<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Spatial;
        public Extent3 Input, Output, Kernel;
        public T* Source, Samples, Destination;
        public long* Indices;

        public readonly void Run(int plane)
        {
            T* sample = Samples + plane * Spatial, from = Source + plane * Input.Count, to = Destination + plane * Output.Count;
            long* index = Indices + plane * Output.Count;
            var depths = new long[Output.Depth];
            var heights = new long[Output.Height];
            var widths = new long[Output.Width];
            if (Spatial == 3) Places(sample[0], Input.Depth, Output.Depth, Kernel.Depth, depths);
            Places(sample[1], Input.Height, Output.Height, Kernel.Height, heights);
            Places(sample[Spatial == 3 ? 2 : 0], Input.Width, Output.Width, Kernel.Width, widths);
            foreach (long d in depths)
                foreach (long h in heights)
                    foreach (long w in widths) Largest(from, (nint)((d * Input.Height + h) * Input.Width + w), to++, index++);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Largest(T* plane, nint corner, T* value, long* index)
        {
            T largest = T.NegativeInfinity;
            nint place = corner, rows = (nint)Kernel.Height, columns = (nint)Kernel.Width;
            for (long d = 0; d < Kernel.Depth; d++)
            {
                nint row = corner + (nint)(d * Input.Height * Input.Width);
                for (nint h = 0; h < rows; h++, row += (nint)Input.Width)
                    for (nint at = row; at < row + columns; at++)
                    {
                        T x = plane[at];
                        if (!(x > largest) && !T.IsNaN(x)) continue;
                        largest = x;
                        place = at;
                    }
            }
            *value = largest;
            *index = place;
        }
    }
}
