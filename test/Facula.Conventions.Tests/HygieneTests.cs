using System.Text.RegularExpressions;

namespace Facula.Conventions.Tests;

/// <summary>What a reader must not meet in any file.</summary>
public class HygieneTests
{
    private const int MostLines = 450;
    private const int LongBlock = 20;

    [Fact]
    public void Files_can_be_read_at_one_sitting() =>
        Repository.AssertNone(Repository.Files(".cs").Select(f => (File: f, Lines: Repository.Lines(f).Length)).Where(f => f.Lines > MostLines).Select(f => $"{f.File}: {f.Lines} lines"),
            $"A file has more than {MostLines} lines: split it by topic.");

    [Fact]
    public void Nothing_is_left_undone() =>
        Repository.AssertNone(Matches(new Regex(@"NotImplemented" + @"Exception|\bTO" + @"DO\b|\bFIX" + @"ME\b|\bHA" + @"CK\b|\bXX" + @"X\b"), ".cs", ".csproj", ".props", ".md"),
            "A file says that something is unfinished: finish it, or take the public member away.");

    [Fact]
    public void Refusals_name_the_rule() =>
        Repository.AssertNone(Matches(new Regex(@"new NotSupported" + @"Exception\(\)"), ".cs").Where(m => m.StartsWith("src/", StringComparison.Ordinal)),
            "A member refuses without saying what it cannot do: give the exception its message, or take the member away.");

    [Fact]
    public void No_file_knows_a_machine() =>
        Repository.AssertNone(Matches(new Regex(@"(?<![\w.])/(work|home|root|tmp)/\w"), ".cs", ".csproj", ".props", ".md", ".py", "run"),
            "A file names a path of one machine: use a path from the repository's root, or the system's temporary folder.");

    [Fact]
    public void Skipped_tests_say_why() =>
        Repository.AssertNone(Matches(new Regex(@"Skip\s*=\s*(""""|null)"), ".cs"), "A test is skipped without a reason.");

    /// <summary>The same lines in two files are a helper that nobody has written yet. Generated tiles and the arities of generic types repeat by design.</summary>
    [Fact]
    public void Long_blocks_are_written_once()
    {
        var first = new Dictionary<string, (string File, int Line)>();
        var breaches = new Dictionary<(string, string), string>();
        foreach (string file in Repository.Files(".cs").Where(f => f.StartsWith("src/", StringComparison.Ordinal)))
        {
            (string Text, int Line)[] lines = [.. Repository.Lines(file).Select((text, i) => (Text: text.Trim(), Line: i + 1)).Where(l => l.Text.Length > 1 && !l.Text.StartsWith("//", StringComparison.Ordinal) && !l.Text.StartsWith("using ", StringComparison.Ordinal))];
            for (int i = 0; i + LongBlock <= lines.Length; i++)
            {
                string block = string.Join('\n', lines.Skip(i).Take(LongBlock).Select(l => l.Text));
                if (!first.TryAdd(block, (file, lines[i].Line)) && first[block].File != file)
                    breaches.TryAdd((first[block].File, file), $"{file}:{lines[i].Line} repeats {first[block].File}:{first[block].Line}");
            }
        }
        Repository.AssertNone(breaches.Values, $"{LongBlock} lines stand in two files: make one helper of them.");
    }

    private static IEnumerable<string> Matches(Regex pattern, params string[] endings) =>
        from file in Repository.Files(endings)
        where !file.StartsWith("test/Facula.Conventions.Tests/", StringComparison.Ordinal)
        from line in Repository.Lines(file).Select((text, i) => (text, i))
        where pattern.IsMatch(line.text)
        select $"{file}:{line.i + 1}: {line.text.Trim()}";
}
