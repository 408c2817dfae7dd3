using System.Diagnostics;
using Facula.Modules;
using static Facula.torch;

namespace Facula.Tests.Serialization;

/// <summary>Processes killed while they save: no checkpoint is lost, and a resumed run ends with the same bits.</summary>
/// <remarks>FACULA_KILLS sets the number; the soak run uses 200.</remarks>
public class KillTests
{
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("FACULA_KILLS"), out int count) ? count : 10;

    /// <summary>Child: saves states whose numbers are all alike, over and over.</summary>
    public static void SaveForever(string path)
    {
        for (int round = 1; ; round++)
        {
            var state = new OrderedDict<string, Tensor>();
            for (int i = 0; i < 8; i++)
                state[$"t{i}"] = torch.full([20_000], (float)round);
            torch.save(state, path, sync: round % 2 == 0);
            if (round == 1)
                Console.WriteLine("ready");
        }
    }

    [Fact]
    public void A_killed_save_leaves_a_whole_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder["state.pt"];
        var random = new Random(3);
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process child = ChildProcess.Start("save", path);
            Assert.Equal("ready", child.StandardOutput.ReadLine());
            Thread.Sleep(random.Next(60));
            child.Kill();
            child.WaitForExit();
            var state = torch.load<OrderedDict<string, Tensor>>(path);
            float first = state["t0"].ToArray<float>()[0];
            Assert.Equal(8, state.Count);
            Assert.All(state.Values, tensor => Assert.All(tensor.ToArray<float>(), value => Assert.Equal(first, value)));
        }
    }

    /// <summary>Child: a small training run with dropout, shuffled data, Adam and a scheduler, resumed from its folder and saved at every step.</summary>
    public static void Train(string folder, long steps)
    {
        manual_seed(11);
        var net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 1));
        var optimizer = optim.Adam(net.parameters(), lr: 0.05);
        var scheduler = optim.lr_scheduler.StepLR(optimizer, step_size: 7, gamma: 0.8);
        Tensor inputs = torch.randn(50, 4);
        var loader = utils.data.DataLoader(utils.data.TensorDataset(inputs), batch_size: 8, shuffle: true, num_workers: 1);
        var checkpoints = new CheckpointManager(folder, keep: 2, best: 1, sync: false);
        checkpoints.Track("model", net);
        checkpoints.Track("optimizer", optimizer);
        checkpoints.Track("scheduler", scheduler);
        checkpoints.Track("data", loader);
        checkpoints.resume();
        Console.WriteLine("ready");
        while (checkpoints.steps < steps)
        {
            foreach (Tensor[] batch in loader)
            {
                optimizer.zero_grad();
                Tensor loss = (net.forward(batch[0]) - torch.randn(batch[0].shape[0], 1)).pow(2).mean();
                loss.backward();
                optimizer.step();
                scheduler.step();
                checkpoints.step(loss.item().ToDouble());
                Thread.Sleep(2);
                if (checkpoints.steps == steps)
                    break;
            }
        }
        torch.save(net.state_dict(), Path.Join(folder, "final.pt"), sync: false);
    }

    [Fact]
    public void A_run_that_was_killed_and_resumed_ends_with_the_same_bits()
    {
        const string Steps = "60";
        using var folder = new TemporaryFolder();
        using (Process child = ChildProcess.Start("train", folder["whole"], Steps))
            child.WaitForExit();
        var random = new Random(4);
        int kills = 0;
        while (!File.Exists(Path.Join(folder["killed"], "final.pt")))
        {
            using Process child = ChildProcess.Start("train", folder["killed"], Steps);
            Assert.Equal("ready", child.StandardOutput.ReadLine());
            if (kills++ < Math.Max(3, Kills / 4))
            {
                Thread.Sleep(random.Next(80));
                child.Kill();
            }
            child.WaitForExit();
        }
        string Final(string run) => string.Join('\n', torch.load<OrderedDict<string, Tensor>>(Path.Join(folder[run], "final.pt"))
            .Select(entry => $"{entry.Key}: {string.Join(' ', entry.Value.to(torch.float64).flatten().ToArray<double>())}"));
        Assert.Equal(Final("whole"), Final("killed"));
        Assert.Equal(new CheckpointManager(folder["whole"]).files.Select(Path.GetFileName), new CheckpointManager(folder["killed"]).files.Select(Path.GetFileName));
    }
}
