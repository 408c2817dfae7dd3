using System.Reflection;

namespace Facula.Conventions.Tests;

/// <summary>The files of the repository, by their paths from its root.</summary>
internal static class Repository
{
    private static readonly string[] s_roots = ["src", "test", "bench", "examples", "eng", "docs", ".ci"];

    internal static readonly string Root = Path.GetFullPath(typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!);

    private const int MostShown = 100;

    /// <summary>Whether the run rewrites the snapshots instead of comparing with them.</summary>
    internal static bool Accepts => Environment.GetEnvironmentVariable("FACULA_ACCEPT_API") == "1";

    internal static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    internal static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    internal static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    /// <summary>Source files with one of the endings, without build outputs.</summary>
    internal static IEnumerable<string> Files(params string[] endings) => s_roots.Select(r => Path.Combine(Root, r)).Where(Directory.Exists)
        .SelectMany(r => Directory.EnumerateFiles(r, "*", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(Root))
        .Select(Relative)
        .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)) && !f.Contains("/obj/") && !f.Contains("/bin/"))
        .Order(StringComparer.Ordinal);

    /// <summary>Folders directly under the path that hold source.</summary>
    internal static string[] Folders(string path) => !Exists(path) ? [] : [.. Directory.GetDirectories(Path.Combine(Root, path))
        .Select(d => Path.GetFileName(d)).Where(d => d is not ("bin" or "obj")).Order(StringComparer.Ordinal)];

    internal static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Fails with the breaches, one per line, and the sentence that says how to mend them.</summary>
    internal static void AssertNone(IEnumerable<string> breaches, string mend)
    {
        string[] all = [.. breaches.Order(StringComparer.Ordinal)];
        Assert.True(all.Length == 0, $"{mend}\n  {string.Join("\n  ", all.Take(MostShown))}{(all.Length > MostShown ? $"\n  … {all.Length - MostShown} more" : "")}");
    }
}
