namespace Facula.Modules;

/// <summary>TorchSharp's data loader: samples and batches are dictionaries of tensors.</summary>
public sealed class DataLoader : DataLoader<Dictionary<string, Tensor>, Dictionary<string, Tensor>>
{
    /// <summary>Batches of dictionaries on the device. Nothing needs disposal here; the last two parameters are taken for compatibility.</summary>
    public DataLoader(Dataset<Dictionary<string, Tensor>> dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null,
        int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        : base(dataset, On(device ?? CPU), new LoaderSettings(batchSize, shuffle, null, null, num_worker <= 1 ? 0 : num_worker, false, drop_last, 0, null,
            seed is { } value ? new Generator().manual_seed(value) : null, null, false))
    {
    }

    private static Collation<Dictionary<string, Tensor>, Dictionary<string, Tensor>> On(Device device) => new(
        samples => Move(Collate.Named.Join(samples), device), sample => Move(sample, device));

    private static Dictionary<string, Tensor> Move(Dictionary<string, Tensor> batch, Device device) =>
        batch.ToDictionary(entry => entry.Key, entry => entry.Value.to(device));
}
