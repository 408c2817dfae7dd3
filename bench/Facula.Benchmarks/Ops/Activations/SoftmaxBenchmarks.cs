using BenchmarkDotNet.Attributes;
using static Facula.torch;

namespace Facula.Benchmarks.Ops.Activations;

/// <summary>softmax of rows, and the loss that stands on it.</summary>
public class SoftmaxBenchmarks
{
    private readonly Tensor _scores = randn(1024, 1000, requires_grad: true), _target = randint(0, 1000, [1024]);

    [Benchmark]
    public Tensor Softmax()
    {
        using (no_grad()) return nn.functional.softmax(_scores, -1);
    }

    [Benchmark]
    public Tensor LogSoftmax()
    {
        using (no_grad()) return nn.functional.log_softmax(_scores, -1);
    }

    [Benchmark]
    public void CrossEntropyStep()
    {
        _scores.grad = null;
        nn.functional.cross_entropy(_scores, _target).backward();
    }
}
