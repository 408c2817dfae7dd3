using System.Reflection;
using System.Runtime.Intrinsics.X86;
using Facula.Testing.Golden;

namespace Facula.Golden.Tests;

/// <summary>
/// Replays the cases of test/golden, and looks whether the compiler inlines the kernels on its way. What fails must be listed in known-failures.txt (generic tests: known-failures-generic.txt),
/// and what is listed must fail, so that the lists only shrink. Rewrite one with
/// <c>dotnet run -c Release --project test/Facula.Golden -- --cases test/golden [--generic] --write-known-failures FILE</c>.
/// </summary>
public class CarriedCasesTests
{
    private static readonly string s_folder = typeof(CarriedCasesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "GoldenFolder").Value!;

    public static TheoryData<string> Suites => [.. Directory.GetFiles(s_folder, "*.jsonl.gz").Select(f => Path.GetFileName(f)[..^".jsonl.gz".Length]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Suites))]
    public void Cases_pass_unless_listed(string suite) => Check(suite, "known-failures.txt", generic: false);

    [Fact]
    public void Operators_pass_the_generic_tests_unless_listed() => Check("ops", "known-failures-generic.txt", generic: true);

    private static void Check(string suite, string list, bool generic)
    {
        var known = File.ReadLines(Path.Combine(s_folder, list)).Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split(' ', 3)).Where(p => p[0].StartsWith(suite + "/", StringComparison.Ordinal)).Select(p => $"{p[0]} {p[1]}").ToHashSet();
        List<string> unexpected = [], mended = [];
        var seen = new HashSet<string>();
        List<string> arguments = ["--cases", s_folder, "--suite", suite, "--timeout", "20"];
        if (generic) arguments.Add("--generic");
        // Without AVX2 no vector of 512 bits is inlined as a whole.
        string lost = Path.Combine(Path.GetTempPath(), $"facula-inlining-{Guid.NewGuid():n}.txt");
        if (!generic && Avx2.IsSupported) arguments.AddRange(["--lost-inlining", lost]);
        Isolated.Run(arguments, (c, result) =>
        {
            string subject = $"{c.Suite}/{c.Name}", one = $"{subject} {c.Id}", all = subject + " *";
            bool listed = known.Contains(one) || known.Contains(all);
            seen.Add(one);
            seen.Add(all);
            if (result.Outcome == Outcome.Passed && listed) mended.Add($"{one} passes: take it off {list}");
            if (result.Outcome != Outcome.Passed && !listed) unexpected.Add($"{one} {c.Target}: {result.Reason}");
        }, TimeSpan.FromSeconds(20));
        string[] calls = File.Exists(lost) ? [.. File.ReadLines(lost).Distinct()] : [];
        File.Delete(lost);
        Assert.True(unexpected.Count == 0, $"{unexpected.Count} cases fail:\n" + string.Join('\n', unexpected.Take(50)));
        Assert.True(mended.Count == 0, string.Join('\n', mended.Take(50)));
        string[] stale = [.. known.Where(k => !seen.Contains(k))];
        Assert.True(calls.Length == 0, $"{calls.Length} calls in kernels are not inlined, since the method has too many copies of a long kernel:\n" + string.Join('\n', calls.Take(50)));
        Assert.True(stale.Length == 0, "entries without a case: " + string.Join(", ", stale.Take(20)));
    }
}
