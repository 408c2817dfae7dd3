using System.Runtime.Intrinsics;

namespace Facula.Kernels.Tests.Losses;

public unsafe class PairLossTests
{
    [Fact] public void Squares() => Check(new SquaredError<double>(), new SquaredError<float>(), Any, Any);
    [Fact] public void Absolutes() => Check(new AbsoluteError<double>(), new AbsoluteError<float>(), Any, Any);
    [Fact] public void SmoothAbsolutes() => Check(new SmoothAbsoluteError<double>(0.5), new SmoothAbsoluteError<float>(0.5f), Any, Any);
    [Fact] public void Huber() => Check(new HuberError<double>(0.7), new HuberError<float>(0.7f), Any, Any);
    [Fact] public void Entropies() => Check(new BinaryCrossEntropy<double>(), new BinaryCrossEntropy<float>(), Probability, Probability);
    [Fact] public void EntropiesOfScores() => Check(new BinaryCrossEntropyOfScores<double>(), new BinaryCrossEntropyOfScores<float>(), Any, Probability);
    [Fact] public void Divergences() => Check(new Divergence<double>(), new Divergence<float>(), Any, Probability);
    [Fact] public void LogDivergences() => Check(new LogDivergence<double>(), new LogDivergence<float>(), Any, Any);

    [Fact]
    public void WhatIsNoProbabilityHasNoEntropy()
    {
        foreach (double x in (double[])[-0.1, 1.1, double.NaN])
            Assert.True(double.IsNaN(new BinaryCrossEntropy<double>().Value(Vector512.Create(x), Vector512.Create(0.5)).GetElement(0)), $"{x}");
        Assert.Equal(50, new BinaryCrossEntropy<double>().Value(Vector512.Create(0.0), Vector512.Create(0.5)).GetElement(3), 1e-12);
        Assert.Equal(0, new Divergence<double>().Value(Vector512.Create(3.0), Vector512<double>.Zero).GetElement(3));
    }

    private static double Any(Random random) => random.NextDouble() * 6 - 3;

    private static double Probability(Random random) => 0.01 + random.NextDouble() * 0.98;

    // Vectors against numbers, slopes against differences, sums of odd lengths against their terms.
    private static void Check<TDouble, TFloat>(TDouble loss, TFloat single, Func<Random, double> input, Func<Random, double> target)
        where TDouble : struct, IPairLoss<double>
        where TFloat : struct, IPairLoss<float>
    {
        var random = new Random(5);
        foreach (int count in (int[])[1, 7, 8, 33, 5000, 70001])
        {
            double[] x = [.. Enumerable.Range(0, count).Select(_ => input(random))], y = [.. Enumerable.Range(0, count).Select(_ => target(random))];
            float[] narrowX = Array.ConvertAll(x, v => (float)v), narrowY = Array.ConvertAll(y, v => (float)v);
            double expected = 0;
            for (int i = 0; i < count; i++) expected += loss.Value(x[i], y[i]);
            fixed (double* px = x, py = y) Assert.Equal(1, PairLoss.Sum(loss, px, py, count) / expected, 1e-12);
            fixed (float* px = narrowX, py = narrowY) Assert.Equal(1, PairLoss.Sum(single, px, py, count) / expected, 1e-5);
        }
        for (int i = 0; i < 1000; i++)
        {
            double x = input(random), y = target(random);
            const double Step = 1e-6;
            double slope = (loss.Value(x + Step, y) - loss.Value(x - Step, y)) / (2 * Step);
            Agree(slope, loss.Slope(x, y), 1e-5);
            Agree(slope, loss.Slope(Vector512.Create(x), Vector512.Create(y)).GetElement(2), 1e-5);
            Agree(slope, single.Slope(Vector512.Create((float)x), Vector512.Create((float)y)).GetElement(2), 1e-4);
            Agree(loss.Value(x, y), loss.Value(Vector512.Create(x), Vector512.Create(y)).GetElement(5), 1e-12);
            Agree(loss.Value(x, y), single.Value((float)x, (float)y), 1e-5);
            Agree(loss.Value(x, y), single.Value(Vector512.Create((float)x), Vector512.Create((float)y)).GetElement(5), 1e-5);
        }
    }

    private static void Agree(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{actual} instead of {expected}");
}
