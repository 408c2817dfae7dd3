using System.Text;
using System.Text.Json;
using Facula.Testing.Golden;

/// <summary>Collects outcomes and prints one line per subject.</summary>
internal sealed class Report(bool verbose)
{
    private sealed class Subject
    {
        internal int Passed, Failed, Unsupported;
        internal string Reason = "";
        internal string Target = "";
        internal int Total => Passed + Failed + Unsupported;
    }

    private readonly List<(Isolated.Line Case, CaseResult Result)> _all = [];
    private readonly Dictionary<string, Subject> _subjects = [];
    private string? _current;

    internal void Add(Isolated.Line c, CaseResult result)
    {
        string name = c.Suite + "/" + c.Name;
        if (_current != name) Flush();
        _current = name;
        _all.Add((c, result));
        if (!_subjects.TryGetValue(name, out Subject? subject)) _subjects[name] = subject = new Subject { Target = c.Target };
        switch (result.Outcome)
        {
            case Outcome.Passed: subject.Passed++; break;
            case Outcome.Failed: subject.Failed++; break;
            default: subject.Unsupported++; break;
        }
        if (result.Outcome == Outcome.Passed) return;
        if (subject.Reason.Length == 0) subject.Reason = $"{c.Id} {c.Target}: {result.Reason}";
        if (verbose) Console.WriteLine($"  {name}#{c.Id} {c.Target}: {result.Reason}");
    }

    /// <summary>Prints the subject that has ended.</summary>
    private void Flush()
    {
        if (_current is null) return;
        Subject s = _subjects[_current];
        string reason = s.Passed == s.Total || verbose ? "" : "  " + s.Reason;
        Console.WriteLine($"{_current}: {s.Passed} passed, {s.Failed} failed, {s.Unsupported} unsupported of {s.Total}{reason}");
        _current = null;
    }

    internal void Summary()
    {
        Flush();
        int complete = _subjects.Values.Count(s => s.Passed == s.Total);
        int passed = _subjects.Values.Sum(s => s.Passed);
        Console.WriteLine($"golden: {passed} of {_all.Count} cases pass; {complete} of {_subjects.Count} subjects complete");
    }

    internal void WriteJson(string path)
    {
        using FileStream stream = File.Create(path);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach ((Isolated.Line c, CaseResult result) in _all)
        {
            writer.WriteStartObject();
            writer.WriteString("suite", c.Suite);
            writer.WriteString("subject", c.Name);
            writer.WriteString("id", c.Id);
            writer.WriteString("outcome", result.Outcome.ToString().ToLowerInvariant());
            writer.WriteString("reason", result.Reason);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>One line per case that does not pass, or one with a star for a subject of which none passes: subject, id, reason.</summary>
    internal void WriteKnownFailures(string path)
    {
        var text = new StringBuilder("# Written by the golden runner (--write-known-failures). An entry must really fail: delete it when its case passes.\n");
        foreach (var subject in _all.GroupBy(x => x.Case.Suite + "/" + x.Case.Name).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var failures = subject.Where(x => x.Result.Outcome != Outcome.Passed).ToList();
            if (failures.Count == 0) continue;
            bool whole = failures.Count == subject.Count();
            foreach ((Isolated.Line c, CaseResult result) in whole ? failures.Take(1) : failures)
            {
                string reason = $"{c.Target}: {result.Reason}".Replace('\n', ' ');
                text.Append($"{subject.Key} {(whole ? "*" : c.Id)} {(reason.Length > 160 ? reason[..160] : reason)}\n");
            }
        }
        File.WriteAllText(path, text.ToString());
    }

    /// <summary>The table of operators, one row per subject of suite ops.</summary>
    internal void WriteOperators(string path)
    {
        var subjects = _subjects.Where(s => s.Key.StartsWith("ops/", StringComparison.Ordinal)).OrderBy(s => s.Key, StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        text.Append("# PyTorch's operators in Facula\n\n");
        text.Append("Written by the golden runner (`--operators-table`) from cases recorded with PyTorch 1.13; do not edit by hand.\n");
        text.Append("An operator is complete when every recorded case passes: values, dtypes, shapes, views, errors, first and second gradients, in-place and `out` forms.\n\n");
        text.Append($"{subjects.Count(s => s.Value.Passed == s.Value.Total)} of {subjects.Count} operators are complete; ");
        text.Append($"{subjects.Sum(s => s.Value.Passed)} of {subjects.Sum(s => s.Value.Total)} cases pass.\n\n");
        text.Append("| operator | called as | cases | pass | state |\n| --- | --- | ---: | ---: | --- |\n");
        foreach ((string name, Subject s) in subjects)
        {
            string state = s.Passed == s.Total ? "complete" : s.Passed > 0 ? "partial" : s.Unsupported == s.Total ? "missing" : "failing";
            text.Append($"| {name[4..].Replace("|", "\\|").Replace("_", "\\_")} | `{s.Target}` | {s.Total} | {s.Passed} | {state} |\n");
        }
        File.WriteAllText(path, text.ToString());
    }
}
