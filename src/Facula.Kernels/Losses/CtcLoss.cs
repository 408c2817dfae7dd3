using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Label<T>(in Problem<T> problem, long batch, long place) where T : unmanaged =>
        (place & 1) == 0 ? problem.Blank : problem.Targets[problem.Offsets[batch] + place / 2];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double At<T>(in Problem<T> problem, long time, long batch, long label) where T : unmanaged, IFloatingPointIeee754<T> =>
        double.CreateTruncating(problem.LogProbs[(time * problem.Batch + batch) * problem.Classes + label]);

    // A label may follow the one before its blank only when it is another label.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MaySkip<T>(in Problem<T> problem, long batch, long place) where T : unmanaged =>
        place >= 2 && (place & 1) == 1 && Label(problem, batch, place) != Label(problem, batch, place - 2);

    /// <summary>losses[b] = −log of the probability of the targets; alpha (batch × time × (2·MaxTarget + 1)) receives the sums of the paths so far.</summary>
    public static void Forward<T>(Problem<T> problem, double* losses, double* alpha) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new ForwardBody<T> { Problem = problem, Losses = losses, Alpha = alpha };
        WorkerPool.Run((int)problem.Batch, ref body);
    }

    /// <summary>losses[b] from the sums that <see cref="Forward"/> left.</summary>
    public static void Losses<T>(in Problem<T> problem, double* alpha, double* losses) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long b = 0; b < problem.Batch; b++) losses[b] = Loss(problem, alpha, b);
    }

    private static double Loss<T>(in Problem<T> problem, double* alpha, long batch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long width = 2 * problem.MaxTarget + 1, places = 2 * problem.TargetLengths[batch] + 1, time = problem.InputLengths[batch];
        if (time == 0) return places == 1 ? 0 : double.PositiveInfinity;
        double* end = alpha + (batch * problem.Time + time - 1) * width;
        double last = end[places - 1], before = places > 1 ? end[places - 2] : double.NegativeInfinity, largest = Math.Max(last, before);
        return double.IsNegativeInfinity(largest) ? double.PositiveInfinity : -(largest + Math.Log(Math.Exp(last - largest) + Math.Exp(before - largest)));
    }

    /// <summary>gradient = scale[b] · (p − the share of the paths through each class), PyTorch's form for log-probabilities from a log-softmax.</summary>
    public static void Backward<T>(Problem<T> problem, double* losses, double* alpha, double* scale, T* gradient) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new BackwardBody<T> { Problem = problem, Losses = losses, Alpha = alpha, Scale = scale, Gradient = gradient };
        WorkerPool.Run((int)problem.Batch, ref body);
    }

    // A result below the normal numbers is 0 beside what it is added to, and takes the processor a hundred times as long.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exp(Vector512<double> x)
    {
        Vector512<double> least = Vector512.Create(-708.0);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, least), default, VectorMath.Exp(Vector512.MaxNative(least, x)));
    }

    /// <summary>
    /// One batch entry's states as vectors want them: lines of places filled up with −∞, two more before and behind. The line of skips holds 0 where a label
    /// may follow the one before its blank, and −∞ elsewhere.
    /// </summary>
    private readonly struct States
    {
        public readonly long Places, Length, Line;

        public States(long places)
        {
            Places = places;
            Length = (places + 7) & ~7L;
            Line = Length + 16;
        }

        /// <summary>A line's first place.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public double* At(Scratch room, int line)
        {
            double* first = (double*)room.Pointer + line * Line;
            for (long i = 0; i < Line; i++) first[i] = double.NegativeInfinity;
            return first + 8;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Skips<T>(in Problem<T> problem, long batch, double* skips, long shift) where T : unmanaged
        {
            for (long s = 0; s + shift < Places; s++) skips[s] = MaySkip(problem, batch, s + shift) ? 0 : double.NegativeInfinity;
        }

        /// <summary>The log-probabilities of the places' labels at one time.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Emissions<T>(in Problem<T> problem, long time, long batch, double* emissions) where T : unmanaged, IFloatingPointIeee754<T>
        {
            T* row = problem.LogProbs + (time * problem.Batch + batch) * problem.Classes;
            long* labels = problem.Targets + problem.Offsets[batch];
            double blank = double.CreateTruncating(row[problem.Blank]);
            for (long s = 0; s < Places; s++) emissions[s] = (s & 1) == 0 ? blank : double.CreateTruncating(row[labels[s / 2]]);
        }

        /// <summary>to[s] = log(e^from[s] + e^from[s + step] + e^(from[s + 2 step] + skips[s])) + emissions[s].</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Advance(double* from, long step, double* skips, double* emissions, double* to)
        {
            Vector512<double> none = Vector512.Create(double.NegativeInfinity);
            for (long s = 0; s < Length; s += 8)
            {
                Vector512<double> a = Vector512.Load(from + s), b = Vector512.Load(from + s + step), c = Vector512.Load(from + s + 2 * step) + Vector512.Load(skips + s);
                Vector512<double> largest = Vector512.Max(Vector512.Max(a, b), c), shift = Vector512.ConditionalSelect(Vector512.Equals(largest, none), default, largest);
                Vector512<double> sum = Exp(a - shift) + Exp(b - shift) + Exp(c - shift);
                (VectorMath.Log(sum) + shift + Vector512.Load(emissions + s)).Store(to + s);
            }
        }
    }

    private struct ForwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Problem<T> Problem;
        public double* Losses, Alpha;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int b)
        {
            long width = 2 * Problem.MaxTarget + 1, time = Problem.InputLengths[b];
            double* alpha = Alpha + b * Problem.Time * width;
            var states = new States(2 * Problem.TargetLengths[b] + 1);
            using Scratch room = Scratch.Rent<double>(4 * states.Line);
            double* before = states.At(room, 0), now = states.At(room, 1), skips = states.At(room, 2), emissions = states.At(room, 3);
            states.Skips(Problem, b, skips, 0);
            for (long t = 0; t < time; t++)
            {
                states.Emissions(Problem, t, b, emissions);
                if (t > 0) states.Advance(before, -1, skips, emissions, now);
                else for (long s = 0; s < Math.Min(2, states.Places); s++) now[s] = emissions[s];
                Buffer.MemoryCopy(now, alpha + t * width, states.Places * sizeof(double), states.Places * sizeof(double));
                double* free = before;
                before = now;
                now = free;
            }
            Losses[b] = Loss(Problem, Alpha, b);
        }
    }

    private struct BackwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Problem<T> Problem;
        public double* Losses, Alpha, Scale;
        public T* Gradient;

        // Of all paths, the share that is in place s at time t is e^(alpha + beta − emission + loss); a class has the shares of its places.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int b)
        {
            long width = 2 * Problem.MaxTarget + 1, time = Problem.InputLengths[b], classes = Problem.Classes;
            double loss = Losses[b], scale = Scale[b];
            double* alpha = Alpha + b * Problem.Time * width;
            var states = new States(2 * Problem.TargetLengths[b] + 1);
            using Scratch room = Scratch.Rent<double>(5 * states.Line + classes);
            double* next = states.At(room, 0), now = states.At(room, 1), skips = states.At(room, 2), emissions = states.At(room, 3), paths = states.At(room, 4);
            double* shares = (double*)room.Pointer + 5 * states.Line;
            states.Skips(Problem, b, skips, 2);
            for (long t = Problem.Time - 1; t >= 0; t--)
            {
                T* gradient = Gradient + (t * Problem.Batch + b) * classes;
                if (t >= time || scale == 0)
                {
                    for (long c = 0; c < classes; c++) gradient[c] = T.Zero;
                    continue;
                }
                states.Emissions(Problem, t, b, emissions);
                if (t < time - 1) states.Advance(next, 1, skips, emissions, now);
                else for (long s = Math.Max(0, states.Places - 2); s < states.Places; s++) now[s] = emissions[s];
                Buffer.MemoryCopy(alpha + t * width, paths, states.Places * sizeof(double), states.Places * sizeof(double));
                Vector512<double> total = Vector512.Create(loss);
                for (long s = 0; s < states.Length; s += 8)
                    Exp(Vector512.Load(paths + s) + (Vector512.Load(now + s) - Vector512.Load(emissions + s)) + total).Store(paths + s);
                for (long c = 0; c < classes; c++) shares[c] = double.IsInfinity(loss) ? double.NaN : 0;
                for (long s = 0; s < states.Places; s++) shares[Label(Problem, b, s)] += paths[s];
                for (long s = states.Places; s < states.Length; s++) paths[s] = double.NegativeInfinity;
                T* row = Problem.LogProbs + (t * Problem.Batch + b) * classes;
                for (long c = Gradients(row, shares, scale, gradient, classes); c < classes; c++)
                {
                    // What is impossible has no slope, as in PyTorch.
                    double p = double.CreateTruncating(T.Exp(row[c])), share = T.IsNegativeInfinity(row[c]) ? double.NaN : shares[c];
                    gradient[c] = T.CreateTruncating((p - share) * scale);
                }
                double* free = next;
                next = now;
                now = free;
            }
        }

        // Whole vectors of classes; answers how many classes that were.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static long Gradients(T* row, double* shares, double scale, T* gradient, long classes)
        {
            Vector512<double> all = Vector512.Create(scale), none = Vector512.Create(double.NegativeInfinity), nan = Vector512.Create(double.NaN);
            long c = 0;
            for (; c <= classes - 8; c += 8)
            {
                Vector512<double> x = typeof(T) == typeof(float) ? ComplexLanes.Widen(Vector256.Load((float*)row + c)) : Vector512.Load((double*)row + c);
                Vector512<double> share = Vector512.ConditionalSelect(Vector512.Equals(x, none), nan, Vector512.Load(shares + c)), result = (Exp(x) - share) * all;
                if (typeof(T) == typeof(float)) Vector256.Narrow(result.GetLower(), result.GetUpper()).Store((float*)gradient + c);
                else result.Store((double*)gradient + c);
            }
            return c;
        }
    }
}
