using BenchmarkDotNet.Attributes;
using static Facula.torch;

namespace Facula.Benchmarks.Ops.LinearAlgebra;

/// <summary>Products of square matrices.</summary>
public class ProductBenchmarks
{
    private Tensor _a = null!, _b = null!, _result = null!;

    [Params(32, 256, 1024)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Open() => (_a, _b, _result) = (randn(Size, Size), randn(Size, Size), empty(Size, Size));

    [Benchmark]
    public Tensor Product() => mm(_a, _b, @out: _result);

    [Benchmark]
    public Tensor Transposed() => mm(_a, _b.t(), @out: _result);
}
