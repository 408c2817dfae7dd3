using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Distributions whose parameters come with each element.</summary>
public static unsafe partial class RandomFill
{
    /// <summary>Poisson counts of the given rates, which must not be negative.</summary>
    public static void Poisson<T>(RandomStream stream, T* rate, T* destination, long count) where T : unmanaged
    {
        for (long i = 0; i < count; i++)
        {
            double lambda = RandomCast.ToDouble(rate[i]);
            if (!(lambda >= 0))
                throw new InvalidOperationException("invalid Poisson rate, expected rate to be non-negative");
            destination[i] = RandomCast.From<T>(RandomSampler.Poisson(stream, lambda));
        }
    }

    /// <summary>Binomial counts of so many trials with such a probability.</summary>
    public static void Binomial<T>(RandomStream stream, T* trials, T* probability, T* destination, long count) where T : unmanaged
    {
        for (long i = 0; i < count; i++)
        {
            double sample = RandomSampler.Binomial<T>(stream, RandomCast.ToDouble(trials[i]), RandomCast.ToDouble(probability[i]));
            destination[i] = RandomCast.From<T>(sample);
        }
    }

    /// <summary>Gamma variates of scale one, at least the smallest normal number of the element type.</summary>
    public static void Gamma<T>(RandomStream stream, T* alpha, T* destination, long count) where T : unmanaged
    {
        double smallest = SmallestNormal<T>();
        for (long i = 0; i < count; i++)
            destination[i] = RandomCast.From<T>(Math.Max(smallest, RandomSampler.Gamma<T>(stream, RandomCast.ToDouble(alpha[i]))));
    }

    /// <summary>Dirichlet variates: rows of gamma variates divided by their sums, in double precision until then.</summary>
    public static void Dirichlet<T>(RandomStream stream, T* alpha, T* destination, long rows, long columns) where T : unmanaged
    {
        using var scratch = Scratch.Rent<double>(rows * columns);
        double* gamma = (double*)scratch.Pointer;
        double smallest = SmallestNormal<T>();
        double largest = LargestBelowOne<T>();
        for (long i = 0; i < rows * columns; i++)
            gamma[i] = Math.Max(SmallestNormal<double>(), RandomSampler.Gamma<double>(stream, RandomCast.ToDouble(alpha[i])));
        for (long row = 0; row < rows; row++, gamma += columns, destination += columns)
        {
            double sum = RowSum(gamma, columns);
            for (long i = 0; i < columns; i++)
                destination[i] = RandomCast.From<T>(Math.Min(largest, Math.Max(smallest, gamma[i] / sum)));
        }
    }

    /// <summary>The sum in the order of PyTorch's vector code: the ragged end, then the four lanes.</summary>
    private static double RowSum(double* row, long count)
    {
        var lanes0 = Vector256<double>.Zero;
        var lanes1 = Vector256<double>.Zero;
        var lanes2 = Vector256<double>.Zero;
        var lanes3 = Vector256<double>.Zero;
        long i = 0;
        for (; i <= count - 16; i += 16)
        {
            lanes0 += Vector256.Load(row + i);
            lanes1 += Vector256.Load(row + i + 4);
            lanes2 += Vector256.Load(row + i + 8);
            lanes3 += Vector256.Load(row + i + 12);
        }
        for (; i <= count - 4; i += 4)
            lanes0 += Vector256.Load(row + i);
        lanes0 = lanes0 + lanes1 + lanes2 + lanes3;

        double sum = 0;
        for (; i < count; i++)
            sum += row[i];
        for (int lane = 0; lane < 4; lane++)
            sum += lanes0[lane];
        return sum;
    }

    private static double SmallestNormal<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            return 2.2250738585072014E-308;
        return typeof(T) == typeof(Half) ? 6.103515625E-05 : 1.17549435E-38f;
    }

    private static double LargestBelowOne<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            return Math.BitDecrement(1.0);
        return typeof(T) == typeof(float) ? MathF.BitDecrement(1f) : 1 - Math.Pow(2, typeof(T) == typeof(Half) ? -11 : -8);
    }
}
