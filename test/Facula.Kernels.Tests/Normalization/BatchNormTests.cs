namespace Facula.Kernels.Tests.Normalization;

/// <summary>Batch normalisation against the formulas in double, and the same bits whatever the number of threads.</summary>
[Collection("WorkerPool")]
public unsafe class BatchNormTests
{
    // Several channels to a chunk, one to a chunk, channels of more than one block, and parts of vectors.
    [Theory]
    [InlineData(2, 3, 5)]
    [InlineData(3, 40, 49)]
    [InlineData(9, 37, 784)]
    [InlineData(2, 5, 1000)]
    [InlineData(3, 3, 4097)]
    [InlineData(1, 4, 9000)]
    [InlineData(100, 3, 1)]
    [InlineData(8, 130, 9)]
    [InlineData(70, 5, 64)]
    [InlineData(2, 9, 2)]
    [InlineData(1, 20, 16)]
    public void Channels_are_normalised_and_their_gradients_follow(int images, int channels, int length)
    {
        var random = new Random(length);
        float[] Draw(int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextSingle() * 2 - 0.5f)];
        int size = images * channels * length, before = WorkerPool.Threads;
        float[] source = Draw(size), gradient = Draw(size), weight = Draw(channels), bias = Draw(channels);
        float[] first = [];
        foreach (int threads in (int[])[1, 2, 3])
        {
            float[] result = new float[size], dx = new float[size], dw = new float[channels], db = new float[channels];
            double[] mean = new double[channels], variance = new double[channels], invstd = new double[channels];
            WorkerPool.Threads = threads;
            try
            {
                fixed (float* s = source, g = gradient, w = weight, b = bias, y = result, px = dx, pw = dw, pb = db)
                fixed (double* m = mean, v = variance, i = invstd)
                {
                    BatchNorm.Train(s, y, images, channels, length, 1e-5, w, b, m, v, i);
                    BatchNorm.Backward(g, s, images, channels, length, m, i, w, true, px, pw, pb);
                }
            }
            finally
            {
                WorkerPool.Threads = before;
            }
            float[] all = [.. result, .. dx, .. dw, .. db];
            if (threads > 1)
            {
                Assert.Equal(first, all);
                continue;
            }
            first = all;
            for (int c = 0; c < channels; c++)
            {
                int[] places = [.. Enumerable.Range(0, images * length).Select(i => (i / length * channels + c) * length + i % length)];
                double average = places.Average(p => (double)source[p]), spread = places.Average(p => (source[p] - average) * (source[p] - average)), scale = 1 / Math.Sqrt(spread + 1e-5);
                double sum = places.Average(p => (double)gradient[p]), product = places.Average(p => gradient[p] * (source[p] - average) * scale);
                Assert.Equal(average, mean[c], 1e-6);
                Assert.Equal(spread * places.Length / (places.Length - 1), variance[c], 1e-5);
                Assert.Equal(product * places.Length, dw[c], 1e-5 * places.Length);
                Assert.Equal(sum * places.Length, db[c], 1e-5 * places.Length);
                foreach (int p in places)
                {
                    double normal = (source[p] - average) * scale;
                    Assert.Equal(normal * weight[c] + bias[c], result[p], 1e-5);
                    Assert.Equal(weight[c] * scale * (gradient[p] - sum - normal * product), dx[p], 2e-5);
                }
            }
        }
    }
}
