using System.Text.Json;
using Facula.Testing.Golden;

/// <summary>Collects outcomes and prints one line per subject.</summary>
internal sealed class Report(bool verbose)
{
    private sealed class Subject
    {
        internal int Passed, Failed, Unsupported;
        internal string Reason = "";
        internal int Total => Passed + Failed + Unsupported;
    }

    private readonly List<(string Suite, string Name, string Id, CaseResult Result)> _all = [];
    private readonly Dictionary<string, Subject> _subjects = [];
    private string? _current;

    internal void Add(GoldenCase c, CaseResult result)
    {
        if (_current is not null && _current != c.Subject) Flush();
        _current = c.Subject;
        _all.Add((c.Suite, c.Name, c.Id, result));
        if (!_subjects.TryGetValue(c.Subject, out Subject? subject)) _subjects[c.Subject] = subject = new Subject();
        switch (result.Outcome)
        {
            case Outcome.Passed: subject.Passed++; break;
            case Outcome.Failed: subject.Failed++; break;
            default: subject.Unsupported++; break;
        }
        if (result.Outcome == Outcome.Passed) return;
        if (subject.Reason.Length == 0 || verbose) subject.Reason = $"{c.Id} {c.Target}: {result.Reason}";
        if (verbose) Console.WriteLine($"  {c.Subject}#{c.Id} {c.Target}: {result.Reason}");
    }

    /// <summary>Prints the subject that has ended.</summary>
    internal void Flush()
    {
        if (_current is null) return;
        Subject s = _subjects[_current];
        string reason = s.Passed == s.Total || verbose ? "" : "  " + s.Reason;
        Console.WriteLine($"{_current}: {s.Passed} passed, {s.Failed} failed, {s.Unsupported} unsupported of {s.Total}{reason}");
        _current = null;
    }

    internal void Summary()
    {
        int complete = _subjects.Values.Count(s => s.Passed == s.Total);
        int passed = _subjects.Values.Sum(s => s.Passed);
        Console.WriteLine($"golden: {passed} of {_all.Count} cases pass; {complete} of {_subjects.Count} subjects complete");
    }

    internal void WriteJson(string path)
    {
        using FileStream stream = File.Create(path);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach ((string suite, string name, string id, CaseResult result) in _all)
        {
            writer.WriteStartObject();
            writer.WriteString("suite", suite);
            writer.WriteString("subject", name);
            writer.WriteString("id", id);
            writer.WriteString("outcome", result.Outcome.ToString().ToLowerInvariant());
            writer.WriteString("reason", result.Reason);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
