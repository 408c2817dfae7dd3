using System.Runtime.CompilerServices;

namespace Facula.Kernels;

public static unsafe partial class RandomFill
{
    /// <summary>Categories drawn with replacement from one row of unnormalised probabilities.</summary>
    /// <remarks>Sums are kept in the element type, or in float for the shorter ones, as PyTorch keeps them. Without replacement the op takes the largest p/e, e exponential.</remarks>
    public static void Multinomial<T>(RandomStream stream, T* probabilities, long categories, long* destination, long samples) where T : unmanaged
    {
        using var scratch = Scratch.Rent<double>(categories);
        double* cumulative = (double*)scratch.Pointer;
        double sum = 0;
        for (long i = 0; i < categories; i++)
        {
            double value = RandomCast.ToDouble(probabilities[i]);
            if (!(value >= 0))
                throw new InvalidOperationException("invalid multinomial distribution (encountering probability entry < 0)");
            if (!double.IsFinite(value))
                throw new InvalidOperationException("invalid multinomial distribution (encountering probability entry = infinity or NaN)");
            sum = Rounded<T>(sum + value);
            cumulative[i] = sum;
        }
        if (!(sum > 0))
            throw new InvalidOperationException("invalid multinomial distribution (sum of probabilities <= 0)");

        for (long i = 0; i < categories; i++)
            cumulative[i] = Rounded<T>(cumulative[i] / sum);
        cumulative[categories - 1] = 1;

        for (long i = 0; i < samples; i++)
        {
            destination[i] = LowerBound(cumulative, categories, stream.NextDouble());
        }
    }

    /// <summary>The first place in an ascending list that is not below a value; without branches, which here nobody predicts.</summary>
    private static long LowerBound(double* list, long count, double value)
    {
        double* place = list;
        while (count > 1)
        {
            long half = count / 2;
            place += half * Unsafe.BitCast<bool, byte>(place[half - 1] < value);
            count -= half;
        }
        return place - list + Unsafe.BitCast<bool, byte>(*place < value);
    }

    private static double Rounded<T>(double value) where T : unmanaged => typeof(T) == typeof(double) ? value : (float)value;
}
