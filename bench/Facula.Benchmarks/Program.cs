using System.CommandLine;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Facula.Benchmarks;

if (args is ["micro", .. string[] microArguments]) return Micro.Run(microArguments);

var peer = new Option<string>("--peer") { Description = "Whom to race against", DefaultValueFactory = _ => "torch" };
peer.AcceptOnlyFromAmong("torch");
var only = new Option<string?>("--only") { Description = "Only workloads whose name (of the sweep also whose group) contains a match of this pattern" };
var threads = new Option<string?>("--threads") { Description = "Numbers of threads, separated by commas (default: 1 and all cores)" };
var json = new Option<FileInfo?>("--json") { Description = "Write the results to this file" };
var quick = new Option<bool>("--quick") { Description = "A short race of a few workloads with one thread" };
var extra = new Option<bool>("--extra") { Description = "Also workloads that are not on the list" };
var sweep = new Option<bool>("--sweep") { Description = "Instead of the list: many short workloads over types, shapes and functions that it leaves out" };
var seconds = new Option<double>("--seconds") { Description = "Time of Facula's turns at one workload; PyTorch gets a similar share", DefaultValueFactory = _ => 0.4 };
var memory = new Option<bool>("--memory") { Description = "With --only or --quick: measure the memory of the training workloads, too" };
var record = new Option<bool>("--record") { Description = "Write the results of this processor to bench/results, although only a part was raced" };
var table = new Option<bool>("--table") { Description = "Do not race: write the table of the README from bench/results" };
var join = new Option<FileInfo[]>("--join") { Description = "Do not race: join these results of --json on one machine, of which the faster time of each side counts, and write them to bench/results", AllowMultipleArgumentsPerToken = true };
var footprint = new Option<string?>("--footprint") { Hidden = true };
var steps = new Option<int>("--steps") { Hidden = true, DefaultValueFactory = _ => 20 };
var command = new RootCommand("Races Facula against PyTorch.") { peer, only, threads, json, quick, extra, sweep, seconds, memory, record, table, join, footprint, steps };
command.SetAction(parsed =>
{
    bool isSweep = parsed.GetValue(sweep);
    WorkloadList list = isSweep ? WorkloadList.Sweep() : WorkloadList.Everything();
    if (parsed.GetValue(footprint) is { } name)
    {
        Facula.torch.set_num_threads(int.Parse(parsed.GetValue(threads)!));
        Footprint.Print(list.All.Single(workload => workload.Name == name), parsed.GetValue(steps));
        return 0;
    }
    if (parsed.GetValue(table))
    {
        Report.WriteTable(Path.Combine(Root(), "README.md"), Directory.GetFiles(Path.Combine(Root(), "bench", "results"), "*.json"));
        return 0;
    }

    if (parsed.GetValue(join) is { Length: > 0 } races)
    {
        Results joined = races.Select(race => Report.ReadJson(race.FullName)).Aggregate((earlier, later) => earlier.Join(later));
        Record(joined, isSweep: false);
        foreach (var group in joined.Rows.GroupBy(row => row.Threads)) Console.WriteLine($"{group.Key} threads {Results.Summary([.. group])}");
        return 0;
    }

    bool isQuick = parsed.GetValue(quick), isPart = isQuick || parsed.GetValue(only) is not null;
    var pattern = new Regex(parsed.GetValue(only) ?? "");
    Workload[] chosen = [.. list.All.Where(workload => (pattern.IsMatch(workload.Name) || (isSweep && pattern.IsMatch(workload.Group))) && (workload.IsQuick || !isQuick)
        && (!workload.IsExtra || parsed.GetValue(extra) || parsed.GetValue(only) is not null))];
    int[] counts = parsed.GetValue(threads) is { } given ? [.. given.Split(',').Select(int.Parse)]
        : isPart || Environment.ProcessorCount == 1 ? [1] : [1, Environment.ProcessorCount];

    long start = Stopwatch.GetTimestamp();
    double peak = Machine.PeakGflops();
    Console.WriteLine(FormattableString.Invariant($"{Machine.Cpu()}, {peak:0} GFLOP/s per thread in registers"));
    var rows = new List<Row>();
    string version = "";
    foreach (int count in counts)
    {
        Facula.torch.set_num_threads(count);
        Facula.torch.manual_seed(0);
        using var race = new Race(count, parsed.GetValue(seconds), Console.Out);
        version = race.Version;
        if (isSweep) Warm(chosen);
        foreach (Workload workload in chosen) rows.Add(race.Run(workload));
    }

    var peaks = new List<MemoryRow>();
    foreach (Workload workload in chosen.Where(workload => workload is { IsTraining: true, Open: not null } && (!isPart || parsed.GetValue(memory))))
    {
        int count = workload.Name.StartsWith("resnet", StringComparison.Ordinal) ? 4 : 30;
        Footprint ours = Footprint.Measure(workload.Name, 1, count), theirs = Peer.Measure(PeerSetting.Torch[^1], 1, workload.Name, count);
        peaks.Add(new MemoryRow(workload.Name, count, ours.PeakKilobytes, theirs.PeakKilobytes, ours.FirstStepMilliseconds, theirs.FirstStepMilliseconds,
            ours.SinceStartMilliseconds, theirs.SinceStartMilliseconds));
        Console.WriteLine(Report.Line(peaks[^1]));
    }

    var results = new Results(Machine.Cpu(), Environment.ProcessorCount, version, RuntimeInformation.FrameworkDescription, DateTime.UtcNow.ToString("yyyy-MM-dd"), Math.Round(peak), rows, peaks);
    if (parsed.GetValue(json) is { } file) Report.WriteJson(results, file.FullName);
    if (!isPart || parsed.GetValue(record)) Record(results, isSweep);
    foreach (int count in counts.Where(_ => counts.Length > 1)) Console.WriteLine($"{count} threads {Results.Summary([.. rows.Where(row => row.Threads == count)])}");
    Console.WriteLine(FormattableString.Invariant($"took {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
    Console.WriteLine(Results.Summary(rows));
    return rows.Any(row => row.Error is not null) ? 1 : 0;
});
return command.Parse(args).Invoke();

static void Record(Results results, bool isSweep)
{
    string target = Path.Combine(Directory.CreateDirectory(Path.Combine(Root(), "bench", "results")).FullName, Machine.Slug(results.Cpu));
    // The README's table is made from the .json files: of the list only.
    if (!isSweep) Report.WriteJson(results, target + ".json");
    File.WriteAllText(target + (isSweep ? "-sweep.md" : ".md"), Report.Markdown(results));
}

// Short turns would measure code that the runtime has not compiled to the end yet, which it does some time after the thirtieth call.
static void Warm(Workload[] workloads)
{
    for (int round = 0; round < 2; round++)
    {
        foreach (Workload workload in workloads)
        {
            Action work = workload.Open!();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < 40 && Stopwatch.GetElapsedTime(start).TotalMilliseconds < 20; i++) work();
        }
        Thread.Sleep(300);
    }
}

static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
