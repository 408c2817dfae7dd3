using BenchmarkDotNet.Attributes;
using static Facula.torch;

namespace Facula.Benchmarks.Ops.Attention;

/// <summary>Attention of eight heads over sequences of two lengths.</summary>
public class AttentionBenchmarks
{
    private Tensor _query = null!, _gradient = null!;

    [Params(128, 1024)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Open() => (_query, _gradient) = (randn([2, 8, Length, 64], requires_grad: true), randn(2, 8, Length, 64));

    [Benchmark]
    public Tensor Forward()
    {
        using (no_grad()) return nn.functional.scaled_dot_product_attention(_query, _query, _query);
    }

    [Benchmark]
    public void Step()
    {
        _query.grad = null;
        nn.functional.scaled_dot_product_attention(_query, _query, _query).backward(_gradient);
    }
}
