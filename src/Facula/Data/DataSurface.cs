using Facula.Modules;

namespace Facula;

public static partial class torch
{
    /// <summary><c>torch.utils</c>.</summary>
    public static partial class utils
    {
        /// <summary><c>torch.utils.data</c>: datasets, samplers and loaders.</summary>
        public static partial class data
        {
            /// <summary>Samples that are fetched by index; override <c>Count</c> and the indexer.</summary>
            public abstract class Dataset<T> : Facula.Modules.Dataset<T>;

            /// <summary>Samples that are dictionaries of tensors; override <c>Count</c> and <c>GetTensor</c>.</summary>
            public abstract class Dataset : Facula.Modules.Dataset<Dictionary<string, Tensor>>;

            /// <summary>Samples that come one after the other; override <c>GetEnumerator</c>.</summary>
            public abstract class IterableDataset<T> : Facula.Modules.IterableDataset<T>;

            /// <summary>Samples that are the rows of one or several tensors of equal length.</summary>
            public static TensorDataset TensorDataset(params Tensor[] tensors) => new(tensors);

            /// <summary>Datasets one after the other, as one.</summary>
            public static ConcatDataset<T> ConcatDataset<T>(params IEnumerable<IReadOnlyList<T>> datasets) => new(datasets);

            /// <summary>Streams of samples one after the other, as one.</summary>
            public static ChainDataset<T> ChainDataset<T>(params IEnumerable<Facula.Modules.IterableDataset<T>> datasets) => new(datasets);

            /// <summary>Datasets side by side: the sample is the tuple of their samples.</summary>
            public static StackDataset<T1, T2> StackDataset<T1, T2>(IReadOnlyList<T1> first, IReadOnlyList<T2> second) => new(first, second);

            /// <summary>Datasets side by side: the sample is the tuple of their samples.</summary>
            public static StackDataset<T1, T2, T3> StackDataset<T1, T2, T3>(IReadOnlyList<T1> first, IReadOnlyList<T2> second, IReadOnlyList<T3> third) =>
                new(first, second, third);

            /// <summary>Named datasets side by side: the sample is the dictionary of their samples.</summary>
            public static StackDataset<T> StackDataset<T>(IEnumerable<KeyValuePair<string, IReadOnlyList<T>>> datasets) => new(datasets);

            /// <summary>Some of a dataset's samples.</summary>
            public static Subset<T> Subset<T>(IReadOnlyList<T> dataset, IReadOnlyList<long> indices) => new(dataset, indices);

            /// <summary>Some of a tensor's rows.</summary>
            public static Subset<Tensor> Subset(Tensor dataset, IReadOnlyList<long> indices) => new(new TensorRows(dataset), indices);

            /// <summary>Splits a dataset at random into parts of the given lengths.</summary>
            public static Subset<T>[] random_split<T>(IReadOnlyList<T> dataset, ReadOnlySpan<int> lengths, Generator? generator = null) =>
                RandomSplit.Split(Datasets.Of(dataset), Widen(lengths), generator);

            /// <summary>Splits a dataset at random into parts of the given lengths.</summary>
            public static Subset<T>[] random_split<T>(IReadOnlyList<T> dataset, ReadOnlySpan<long> lengths, Generator? generator = null) =>
                RandomSplit.Split(Datasets.Of(dataset), lengths.ToArray(), generator);

            /// <summary>Splits a dataset at random into parts of the given fractions, which sum up to 1.</summary>
            public static Subset<T>[] random_split<T>(IReadOnlyList<T> dataset, ReadOnlySpan<double> lengths, Generator? generator = null) =>
                RandomSplit.Split(Datasets.Of(dataset), RandomSplit.Lengths(Datasets.Of(dataset).Count, lengths), generator);

            /// <summary>Splits the rows of a tensor at random into parts of the given lengths.</summary>
            public static Subset<Tensor>[] random_split(Tensor dataset, ReadOnlySpan<int> lengths, Generator? generator = null) =>
                random_split(new TensorRows(dataset), lengths, generator);

            /// <summary>Splits the rows of a tensor at random into parts of the given lengths.</summary>
            public static Subset<Tensor>[] random_split(Tensor dataset, ReadOnlySpan<long> lengths, Generator? generator = null) =>
                random_split(new TensorRows(dataset), lengths, generator);

            /// <summary>Splits the rows of a tensor at random into parts of the given fractions, which sum up to 1.</summary>
            public static Subset<Tensor>[] random_split(Tensor dataset, ReadOnlySpan<double> lengths, Generator? generator = null) =>
                random_split(new TensorRows(dataset), lengths, generator);

            /// <summary>The samples in their own order.</summary>
            public static SequentialSampler SequentialSampler(object data_source) => new(data_source);

            /// <summary>The samples in random order, or drawn with replacement.</summary>
            public static RandomSampler RandomSampler(object data_source, bool replacement = false, long? num_samples = null, Generator? generator = null) =>
                new(data_source, replacement, num_samples, generator);

            /// <summary>The given indices in random order.</summary>
            public static SubsetRandomSampler SubsetRandomSampler(IReadOnlyList<long> indices, Generator? generator = null) => new(indices, generator);

            /// <summary>Indices drawn by weight.</summary>
            public static WeightedRandomSampler WeightedRandomSampler(Tensor weights, long num_samples, bool replacement = true, Generator? generator = null) =>
                new(weights, num_samples, replacement, generator);

            /// <summary>Indices drawn by weight.</summary>
            public static WeightedRandomSampler WeightedRandomSampler(IEnumerable<double> weights, long num_samples, bool replacement = true, Generator? generator = null) =>
                new(weights, num_samples, replacement, generator);

            /// <summary>The indices of another sampler in batches.</summary>
            public static BatchSampler BatchSampler(IEnumerable<long> sampler, long batch_size, bool drop_last) => new(sampler, batch_size, drop_last);

            /// <summary>The share of one of several processes in a dataset.</summary>
            public static DistributedSampler DistributedSampler(object dataset, long num_replicas, long rank, bool shuffle = true, long seed = 0, bool drop_last = false) =>
                new(dataset, num_replicas, rank, shuffle, seed, drop_last);

            /// <summary>The worker that runs on the calling thread; null outside the workers of a loader.</summary>
            public static WorkerInfo? get_worker_info() => WorkerInfo.Current;

            /// <summary>A batch of tensors, stacked.</summary>
            public static Tensor default_collate(IReadOnlyList<Tensor> batch) => Collate.Stack(batch);

            /// <summary>A batch of numbers as a tensor.</summary>
            public static Tensor default_collate(IReadOnlyList<long> batch) => Collate.Numbers(batch);

            /// <summary>A batch of numbers as a tensor.</summary>
            public static Tensor default_collate(IReadOnlyList<double> batch) => Collate.Numbers(batch);

            /// <summary>A batch of samples of any structure: tensors are stacked, numbers become tensors, containers are joined member by member.</summary>
            public static object default_collate(IReadOnlyList<object> batch) => Collate.JoinAny(batch);

            private static long[] Widen(ReadOnlySpan<int> values)
            {
                var wide = new long[values.Length];
                for (int i = 0; i < wide.Length; i++)
                    wide[i] = values[i];
                return wide;
            }
        }
    }
}
