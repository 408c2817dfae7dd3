using System.Diagnostics;
using System.Text.Json;

namespace Facula.Benchmarks;

/// <summary>Peak memory of a fresh process, the time of its first step, and how long after the start of the process that step was done.</summary>
internal sealed record Footprint(long PeakKilobytes, double FirstStepMilliseconds, double SinceStartMilliseconds)
{
    /// <summary>What the child process prints: one line of JSON.</summary>
    public static Footprint Of(ProcessStartInfo command)
    {
        command.RedirectStandardOutput = true;
        DateTime start = DateTime.UtcNow;
        using Process process = Process.Start(command) ?? throw new InvalidOperationException("the child process did not start");
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        JsonElement answer = JsonDocument.Parse(text).RootElement;
        return new Footprint(answer.GetProperty("peak_kb").GetInt64(), answer.GetProperty("first_ms").GetDouble(),
            answer.GetProperty("first_at").GetDouble() - (start - DateTime.UnixEpoch).TotalMilliseconds);
    }

    /// <summary>Runs a workload of ours in a fresh process.</summary>
    public static Footprint Measure(string workload, int threads, int steps)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        // `dotnet run` starts the executable itself; under `dotnet X.dll` the path is that of the host.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet") start.ArgumentList.Add(typeof(Footprint).Assembly.Location);
        foreach (string argument in (string[])["--footprint", workload, "--threads", $"{threads}", "--steps", $"{steps}"]) start.ArgumentList.Add(argument);
        return Of(start);
    }

    /// <summary>The child's side: builds the workload, runs the steps, prints.</summary>
    public static void Print(Workload workload, int steps)
    {
        Action work = workload.Open!();
        long start = Stopwatch.GetTimestamp();
        work();
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double at = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
        for (int i = 1; i < steps; i++) work();
        Console.WriteLine(FormattableString.Invariant($"{{\"peak_kb\": {Peak()}, \"first_ms\": {first}, \"first_at\": {at}}}"));
    }

    private static long Peak()
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
            if (line.StartsWith("VmHWM:", StringComparison.Ordinal)) return long.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal));
        return Process.GetCurrentProcess().PeakWorkingSet64 / 1024;
    }
}
