using BenchmarkDotNet.Attributes;
using Facula.Modules;
using static Facula.torch;

namespace Facula.Benchmarks.Ops.Convolution;

/// <summary>3×3 convolutions of a residual network's shapes.</summary>
public class ConvolutionBenchmarks
{
    private Conv2d _layer = null!;
    private Tensor _x = null!;

    [Params(64, 256)]
    public int Channels { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _layer = nn.Conv2d(Channels, Channels, 3, padding: 1);
        _x = randn([4, Channels, 3584 / Channels, 3584 / Channels], requires_grad: true);
    }

    [Benchmark]
    public Tensor Forward()
    {
        using (no_grad()) return _layer.call(_x);
    }

    [Benchmark]
    public void Step()
    {
        _x.grad = null;
        _layer.zero_grad();
        _layer.call(_x).sum().backward();
    }
}
