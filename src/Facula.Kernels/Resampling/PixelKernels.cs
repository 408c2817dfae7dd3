using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Moves between small planes of many channels and large planes of few, in which a square of factor × factor elements holds one of each channel.</summary>
public static unsafe class PixelKernels
{
    /// <summary>
    /// large[p, h·factor + i, w·factor + j] = small[p, i·factor + j, h, w], or with <paramref name="back"/> the other way round; height and width are the small planes'.
    /// </summary>
    public static void Move<T>(T* source, T* destination, long planes, long factor, long height, long width, bool back) where T : unmanaged
    {
        var body = new Body<T> { Small = back ? destination : source, Large = back ? source : destination, Planes = planes, Factor = factor, Height = height, Width = width, Back = back };
        body.PerChunk = Math.Max(1, PointwiseGrain.Light / Math.Max(1, factor * factor * height * width));
        WorkerPool.Run((int)((planes + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    private struct Body<T> : IParallelBody where T : unmanaged
    {
        public T* Small, Large;
        public long Planes, Factor, Height, Width, PerChunk;
        public bool Back;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long last = Math.Min(Planes, (chunk + 1) * PerChunk), plane = Height * Width;
            for (long p = chunk * PerChunk; p < last; p++)
                for (long i = 0; i < Factor; i++)
                {
                    T* small = Small + (p * Factor + i) * Factor * plane, large = Large + (p * Factor * Height + i) * Factor * Width;
                    if (Factor == 2)
                    {
                        if (Back) Part(small, large, plane);
                        else Join(small, large, plane);
                    }
                    else if (Back) Part(small, large, plane, Factor);
                    else Join(small, large, plane, Factor);
                }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Join(T* small, T* large, long plane)
        {
            for (long h = 0; h < Height; h++, small += Width, large += 4 * Width)
            {
                long w = 0;
                if (sizeof(T) == 4 && Avx.IsSupported)
                {
                    for (; w <= Width - 8; w += 8)
                    {
                        LaneMemory<float>.JoinHalf((float*)large + 2 * w, Vector256.Load((float*)small + w), Vector256.Load((float*)small + plane + w));
                    }
                }
                for (; w < Width; w++)
                {
                    large[2 * w] = small[w];
                    large[2 * w + 1] = small[plane + w];
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Part(T* small, T* large, long plane)
        {
            for (long h = 0; h < Height; h++, small += Width, large += 4 * Width)
            {
                long w = 0;
                if (sizeof(T) == 4 && Avx.IsSupported)
                {
                    for (; w <= Width - 8; w += 8)
                    {
                        Vector256<float> first = Vector256.Load((float*)large + 2 * w), second = Vector256.Load((float*)large + 2 * w + 8);
                        Vector256<float> low = Vector256.Create(first.GetLower(), second.GetLower()), high = Vector256.Create(first.GetUpper(), second.GetUpper());
                        Avx.Shuffle(low, high, 0b10_00_10_00).Store((float*)small + w);
                        Avx.Shuffle(low, high, 0b11_01_11_01).Store((float*)small + plane + w);
                    }
                }
                for (; w < Width; w++)
                {
                    small[w] = large[2 * w];
                    small[plane + w] = large[2 * w + 1];
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Join(T* small, T* large, long plane, long factor)
        {
            for (long j = 0; j < factor; j++)
                for (long h = 0; h < Height; h++)
                {
                    T* from = small + j * plane + h * Width, to = large + h * factor * factor * Width + j;
                    for (long w = 0; w < Width; w++) to[w * factor] = from[w];
                }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Part(T* small, T* large, long plane, long factor)
        {
            for (long j = 0; j < factor; j++)
                for (long h = 0; h < Height; h++)
                {
                    T* from = large + h * factor * factor * Width + j, to = small + j * plane + h * Width;
                    for (long w = 0; w < Width; w++) to[w] = from[w * factor];
                }
        }
    }
}
