using System.Numerics;

namespace Facula.Kernels;

/// <summary>
/// Connectionist temporal classification (Graves et al. 2006) in the logarithmic domain: the paths through the targets with blanks between them.
/// Log-probabilities are time × batch × classes, row-major; targets are given by an offset per batch.
/// </summary>
public static unsafe class CtcLoss
{
    /// <summary>The problem: one entry per batch in the length and offset arrays.</summary>
    public struct Problem<T> where T : unmanaged
    {
        public T* LogProbs;
        public long Time, Batch, Classes, Blank, MaxTarget;
        public long* Targets, Offsets, InputLengths, TargetLengths;
    }

    private static double LogSum(double a, double b)
    {
        if (double.IsNegativeInfinity(a)) return b;
        if (double.IsNegativeInfinity(b)) return a;
        return a > b ? a + Math.Log(1 + Math.Exp(b - a)) : b + Math.Log(1 + Math.Exp(a - b));
    }

    private static long Label<T>(in Problem<T> problem, long batch, long place) where T : unmanaged =>
        (place & 1) == 0 ? problem.Blank : problem.Targets[problem.Offsets[batch] + place / 2];

    private static double At<T>(in Problem<T> problem, long time, long batch, long label) where T : unmanaged, IFloatingPointIeee754<T> =>
        double.CreateTruncating(problem.LogProbs[(time * problem.Batch + batch) * problem.Classes + label]);

    // A label may follow the one before its blank only when it is another label.
    private static bool MaySkip<T>(in Problem<T> problem, long batch, long place) where T : unmanaged =>
        place >= 2 && (place & 1) == 1 && Label(problem, batch, place) != Label(problem, batch, place - 2);

    /// <summary>losses[b] = −log of the probability of the targets; alpha (batch × time × (2·MaxTarget + 1)) receives the sums of the paths so far.</summary>
    public static void Forward<T>(Problem<T> problem, double* losses, double* alpha) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new ForwardBody<T> { Problem = problem, Losses = losses, Alpha = alpha };
        WorkerPool.Run((int)problem.Batch, ref body);
    }

    /// <summary>gradient = scale[b] · (p − the share of the paths through each class), PyTorch's form for log-probabilities from a log-softmax.</summary>
    public static void Backward<T>(Problem<T> problem, double* losses, double* alpha, double* scale, T* gradient) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new BackwardBody<T> { Problem = problem, Losses = losses, Alpha = alpha, Scale = scale, Gradient = gradient };
        WorkerPool.Run((int)problem.Batch, ref body);
    }

    private struct ForwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Problem<T> Problem;
        public double* Losses, Alpha;

        public readonly void Run(int b)
        {
            long width = 2 * Problem.MaxTarget + 1, places = 2 * Problem.TargetLengths[b] + 1, time = Problem.InputLengths[b];
            double* alpha = Alpha + b * Problem.Time * width;
            if (time == 0)
            {
                Losses[b] = places == 1 ? 0 : double.PositiveInfinity;
                return;
            }
            for (long s = 0; s < places; s++) alpha[s] = s < 2 ? At(Problem, 0, b, Label(Problem, b, s)) : double.NegativeInfinity;
            for (long t = 1; t < time; t++)
            {
                double* before = alpha + (t - 1) * width, now = alpha + t * width;
                for (long s = 0; s < places; s++)
                {
                    double sum = before[s];
                    if (s > 0) sum = LogSum(sum, before[s - 1]);
                    if (MaySkip(Problem, b, s)) sum = LogSum(sum, before[s - 2]);
                    now[s] = sum + At(Problem, t, b, Label(Problem, b, s));
                }
            }
            double* end = alpha + (time - 1) * width;
            double total = end[places - 1];
            if (places > 1) total = LogSum(total, end[places - 2]);
            Losses[b] = -total;
        }
    }

    private struct BackwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Problem<T> Problem;
        public double* Losses, Alpha, Scale;
        public T* Gradient;

        public readonly void Run(int b)
        {
            long width = 2 * Problem.MaxTarget + 1, places = 2 * Problem.TargetLengths[b] + 1, time = Problem.InputLengths[b];
            double* alpha = Alpha + b * Problem.Time * width;
            using Scratch room = Scratch.Rent<double>(2 * width + Problem.Classes);
            double* beta = (double*)room.Pointer, next = beta + width, shares = next + width;
            for (long t = Problem.Time - 1; t >= 0; t--)
            {
                T* gradient = Gradient + (t * Problem.Batch + b) * Problem.Classes;
                if (t >= time || Scale[b] == 0)
                {
                    for (long c = 0; c < Problem.Classes; c++) gradient[c] = T.Zero;
                    if (t >= time) continue;
                }
                for (long c = 0; c < Problem.Classes; c++) shares[c] = double.NegativeInfinity;
                for (long s = 0; s < places; s++)
                {
                    double sum;
                    if (t == time - 1) sum = s >= places - 2 ? 0 : double.NegativeInfinity;
                    else
                    {
                        sum = next[s];
                        if (s + 1 < places) sum = LogSum(sum, next[s + 1]);
                        if (s + 2 < places && MaySkip(Problem, b, s + 2)) sum = LogSum(sum, next[s + 2]);
                    }
                    long label = Label(Problem, b, s);
                    beta[s] = sum + At(Problem, t, b, label);
                    shares[label] = LogSum(shares[label], alpha[t * width + s] + beta[s]);
                }
                if (Scale[b] != 0)
                {
                    for (long c = 0; c < Problem.Classes; c++)
                    {
                        double lp = At(Problem, t, b, c);
                        gradient[c] = T.CreateTruncating((Math.Exp(lp) - Math.Exp(shares[c] + Losses[b] - lp)) * Scale[b]);
                    }
                }
                double* free = next;
                next = beta;
                beta = free;
            }
        }
    }
}
