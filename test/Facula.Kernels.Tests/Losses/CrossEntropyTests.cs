namespace Facula.Kernels.Tests.Losses;

/// <summary>The fused cross entropy against the definition in double precision.</summary>
public unsafe class CrossEntropyTests
{
    [Theory]
    [InlineData(7, 10, 1, false)]
    [InlineData(3, 1000, 1, true)]
    [InlineData(32, 64, 1, false)]
    [InlineData(53, 3, 1, true)]
    [InlineData(17, 65, 1, true)]
    [InlineData(20, 1, 1, false)]
    [InlineData(2, 5, 700, true)]
    [InlineData(1, 33, 17, false)]
    [InlineData(4, 1, 3, true)]
    public void Losses_and_gradients_are_those_of_the_definition(int batch, int classes, int positions, bool weighted)
    {
        var random = new Random(1);
        float[] scores = [.. Enumerable.Range(0, batch * classes * positions).Select(_ => (float)(random.NextDouble() * 20 - 10))];
        float[] weight = [.. Enumerable.Range(0, classes).Select(_ => (float)random.NextDouble())], upstream = [.. Enumerable.Range(0, batch * positions).Select(_ => (float)random.NextDouble())];
        long[] target = [.. Enumerable.Range(0, batch * positions).Select(i => i % 5 == 3 ? -100L : random.Next(classes))];
        float[] losses = new float[target.Length], statistics = new float[2 * target.Length], gradient = new float[scores.Length];
        fixed (float* s = scores, w = weight, u = upstream, l = losses, st = statistics, g = gradient)
        fixed (long* t = target)
        {
            var problem = new CrossEntropy.Problem<float> { Batch = batch, Classes = classes, Positions = positions, Ignored = -100, Scores = s, Weight = weighted ? w : null, Target = t, Statistics = st };
            CrossEntropy.Forward(problem, l);
            CrossEntropy.Backward(problem, u, g);
        }
        for (int b = 0; b < batch; b++)
        {
            for (int p = 0; p < positions; p++)
            {
                int at = b * positions + p;
                long c = target[at];
                double[] e = [.. Enumerable.Range(0, classes).Select(i => Math.Exp(scores[(b * classes + i) * positions + p]))];
                double sum = e.Sum(), factor = c < 0 ? 0 : weighted ? weight[c] : 1;
                Assert.Equal(c < 0 ? 0 : -Math.Log(e[c] / sum) * factor, losses[at], 2e-5);
                for (int i = 0; i < classes; i++)
                    Assert.Equal((e[i] / sum - (i == c ? 1 : 0)) * factor * upstream[at], gradient[(b * classes + i) * positions + p], 1e-6);
            }
        }
    }
}
