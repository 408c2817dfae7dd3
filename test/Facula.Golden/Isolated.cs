using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Facula.Testing.Golden;

/// <summary>
/// Replays in a child process: what hangs or kills it costs one case, and a fresh child goes on with the next.
/// The child prints a line before and a line after each case.
/// </summary>
public static class Isolated
{
    /// <summary>What a child prints before a case (without an outcome) and after it.</summary>
    public sealed record Line(int Index, string Suite, string Name, string Id, string Target, Outcome? Outcome, string Reason);

    /// <summary>What the child does: all selected cases from the given one on.</summary>
    internal static void Work(IEnumerable<GoldenCase> cases, int skip, TimeSpan limit, bool generic)
    {
        TextWriter output = Console.Out;
        Console.SetOut(TextWriter.Null);        // cases may print
        using var replay = new Replay(limit, generic);
        int index = 0;
        foreach (GoldenCase c in cases)
        {
            if (index++ < skip) continue;
            void Say(Outcome? outcome, string reason) =>
                output.WriteLine(JsonSerializer.Serialize(new Line(index - 1, c.Suite, c.Name, c.Id, c.Target, outcome, reason)));
            Say(null, "");
            output.Flush();
            CaseResult result = replay.Run(c);
            Say(result.Outcome, result.Reason);
            // A stuck thread may hold locks that later cases need.
            if (result.TimedOut) Environment.Exit(0);
        }
        output.WriteLine("end");
        output.Flush();
        Environment.Exit(0);
    }

    /// <summary>What the parent does: starts children until all cases have an outcome.</summary>
    public static void Run(IReadOnlyList<string> arguments, Action<Line, CaseResult> report, TimeSpan limit)
    {
        int next = 0;
        while (true)
        {
            using Process child = Start(arguments, next);
            var lines = new BlockingCollection<string?>();
            child.OutputDataReceived += (_, e) => lines.Add(e.Data);
            child.ErrorDataReceived += (_, _) => { };
            child.BeginOutputReadLine();
            child.BeginErrorReadLine();
            Line? current = null;
            string? death = null;
            while (true)
            {
                if (!lines.TryTake(out string? text, limit + TimeSpan.FromSeconds(20))) death = "the process hung";
                if (text is null || death is not null) break;
                if (text == "end")
                {
                    child.WaitForExit();
                    return;
                }
                var line = JsonSerializer.Deserialize<Line>(text)!;
                current = line;
                next = line.Index + 1;
                if (line.Outcome is { } outcome) report(line, new CaseResult(outcome, line.Reason));
            }
            if (!child.HasExited && death is not null) child.Kill();
            child.WaitForExit();
            if (current is null) throw new InvalidOperationException($"the child process ended with {child.ExitCode} before its first case");
            if (current.Outcome is null) report(current, new CaseResult(Outcome.Failed, death ?? $"the process died with exit code {child.ExitCode}"));
        }
    }

    private static Process Start(IReadOnlyList<string> arguments, int skip)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        info.ArgumentList.Add(typeof(Isolated).Assembly.Location);
        foreach (string argument in arguments) info.ArgumentList.Add(argument);
        info.ArgumentList.Add("--worker-from");
        info.ArgumentList.Add(skip.ToString());
        return Process.Start(info)!;
    }
}
