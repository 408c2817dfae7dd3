namespace Facula.Modules;

/// <summary>PyTorch's options of a data loader, checked together.</summary>
internal sealed record LoaderSettings(
    long? BatchSize, bool? Shuffle, IEnumerable<long>? Sampler, IEnumerable<IReadOnlyList<long>>? BatchSampler, int NumWorkers, bool PinMemory, bool DropLast,
    double Timeout, Action<int>? WorkerInit, Generator? Generator, int? PrefetchFactor, bool PersistentWorkers)
{
    public const int DefaultPrefetch = 2;

    public LoaderSettings Checked(bool iterable)
    {
        Require(NumWorkers >= 0, "num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.");
        Require(Timeout >= 0, "timeout option should be non-negative");
        Require(NumWorkers > 0 || PrefetchFactor is null, "prefetch_factor option could only be specified in multiprocessing.let num_workers > 0 to enable multiprocessing.");
        Require(PrefetchFactor is null or > 0, "prefetch_factor option should be positive");
        Require(!PersistentWorkers || NumWorkers > 0, "persistent_workers option needs num_workers > 0");
        if (iterable)
        {
            Require(Shuffle is not true, "DataLoader with IterableDataset: expected unspecified shuffle option, but got shuffle=True");
            Require(Sampler is null, $"DataLoader with IterableDataset: expected unspecified sampler option, but got sampler={Sampler}");
            Require(BatchSampler is null, $"DataLoader with IterableDataset: expected unspecified batch_sampler option, but got batch_sampler={BatchSampler}");
        }
        Require(Sampler is null || Shuffle is not true, "sampler option is mutually exclusive with shuffle");
        Require(BatchSampler is null || (BatchSize == 1 && Shuffle is not true && Sampler is null && !DropLast),
            "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last");
        Require(BatchSampler is not null || BatchSize is not null || !DropLast,
            "batch_size=None option disables auto-batching and is mutually exclusive with drop_last");
        if (PinMemory && !Backend.IsAvailable(DeviceType.CUDA))
            torch.warnings.warn("'pin_memory' argument is set as true but no accelerator is found, then device pinned memory won't be used.");
        return this;
    }

    private static void Require(bool condition, string rule)
    {
        if (!condition)
            throw new ArgumentException(rule);
    }
}
