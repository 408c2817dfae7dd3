using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class RandomFill
{
    /// <summary>Uniform numbers in [low, high), with as many bits as the element type's significand has.</summary>
    public static void Uniform<T>(RandomStream stream, T* destination, long count, double low, double high) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            float from = (float)low;
            RandomBits.Fill(stream, new UniformSingle((float)high - from, from), (float*)destination, count);
        }
        else if (typeof(T) == typeof(double))
        {
            RandomBits.Fill(stream, new UniformDouble(high - low, low), (double*)destination, count);
        }
        else if (typeof(T) == typeof(Half))
        {
            Half from = (Half)(float)low, to = (Half)(float)high;
            RandomBits.Fill(stream, new UniformShort<Half>((float)(Half)((float)to - (float)from), (float)from), (Half*)destination, count);
        }
        else if (typeof(T) == typeof(BFloat16))
        {
            BFloat16 from = (BFloat16)low, to = (BFloat16)high;
            RandomBits.Fill(stream, new UniformShort<BFloat16>(to - from, from), (BFloat16*)destination, count);
        }
        else
        {
            throw new NotSupportedException($"no uniform numbers of type {typeof(T).Name}");
        }
    }

    private readonly struct UniformSingle(float range, float low) : IRandomKernel<float>
    {
        public static int Words => 1;

        public float One(uint* words, float* destination) => MathF.FusedMultiplyAdd((*words & RandomBits.SingleMask) * RandomBits.SingleUnit, range, low);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(Vector512<uint> words, float* destination, bool far) =>
            WideStore.To(Vector512.FusedMultiplyAdd(SixteenSingles(words), Vector512.Create(range), Vector512.Create(low)), destination, far);
    }

    private readonly struct UniformDouble(double range, double low) : IRandomKernel<double>
    {
        public static int Words => 2;

        public double One(uint* words, double* destination) => Math.FusedMultiplyAdd(OneDouble(words), range, low);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(Vector512<uint> words, double* destination, bool far) =>
            WideStore.To(Vector512.FusedMultiplyAdd(EightDoubles(words), Vector512.Create(range), Vector512.Create(low)), destination, far);
    }

    /// <summary>Numbers of as few bits as a 16-bit float has.</summary>
    private readonly struct UniformShort<T>(float range, float low) : IRandomKernel<T> where T : unmanaged
    {
        private static uint Mask => typeof(T) == typeof(Half) ? 0x7FFu : 0xFF;

        public static int Words => 1;

        public T One(uint* words, T* destination)
        {
            float unit = MathF.FusedMultiplyAdd((*words & Mask) * (1f / (Mask + 1)), range, low);
            return typeof(T) == typeof(Half) ? Unsafe.BitCast<Half, T>((Half)unit) : Unsafe.BitCast<BFloat16, T>((BFloat16)unit);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(Vector512<uint> words, T* destination, bool far)
        {
            var unit = Vector512.ConvertToSingle((words & Vector512.Create(Mask)).AsInt32()) * (1f / (Mask + 1));
            ConvertLanes.StoreSingle(Vector512.FusedMultiplyAdd(unit, Vector512.Create(range), Vector512.Create(low)), destination, far);
        }
    }

    /// <summary>Sixteen numbers in [0, 1) of 24 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SixteenSingles(Vector512<uint> words) =>
        Vector512.ConvertToSingle((words & Vector512.Create(RandomBits.SingleMask)).AsInt32()) * RandomBits.SingleUnit;

    /// <summary>Eight numbers in [0, 1) of 53 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> EightDoubles(Vector512<uint> words) =>
        ConvertLanes.ToDouble(RandomBits.EightSignificands(words)) * RandomBits.DoubleUnit;

    private static double OneDouble(uint* words) => (long)(RandomBits.Pair(words) & RandomBits.DoubleMask) * RandomBits.DoubleUnit;
}
