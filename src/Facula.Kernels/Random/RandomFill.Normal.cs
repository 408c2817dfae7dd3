using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class RandomFill
{
    /// <summary>Fewer elements than this are drawn one by one.</summary>
    public const int NormalGroup = 16;

    /// <summary>Normal numbers in a contiguous tensor of <paramref name="count"/> elements.</summary>
    public static void Normal<T>(RandomStream stream, T* destination, long count, double mean, double std) where T : unmanaged
    {
        if (count < NormalGroup)
        {
            NormalSerial(stream, destination, count, mean, std);
            return;
        }

        long whole = count / NormalGroup * NormalGroup;
        if (typeof(T) == typeof(float))
            RandomBits.Fill(stream, new NormalKernel<UniformSingle, float>(new UniformSingle(1, 0), mean, std), (float*)destination, whole);
        else if (typeof(T) == typeof(double))
            RandomBits.Fill(stream, new NormalKernel<UniformDouble, double>(new UniformDouble(1, 0), mean, std), (double*)destination, whole);
        else
            RandomBits.Fill(stream, new NormalKernel<UniformShort<T>, T>(new UniformShort<T>(1, 0), mean, std), destination, whole);
        if (whole != count)
        {
            // The ragged end is drawn for nothing: the last sixteen places are drawn again, and those only are transformed.
            for (long i = whole; i < count; i++)
                Uniform(stream, destination + i, 1, 0, 1);
            Uniform(stream, destination + count - NormalGroup, NormalGroup, 0, 1);
            Transform(destination + count - NormalGroup, NormalGroup, mean, std);
        }
    }

    /// <summary>Normal numbers one by one in double precision, as for tensors that are not contiguous or have few elements.</summary>
    public static void NormalSerial<T>(RandomStream stream, T* destination, long count, double mean, double std) where T : unmanaged
    {
        for (long i = 0; i < count; i++)
            destination[i] = RandomCast.From<T>(Math.FusedMultiplyAdd(stream.NextNormal(), std, mean));
    }

    /// <summary>e to the power of normal numbers.</summary>
    public static void LogNormal<T>(RandomStream stream, T* destination, long count, double mean, double std) where T : unmanaged
    {
        for (long i = 0; i < count; i++)
            destination[i] = RandomCast.From<T>(Math.Exp(Math.FusedMultiplyAdd(stream.NextNormal(), std, mean)));
    }

    /// <summary>Uniform numbers, transformed while they are still in the first cache.</summary>
    private readonly struct NormalKernel<TUniform, T>(TUniform uniform, double mean, double std) : IRandomKernel<T>
        where TUniform : struct, IRandomKernel<T> where T : unmanaged
    {
        public static int Words => TUniform.Words;

        public static bool IsHeavy => true;

        public static bool Finishes => true;

        public T One(uint* words, T* destination) => uniform.One(words, destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(Vector512<uint> words, T* destination, bool far) => uniform.Sixteen(words, destination, far);

        public void Finish(T* destination, long count) => Transform(destination, count, mean, std);
    }

    /// <summary>Turns groups of sixteen uniform numbers into normal ones: the first eight give the radii, the others the angles.</summary>
    private static void Transform<T>(T* data, long count, double mean, double std) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            BoxMullerSingle.Transform((float*)data, count, (float)mean, (float)std);
        else if (typeof(T) == typeof(double))
            TransformDouble((double*)data, count, mean, std);
        else if (typeof(T) == typeof(Half))
            TransformHalf((Half*)data, count, (float)(Half)(float)mean, (float)(Half)(float)std);
        else
            TransformBFloat16((BFloat16*)data, count, (BFloat16)mean, (BFloat16)std);
    }

    private static void TransformDouble(double* data, long count, double mean, double std)
    {
        for (double* end = data + count; data < end; data += NormalGroup)
        {
            for (int i = 0; i < 8; i++)
            {
                double radius = Math.Sqrt(-2 * Math.Log(1 - data[i]));
                var (sin, cos) = Math.SinCos(2 * Math.PI * data[i + 8]);
                data[i] = Math.FusedMultiplyAdd(radius * cos, std, mean);
                data[i + 8] = Math.FusedMultiplyAdd(radius * sin, std, mean);
            }
        }
    }

    // Half keeps float through an expression and rounds at each assignment; BFloat16 rounds after every operation.
    private static void TransformHalf(Half* data, long count, float mean, float std)
    {
        for (Half* end = data + count; data < end; data += NormalGroup)
        {
            for (int i = 0; i < 8; i++)
            {
                float u1 = (float)(Half)(1 - (float)data[i]);
                float radius = (float)(Half)MathF.Sqrt(-2 * MathF.Log(u1));
                float angle = (float)(Half)(float)(2 * Math.PI * (float)data[i + 8]);
                data[i] = (Half)MathF.FusedMultiplyAdd(radius * MathF.Cos(angle), std, mean);
                data[i + 8] = (Half)MathF.FusedMultiplyAdd(radius * MathF.Sin(angle), std, mean);
            }
        }
    }

    private static void TransformBFloat16(BFloat16* data, long count, BFloat16 mean, BFloat16 std)
    {
        for (BFloat16* end = data + count; data < end; data += NormalGroup)
        {
            for (int i = 0; i < 8; i++)
            {
                var u1 = (BFloat16)(1f - data[i]);
                var radius = (BFloat16)MathF.Sqrt((BFloat16)(-2f * (BFloat16)MathF.Log(u1)));
                var angle = (BFloat16)(2 * Math.PI * (float)data[i + 8]);
                data[i] = radius * (BFloat16)MathF.Cos(angle) * std + mean;
                data[i + 8] = radius * (BFloat16)MathF.Sin(angle) * std + mean;
            }
        }
    }
}
