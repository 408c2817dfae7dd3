using static Facula.torch;

namespace Facula.Tests.Serialization;

public class CheckpointManagerTests
{
    private static string Names(CheckpointManager checkpoints) => string.Join(' ', checkpoints.files.Select(file => int.Parse(Path.GetFileName(file)[5..^3])));

    [Fact]
    public void The_latest_and_the_best_are_kept()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointManager(folder["run"], every: 2, keep: 2, best: 2, sync: false);
        double[] metrics = [5, 9, 1, 8, 7, 6, 2, 9, 9, 9];
        var saved = metrics.Select(metric => checkpoints.step(metric)).ToArray();
        Assert.Equal([true, true, true, true, false, true, true, true, false, true], saved);
        Assert.Equal("3 7 8 10", Names(checkpoints));
        Assert.EndsWith("step-0000000003.pt", checkpoints.best_file);
        var again = new CheckpointManager(folder["run"], every: 2, keep: 2, best: 2, sync: false);
        Assert.Equal(10, again.resume());
        Assert.Equal(checkpoints.best_file, again.best_file);
        Assert.False(again.step(3));
        Assert.True(again.step(3));
        Assert.Equal("3 7 10 12", Names(again));
        Assert.True(again.step(0.5));
        Assert.EndsWith("step-0000000013.pt", again.best_file);
    }

    [Fact]
    public void State_values_and_random_numbers_come_back()
    {
        using var folder = new TemporaryFolder();
        Tensor state = torch.tensor([1.0f, 2]);
        var own = new Generator().manual_seed(4);
        CheckpointManager Make()
        {
            var made = new CheckpointManager(folder["run"], sync: false);
            made.Track("state", () => state, saved => state = (Tensor)saved);
            made.Track("generator", own);
            return made;
        }
        var checkpoints = Make();
        Assert.Equal(0, checkpoints.resume());
        checkpoints.values["epoch"] = 3;
        checkpoints.step();
        float expected = torch.rand(1).item().ToSingle(), expectedOwn = torch.rand(1, generator: own).item().ToSingle();
        state = torch.zeros(2);
        var resumed = Make();
        Assert.Equal(1, resumed.resume());
        Assert.Equal(3L, resumed.values["epoch"]);
        Assert.Equal([1f, 2f], state.ToArray<float>());
        Assert.Equal((expected, expectedOwn), (torch.rand(1).item().ToSingle(), torch.rand(1, generator: own).item().ToSingle()));
        resumed.Track("more", () => null, _ => { });
        Assert.Contains("holds nothing for 'more', only 'state', 'generator'", Assert.Throws<ArgumentException>(() => resumed.resume()).Message);
    }

    [Fact]
    public void Damaged_and_unfinished_files_are_passed_over()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointManager(folder["run"], sync: false);
        checkpoints.step();
        checkpoints.step();
        File.WriteAllText(checkpoints.files[^1], "broken by the disk");
        string unfinished = Path.Join(folder["run"], ".step-0000000003.pt.0123.facula-tmp");
        File.WriteAllText(unfinished, "half");
        Assert.Equal(1, new CheckpointManager(folder["run"]).resume());
        Assert.False(File.Exists(unfinished));
    }
}
