using System.Text.Json.Serialization;

namespace Facula.Benchmarks;

/// <summary>One workload at one number of threads; null stands for a side that cannot run it.</summary>
internal sealed record Row(string Name, string Group, int Threads, double? FaculaMs, double? TorchMs, string? Setting, bool Extra, string? Error)
{
    [JsonIgnore]
    public double? Ratio => TorchMs / FaculaMs;

    /// <summary>The faster time of each side in two races.</summary>
    public Row Or(Row other) => this with
    {
        FaculaMs = Faster(FaculaMs, other.FaculaMs), TorchMs = Faster(TorchMs, other.TorchMs),
        Setting = Faster(TorchMs, other.TorchMs) == TorchMs ? Setting : other.Setting, Error = Error ?? other.Error,
    };

    private static double? Faster(double? one, double? other) => one < other || other is null ? one : other;
}

/// <summary>Peak memory and first step of a training workload, each side in a fresh process; when that step was done counts from the start of the process, with loading and building.</summary>
internal sealed record MemoryRow(string Name, int Steps, long FaculaPeakKb, long TorchPeakKb, double FaculaFirstMs, double TorchFirstMs,
    double? FaculaSinceStartMs = null, double? TorchSinceStartMs = null);

/// <summary>Everything that a race, or several joined, has measured.</summary>
internal sealed record Results(string Cpu, int Cores, string Peer, string Runtime, string Date, double PeakGflops, IReadOnlyList<Row> Rows, IReadOnlyList<MemoryRow> Memory, int Races = 1)
{
    /// <summary>Two races of the same workloads on one machine, for times when its clock wanders: of each side the faster one counts. The memory is that of the later race.</summary>
    public Results Join(Results later)
    {
        if ((Cpu, Cores, Peer, Runtime) != (later.Cpu, later.Cores, later.Peer, later.Runtime)) throw new ArgumentException($"a race on {Cpu} cannot be joined with one on {later.Cpu}, or against another version");
        var rows = later.Rows.ToDictionary(row => (row.Name, row.Threads));
        return later with { Rows = [.. Rows.Select(row => row.Or(rows[(row.Name, row.Threads)]))], PeakGflops = Math.Max(PeakGflops, later.PeakGflops), Races = Races + later.Races };
    }

    /// <summary>The closing line of a race.</summary>
    public static string Summary(IReadOnlyCollection<Row> rows)
    {
        Row[] raced = [.. rows.Where(row => row.Ratio is not null)];
        int missing = rows.Count(row => row.FaculaMs is null);
        if (raced.Length == 0) return $"race: nothing raced, 0 workloads, {missing} missing";
        double geomean = Math.Exp(raced.Average(row => Math.Log(row.Ratio!.Value)));
        Row worst = raced.MinBy(row => row.Ratio)!;
        return FormattableString.Invariant($"race: geomean {geomean:0.00}, worst {worst.Ratio:0.00} at {worst.Name} ({worst.Threads} threads), {raced.Length} workloads, {missing} missing");
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Results))]
internal sealed partial class ResultsJson : JsonSerializerContext;
