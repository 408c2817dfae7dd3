using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Facula.Benchmarks;

/// <summary>Micro-benchmarks of single operations: Facula against its earlier self. The race measures it against PyTorch.</summary>
internal static class Micro
{
    /// <summary>Runs those that BenchmarkDotNet's own arguments choose, on one thread and in this process, whose runtime is configured as users have it.</summary>
    internal static int Run(string[] args)
    {
        torch.set_num_threads(1);
        torch.manual_seed(0);
        IConfig config = ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).AsDefault());
        return BenchmarkSwitcher.FromAssembly(typeof(Micro).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config).Any() ? 0 : 1;
    }
}
