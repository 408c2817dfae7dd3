using System.CommandLine;
using System.Text.RegularExpressions;
using Facula.Testing.Golden;

var cases = new Option<DirectoryInfo>("--cases") { Description = "Folder with the suites (<suite>.jsonl.gz)", Required = true };
var suite = new Option<string?>("--suite") { Description = "Only these suites, separated by commas" };
var match = new Option<string?>("--match") { Description = "Only subjects that contain a match of this pattern (searched in suite/subject)" };
var json = new Option<FileInfo?>("--json") { Description = "Write every case's outcome to this file" };
var table = new Option<FileInfo?>("--operators-table") { Description = "Write the table of PyTorch's operators with our state to this file" };
var seconds = new Option<double>("--timeout") { Description = "Seconds that one case may take", DefaultValueFactory = _ => 30 };
var verbose = new Option<bool>("--verbose") { Description = "Print every case that does not pass" };
var generic = new Option<bool>("--generic") { Description = "Run the generic operator tests (finite differences, strides, out, in place) over the cases of suite ops" };
var known = new Option<FileInfo?>("--write-known-failures") { Description = "Write what does not pass to this file" };
var strides = new Option<bool>("--strides") { Description = "Compare the strides of results, too" };
var lost = new Option<FileInfo?>("--lost-inlining") { Description = "Append the calls in kernels that the compiler had no room to inline to this file" };
var worker = new Option<int?>("--worker-from") { Hidden = true };
var command = new RootCommand("Replays cases recorded from PyTorch against Facula.") { cases, suite, match, json, table, seconds, verbose, generic, known, strides, lost, worker };
command.SetAction(parsed =>
{
    TimeSpan limit = TimeSpan.FromSeconds(parsed.GetValue(seconds));
    Comparison.WithStrides = parsed.GetValue(strides);
    if (parsed.GetValue(worker) is { } from)
    {
        Facula.torch.warnings.simplefilter("ignore");
        using LostInlining? listener = parsed.GetValue(lost) is { } calls ? new LostInlining(calls.FullName) : null;
        Isolated.Work(Selected(parsed), from, limit, parsed.GetValue(generic));
        return 0;
    }
    var report = new Report(parsed.GetValue(verbose));
    Isolated.Run(args, report.Add, limit);
    if (parsed.GetValue(json) is { } target) report.WriteJson(target.FullName);
    if (parsed.GetValue(table) is { } operators) report.WriteOperators(operators.FullName);
    if (parsed.GetValue(known) is { } failures) report.WriteKnownFailures(failures.FullName);
    report.Summary();
    return 0;
});
return command.Parse(args).Invoke();

IEnumerable<GoldenCase> Selected(ParseResult parsed)
{
    string[]? suites = parsed.GetValue(suite)?.Split(',');
    var pattern = new Regex(parsed.GetValue(match) ?? "");
    foreach (FileInfo file in parsed.GetValue(cases)!.GetFiles("*.jsonl.gz").OrderBy(f => f.Name, StringComparer.Ordinal))
    {
        if (suites is not null && !suites.Contains(file.Name[..file.Name.IndexOf('.')])) continue;
        foreach (GoldenCase c in GoldenCase.Load(file.FullName))
            if (pattern.IsMatch(c.Subject) && (!parsed.GetValue(generic) || Facula.Testing.OpSuite.Applies(c))) yield return c;
    }
}
