using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Reflection;

/// <summary>
/// Notes calls in loops of Facula.Kernels that the compiler had no room left to inline: with a few copies of a long kernel in one method, the last ones,
/// and the loads and stores around them, become calls for every vector, which no result shows.
/// </summary>
internal sealed class LostInlining : EventListener
{
    private const EventKeywords JitTracing = (EventKeywords)0x1000;
    private const string Kernels = "Facula.Kernels.";

    private static readonly Assembly s_kernels = typeof(Facula.Kernels.WorkerPool).Assembly;

    private readonly ConcurrentDictionary<string, bool> _calls = [];

    /// <summary>Listens until the process ends, and then appends a line for each call to the file.</summary>
    internal LostInlining(string path) => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        // The last events are still on their way.
        Thread.Sleep(300);
        File.AppendAllLines(path, _calls.Keys.Order(StringComparer.Ordinal));
    };

    protected override void OnEventSourceCreated(EventSource source)
    {
        if (source.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(source, EventLevel.Verbose, JitTracing);
    }

    protected override void OnEventWritten(EventWrittenEventArgs e)
    {
        if (e.EventName?.StartsWith("MethodJitInliningFailed", StringComparison.Ordinal) != true) return;
        string compiled = Text("MethodBeingCompiledNamespace"), method = Text("MethodBeingCompiledName"), type = Text("InlineeNamespace"), reason = Text("FailReason");
        if (!compiled.StartsWith(Kernels, StringComparison.Ordinal) || !reason.Contains("too many locals") && !reason.Contains("budget")) return;
        // A tile is called once for hundreds of multiply-adds.
        if (type.Contains("Tiles", StringComparison.Ordinal) || !IsOptimizedAtOnce(compiled, method)) return;
        _calls.TryAdd($"{type}.{Text("InlineeName")} in {compiled}.{method}", true);

        string Text(string name) => e.Payload![e.PayloadNames!.IndexOf(name)]?.ToString() ?? "";
    }

    /// <summary>Whether a method is compiled in full at its first call; of others it depends on the moment what is compiled when.</summary>
    private static bool IsOptimizedAtOnce(string type, string method) =>
        s_kernels.GetType(type.Split('[')[0])?.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Any(m => m.Name == method && m.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization)) == true;
}
