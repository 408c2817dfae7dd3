using Xunit.Abstractions;

// The seed and the console belong to the process: one block at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Facula.Transcripts.Tests;

/// <summary>The tutorials' prompts, replayed: the same seed, the same numbers, the same print.</summary>
public sealed class TranscriptTests(ITestOutputHelper output)
{
    public static TheoryData<int, string> Blocks
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int i = 0; i < TranscriptFile.Blocks.Length; i++) data.Add(i, TranscriptFile.Blocks[i].About);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Block_prints_what_PyTorch_printed(int number, string about)
    {
        Play play = Stage.Played(number);
        Assert.True(play.Report.Length == 0, $"block {number}, {about}\n{play.Report}");
    }

    [Fact]
    public void Every_block_has_one_method_and_every_step_is_taken_once()
    {
        Assert.Equal(114, TranscriptFile.Blocks.Length);
        Assert.Equal(728, TranscriptFile.Blocks.Sum(b => b.Steps.Length));
        Assert.Equal(Enumerable.Range(0, TranscriptFile.Blocks.Length), Stage.Methods.Select(m => m.Key).Order());
        Assert.All(Stage.Methods, methods => Assert.Single(methods));
        Assert.All(Enumerable.Range(0, TranscriptFile.Blocks.Length), n => Assert.DoesNotContain(Outcome.NotReached, Stage.Played(n).Outcomes));
    }

    [Fact]
    public void The_table_names_steps_that_exist()
    {
        Assert.All(Listings.Table.Keys, at => Assert.InRange(at.Step, 0, TranscriptFile.Blocks[at.Block].Steps.Length - 1));
    }

    [Fact]
    public void At_least_98_percent_of_what_is_to_be_matched_matches()
    {
        Outcome[] all = [.. Enumerable.Range(0, TranscriptFile.Blocks.Length).SelectMany(n => Stage.Played(n).Outcomes)];
        int matched = all.Count(o => o == Outcome.Matched);
        int listed = Listings.Table.Values.Count(l => l.NotToBeMatched);
        int wanted = all.Length - listed;
        output.WriteLine($"{matched} of {wanted} steps print PyTorch's text ({(double)matched / wanted:P1}); {listed} of {all.Length} are not to be matched.");
        foreach (var reason in Listings.Table.GroupBy(l => l.Value.Reason))
            output.WriteLine($"  {reason.Count(),3}  {reason.Key}: {string.Join(", ", reason.Select(l => $"{l.Key.Block}.{l.Key.Step}"))}");
        Assert.True(matched >= 0.98 * wanted, $"only {matched} of {wanted} match");
    }
}
