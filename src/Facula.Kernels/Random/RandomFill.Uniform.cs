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
            RandomBits.FillPairs(stream, new UniformDouble(high - low, low), (double*)destination, count);
        }
        else if (typeof(T) == typeof(Half))
        {
            Half from = (Half)(float)low, to = (Half)(float)high;
            UniformShort(stream, new UniformHalf((float)(Half)((float)to - (float)from), (float)from), (Half*)destination, count, 0x7FF);
        }
        else if (typeof(T) == typeof(BFloat16))
        {
            BFloat16 from = (BFloat16)low, to = (BFloat16)high;
            UniformShort(stream, new UniformBFloat16(to - from, from), (BFloat16*)destination, count, 0xFF);
        }
        else
        {
            throw new NotSupportedException($"no uniform numbers of type {typeof(T).Name}");
        }
    }

    /// <summary>Numbers of few bits: from a table of all of them where that pays.</summary>
    private static void UniformShort<TKernel, T>(RandomStream stream, TKernel kernel, T* destination, long count, uint mask)
        where TKernel : struct, IWordKernel<T> where T : unmanaged
    {
        if (count < 2 * mask)
        {
            RandomBits.Fill(stream, kernel, destination, count);
            return;
        }
        using var table = Scratch.Rent<T>(mask + 1);
        for (uint i = 0; i <= mask; i++)
            ((T*)table.Pointer)[i] = kernel.One(i);
        RandomBits.Fill(stream, new FromTable<T>((T*)table.Pointer, mask), destination, count);
    }

    private readonly struct FromTable<T>(T* table, uint mask) : IWordKernel<T> where T : unmanaged
    {
        public T One(uint word) => table[word & mask];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(uint* words, T* destination)
        {
            for (int i = 0; i < 16; i++)
                destination[i] = table[words[i] & mask];
        }
    }

    private readonly struct UniformSingle(float range, float low) : IWordKernel<float>
    {
        public float One(uint word) => MathF.FusedMultiplyAdd((word & RandomBits.SingleMask) * RandomBits.SingleUnit, range, low);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(uint* words, float* destination)
        {
            var bits = (Vector512.Load(words) & Vector512.Create(RandomBits.SingleMask)).AsInt32();
            var unit = Vector512.ConvertToSingle(bits) * RandomBits.SingleUnit;
            Vector512.FusedMultiplyAdd(unit, Vector512.Create(range), Vector512.Create(low)).Store(destination);
        }
    }

    private readonly struct UniformDouble(double range, double low) : IPairKernel<double>
    {
        public double One(ulong bits) => Math.FusedMultiplyAdd((long)(bits & RandomBits.DoubleMask) * RandomBits.DoubleUnit, range, low);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Eight(uint* words, double* destination)
        {
            var unit = Vector512.ConvertToDouble(RandomBits.EightSignificands(words)) * RandomBits.DoubleUnit;
            Vector512.FusedMultiplyAdd(unit, Vector512.Create(range), Vector512.Create(low)).Store(destination);
        }
    }

    private readonly struct UniformHalf(float range, float low) : IWordKernel<Half>
    {
        public Half One(uint word) => (Half)MathF.FusedMultiplyAdd((word & 0x7FF) * (1f / 0x800), range, low);

        public void Sixteen(uint* words, Half* destination)
        {
            for (int i = 0; i < 16; i++)
                destination[i] = One(words[i]);
        }
    }

    private readonly struct UniformBFloat16(float range, float low) : IWordKernel<BFloat16>
    {
        public BFloat16 One(uint word) => (BFloat16)MathF.FusedMultiplyAdd((word & 0xFF) * (1f / 0x100), range, low);

        public void Sixteen(uint* words, BFloat16* destination)
        {
            for (int i = 0; i < 16; i++)
                destination[i] = One(words[i]);
        }
    }
}
