using BenchmarkDotNet.Attributes;
using static Facula.torch;

namespace Facula.Benchmarks.Ops.Pointwise;

/// <summary>Functions of each element, in and beyond the caches.</summary>
public class ElementwiseBenchmarks
{
    private Tensor _x = null!, _positive = null!, _result = null!;

    [Params(1000, 1000000)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Open() => (_x, _positive, _result) = (randn(Count), rand(Count) + 0.01, empty(Count));

    [Benchmark]
    public Tensor Add() => add(_x, _positive, @out: _result);

    [Benchmark]
    public Tensor Exp() => exp(_x, @out: _result);

    [Benchmark]
    public Tensor Log() => log(_positive, @out: _result);

    [Benchmark]
    public Tensor Sin() => sin(_x, @out: _result);

    [Benchmark]
    public Tensor Tanh() => tanh(_x, @out: _result);

    [Benchmark]
    public Tensor Sigmoid() => sigmoid(_x, @out: _result);

    [Benchmark]
    public Tensor Gelu() => nn.functional.gelu(_x);
}
