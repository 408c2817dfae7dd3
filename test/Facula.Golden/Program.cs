using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Facula.Testing.Golden;

var cases = new Option<DirectoryInfo>("--cases") { Description = "Folder with the suites (<suite>.jsonl.gz)", Required = true };
var suite = new Option<string?>("--suite") { Description = "Only these suites, separated by commas" };
var match = new Option<string?>("--match") { Description = "Only subjects that contain a match of this pattern (searched in suite/subject)" };
var json = new Option<FileInfo?>("--json") { Description = "Write every case's outcome to this file" };
var seconds = new Option<double>("--timeout") { Description = "Seconds that one case may take", DefaultValueFactory = _ => 60 };
var verbose = new Option<bool>("--verbose") { Description = "Print every case that does not pass" };
var command = new RootCommand("Replays cases recorded from PyTorch against Facula.") { cases, suite, match, json, seconds, verbose };
command.SetAction(parsed =>
{
    Facula.torch.warnings.simplefilter("ignore");
    string[]? suites = parsed.GetValue(suite)?.Split(',');
    var pattern = new Regex(parsed.GetValue(match) ?? "");
    var report = new Report(parsed.GetValue(verbose));
    using var replay = new Replay(TimeSpan.FromSeconds(parsed.GetValue(seconds)));
    foreach (FileInfo file in parsed.GetValue(cases)!.GetFiles("*.jsonl.gz").OrderBy(f => f.Name))
    {
        if (suites is not null && !suites.Contains(file.Name[..file.Name.IndexOf('.')])) continue;
        foreach (GoldenCase c in GoldenCase.Load(file.FullName))
            if (pattern.IsMatch(c.Subject)) report.Add(c, replay.Run(c));
        report.Flush();
    }
    if (parsed.GetValue(json) is { } target) report.WriteJson(target.FullName);
    report.Summary();
    return 0;
});
return command.Parse(args).Invoke();
