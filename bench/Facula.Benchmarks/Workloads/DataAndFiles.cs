using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>An epoch of the data loader, saving and loading of 100 MB.</summary>
internal static class DataAndFiles
{
    public static void AddTo(WorkloadList list)
    {
        list.Add("data loader", "dataloader_100k_b64_w0", () => Epoch(false));
        list.Add("data loader", "dataloader_100k_b64_w0_shuffle", () => Epoch(true), quick: true);
        list.Add("files", "save_100MB_file", () =>
        {
            var state = State();
            var file = new ScratchFile();
            return () => save(state, file.Path, sync: false);       // PyTorch does not wait for the disk either
        });
        list.Add("files", "load_100MB_file", () =>
        {
            var file = new ScratchFile();
            save(State(), file.Path);
            return () => load(file.Path);
        });
        list.Add("files", "save_100MB_memory", () =>
        {
            var state = State();
            return () => save(state, new MemoryStream());
        });
    }

    private static Action Epoch(bool shuffle)
    {
        var rows = utils.data.TensorDataset(randn(100000, 20), randint(0, 10, [100000]));
        return () =>
        {
            foreach (Tensor[] _ in utils.data.DataLoader(rows, batch_size: 64, shuffle: shuffle))
            {
            }
        };
    }

    private static Dictionary<string, Tensor> State()
    {
        var state = new Dictionary<string, Tensor>();
        for (int i = 0; i < 25; i++) state[$"layer{i}.weight"] = randn(1024, 1024);
        return state;
    }

    /// <summary>A file that goes away with the workload, or with the process.</summary>
    private sealed class ScratchFile
    {
        public ScratchFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete();

        ~ScratchFile() => Delete();

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"facula-race-{Guid.NewGuid():N}.pt");

        private void Delete() => File.Delete(Path);
    }
}
