using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Facula.Benchmarks;

/// <summary>An environment that PyTorch is started in: the core type of its BLAS and the width of its loops are chosen at load time.</summary>
internal sealed record PeerSetting(string Name, params (string name, string value)[] Variables)
{
    private static readonly PeerSetting s_haswell = new("haswell-avx2", ("OPENBLAS_CORETYPE", "Haswell"), ("OPENBLAS_L2_SIZE", "512"));

    /// <summary>The three that between them hold PyTorch's best figure of every workload; without AVX-512 the one whose libraries do without, too.</summary>
    public static readonly PeerSetting[] Torch = Machine.IsWithoutAvx512
        ? [s_haswell with { Variables = [.. s_haswell.Variables, ("ATEN_CPU_CAPABILITY", "avx2"), ("ONEDNN_MAX_CPU_ISA", "AVX2")] }]
        :
        [
            s_haswell,
            new("skylakex-avx2", ("OPENBLAS_CORETYPE", "SkylakeX")),
            new("skylakex-avx512", ("OPENBLAS_CORETYPE", "SkylakeX"), ("ATEN_CPU_CAPABILITY", "avx512")),
        ];
}

/// <summary>A long-lived process of the other side, driven over its standard input and output.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;
    private readonly HashSet<string> _known;

    private Peer(Process process, PeerSetting setting)
    {
        _process = process;
        Setting = setting;
        JsonElement hello = Read();
        Version = hello.GetProperty("version").GetString()!;
        _known = [.. hello.GetProperty("workloads").EnumerateArray().Select(name => name.GetString()!)];
    }

    public PeerSetting Setting { get; }

    public string Version { get; }

    public bool Knows(Workload workload) => workload.Code is not null || _known.Contains(workload.Name);

    public static Peer Start(PeerSetting setting, int threads) =>
        new(Process.Start(Command(setting, threads, [])) ?? throw new InvalidOperationException("the peer did not start"), setting);

    /// <summary>Builds a workload; answers what went wrong, or null.</summary>
    public string? Open(Workload workload)
    {
        JsonElement answer = Ask(workload.Code is { } code ? $"code {code.Setup}\t{code.Work}" : "open " + workload.Name);
        return answer.TryGetProperty("error", out JsonElement error) ? error.GetString() : null;
    }

    /// <summary>Times it; milliseconds per call.</summary>
    public double Run(double seconds)
    {
        JsonElement answer = Ask(FormattableString.Invariant($"run {seconds}"));
        return answer.TryGetProperty("ms", out JsonElement ms) ? ms.GetDouble() : throw new InvalidOperationException(answer.GetRawText());
    }

    public void Close() => Ask("close");

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000)) _process.Kill();
        _process.Dispose();
    }

    /// <summary>Runs some steps of a workload in a fresh process.</summary>
    public static Footprint Measure(PeerSetting setting, int threads, string workload, int steps) =>
        Footprint.Of(Command(setting, threads, ["--footprint", workload, $"{steps}"]));

    private static ProcessStartInfo Command(PeerSetting setting, int threads, ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("FACULA_PEER_PYTHON") ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Script());
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach (string name in (string[])["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA"]) start.Environment.Remove(name);
        foreach ((string name, string value) in setting.Variables) start.Environment[name] = value;
        // torch.set_num_threads does not reach OpenBLAS, whose number of threads is fixed when it is loaded.
        start.Environment["OPENBLAS_NUM_THREADS"] = start.Environment["OMP_NUM_THREADS"] = $"{threads}";
        return start;
    }

    private static string Script([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "peers", "torch_peer.py");

    private JsonElement Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return Read();
    }

    private JsonElement Read() =>
        JsonDocument.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"the peer {Setting.Name} ended")).RootElement;
}
