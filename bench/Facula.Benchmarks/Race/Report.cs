using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Facula.Benchmarks;

/// <summary>Results as lines, as files, and as the table of the README.</summary>
internal static class Report
{
    private const string Begin = "<!-- race -->", End = "<!-- /race -->";

    /// <summary>A row for the terminal.</summary>
    public static string Line(Row row) => row.Error is { } error
        ? $"{row.Name,-46} {row.Threads}  failed: {error}"
        : string.Create(CultureInfo.InvariantCulture, $"{row.Name,-46} {row.Threads}  Facula {Time(row.FaculaMs),10}  PyTorch {Time(row.TorchMs),10}  ratio {Ratio(row.Ratio),7}  {row.Setting}");

    /// <summary>A memory row for the terminal.</summary>
    public static string Line(MemoryRow row) => string.Create(CultureInfo.InvariantCulture,
        $"{row.Name,-46} peak of {row.Steps} steps: Facula {row.FaculaPeakKb / 1024.0:0} MB, PyTorch {row.TorchPeakKb / 1024.0:0} MB; first step {row.FaculaFirstMs:0.0} / {row.TorchFirstMs:0.0} ms, {row.FaculaSinceStartMs:0} / {row.TorchSinceStartMs:0} ms after the start");

    public static void WriteJson(Results results, string path) => File.WriteAllText(path, JsonSerializer.Serialize(results, ResultsJson.Default.Results) + "\n");

    public static Results ReadJson(string path) =>
        JsonSerializer.Deserialize(File.ReadAllText(path), ResultsJson.Default.Results) ?? throw new InvalidDataException($"{path} holds no results");

    /// <summary>The whole race as a page.</summary>
    public static string Markdown(Results results)
    {
        var text = new StringBuilder();
        text.AppendLine($"# The race on {results.Cpu}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{results.Date}, {results.Cores} cores, {results.Runtime}, PyTorch {results.Peer} at its best setting, multiply-adds peak at {results.PeakGflops:0} GFLOP/s per thread.");
        text.AppendLine($"Both sides take turns in one run; the fastest sample of each{(results.Races > 1 ? $" in {results.Races} such races" : "")} counts. Ratio = PyTorch / Facula: above 1 Facula is faster. Extra workloads are marked with +.").AppendLine();
        foreach (int threads in results.Rows.Select(row => row.Threads).Distinct())
        {
            Row[] rows = [.. results.Rows.Where(row => row.Threads == threads)];
            text.AppendLine($"## {Threads(threads)}").AppendLine();
            text.AppendLine($"`{Results.Summary([.. rows.Where(row => !row.Extra)])}`").AppendLine();
            if (rows.Any(row => row.Extra)) text.AppendLine($"With the extra workloads `{Results.Summary(rows)}`").AppendLine();
            text.AppendLine("| workload | Facula | PyTorch | ratio | setting |").AppendLine("| --- | ---: | ---: | ---: | --- |");
            foreach (Row row in rows)
                text.AppendLine($"| {row.Name}{(row.Extra ? " +" : "")} | {Time(row.FaculaMs)} | {Time(row.TorchMs)} | {Ratio(row.Ratio)} | {row.Setting} |");
            text.AppendLine();
        }
        if (results.Memory.Count > 0)
        {
            text.AppendLine("## Peak memory and first step of training, each side in a fresh process, one thread").AppendLine();
            text.AppendLine("| workload | steps | Facula, MB | PyTorch, MB | first step, ms | PyTorch's, ms | process start to its end, ms | PyTorch's, ms |")
                .AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            foreach (MemoryRow row in results.Memory)
                text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Steps} | {row.FaculaPeakKb / 1024.0:0} | {row.TorchPeakKb / 1024.0:0} | {row.FaculaFirstMs:0.0} | {row.TorchFirstMs:0.0} | {row.FaculaSinceStartMs:0} | {row.TorchSinceStartMs:0} |");
        }
        return text.ToString();
    }

    /// <summary>Writes the summary by groups of all result files between the marks of the README.</summary>
    public static void WriteTable(string readme, IEnumerable<string> files)
    {
        string text = File.ReadAllText(readme);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new InvalidDataException($"{readme} has no place marked {Begin} … {End}");
        File.WriteAllText(readme, text[..(begin + Begin.Length)] + "\n" + string.Join("\n", files.Order(StringComparer.Ordinal).Select(file => Table(ReadJson(file)))) + text[end..]);
    }

    private static string Table(Results results)
    {
        int[] threads = [.. results.Rows.Select(row => row.Threads).Distinct()];
        Row[] listed = [.. results.Rows.Where(row => !row.Extra)];
        var text = new StringBuilder();
        text.AppendLine($"{results.Cpu}, {results.Date}; PyTorch {results.Peer} at its best setting; geometric mean (smallest) of PyTorch's time / Facula's:").AppendLine();
        text.Append("| group |");
        foreach (int count in threads) text.Append($" {Threads(count)} |");
        text.AppendLine().Append("| --- |");
        foreach (int _ in threads) text.Append(" ---: |");
        text.AppendLine();
        foreach (string group in listed.Select(row => row.Group).Distinct()) AppendGroup(group, row => row.Group == group);
        AppendGroup("**all**", _ => true);
        return text.ToString();

        void AppendGroup(string name, Func<Row, bool> belongs)
        {
            text.Append($"| {name} |");
            foreach (int count in threads)
            {
                double[] ratios = [.. listed.Where(row => row.Threads == count && row.Ratio is not null && belongs(row)).Select(row => row.Ratio!.Value)];
                text.Append(ratios.Length == 0 ? " – |" : $" {Ratio(Math.Exp(ratios.Average(Math.Log)))} ({Ratio(ratios.Min())}) |");
            }
            text.AppendLine();
        }
    }

    private static string Threads(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    private static string Ratio(double? ratio) => ratio switch
    {
        null => "–",
        >= 10 => ratio.Value.ToString("0", CultureInfo.InvariantCulture),
        >= 3 => ratio.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => ratio.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private static string Time(double? ms) => ms switch
    {
        null => "missing",
        < 0.001 => string.Create(CultureInfo.InvariantCulture, $"{ms * 1e6:0} ns"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{ms * 1e3:0.00} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ms:0.00} ms"),
    };
}
