using BenchmarkDotNet.Attributes;
using static Facula.torch;

namespace Facula.Benchmarks.Ops.Pointwise;

/// <summary>Operations on four elements: what a call costs before it computes.</summary>
public class TinyBenchmarks
{
    private readonly Tensor _x = randn(4), _y = randn(4), _weight = randn(4, requires_grad: true);

    [Benchmark]
    public Tensor Add() => _x + _y;

    [Benchmark]
    public Tensor AddRecorded() => _x + _weight;

    [Benchmark]
    public Tensor View() => _x.view(2, 2);

    [Benchmark]
    public void Backward()
    {
        _weight.grad = null;
        (_x * _weight).sum().backward();
    }
}
