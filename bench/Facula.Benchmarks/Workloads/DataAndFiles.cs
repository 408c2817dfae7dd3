using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>An epoch of the data loader, saving and loading of 100 MB and 1 GB.</summary>
internal static class DataAndFiles
{
    public static void AddTo(WorkloadList list)
    {
        list.Add("data loader", "dataloader_100k_b64_w0", () => Epoch(false));
        list.Add("data loader", "dataloader_100k_b64_w0_shuffle", () => Epoch(true), quick: true);
        list.Add("data loader", "dataloader_100k_b64_w2", () => Epoch(false, workers: 2));
        foreach ((string size, int layers) in new[] { ("100MB", 25), ("1GB", 256) })
        {
            list.Add("files", $"save_{size}_file", () =>
            {
                var state = State(layers);
                var file = new ScratchFile();
                return () => save(state, file.Path, sync: false);       // PyTorch does not wait for the disk either
            });
            list.Add("files", $"load_{size}_file", () => Loading(layers, mmap: false));
        }
        // PyTorch 1.13 has no mmap: its side of this one reads the file.
        list.Add("files", "load_1GB_mmap", () => Loading(256, mmap: true));
        list.Add("files", "save_100MB_memory", () =>
        {
            var state = State(25);
            return () => save(state, new MemoryStream());
        });
    }

    private static Action Loading(int layers, bool mmap)
    {
        var file = new ScratchFile();
        save(State(layers), file.Path);
        return () => load(file.Path, mmap: mmap);
    }

    private static Action Epoch(bool shuffle, int workers = 0)
    {
        var rows = utils.data.TensorDataset(randn(100000, 20), randint(0, 10, [100000]));
        return () =>
        {
            foreach (Tensor[] _ in utils.data.DataLoader(rows, batch_size: 64, shuffle: shuffle, num_workers: workers))
            {
            }
        };
    }

    private static Dictionary<string, Tensor> State(int layers)
    {
        var state = new Dictionary<string, Tensor>();
        for (int i = 0; i < layers; i++) state[$"layer{i}.weight"] = randn(1024, 1024);
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
