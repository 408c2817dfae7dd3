using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class utils
    {
        public static partial class data
        {
            // A factory, because only methods infer types: the type of the samples decides that of the batches, as PyTorch's collation does.

            /// <summary>Batches of samples made by <paramref name="collate_fn"/>.</summary>
            public static DataLoader<TSample, TBatch> DataLoader<TSample, TBatch>(IEnumerable<TSample> dataset, Func<IReadOnlyList<TSample>, TBatch> collate_fn,
                long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, new Collation<TSample, TBatch>(collate_fn, sample => collate_fn([sample])),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of a tensor's rows.</summary>
            public static DataLoader<Tensor, Tensor> DataLoader(Tensor dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(new TensorRows(dataset), Collate.Stacked,
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of tensors: stacked.</summary>
            public static DataLoader<Tensor, Tensor> DataLoader(IEnumerable<Tensor> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Stacked,
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of arrays of tensors, as a <c>TensorDataset</c> gives them: an array of stacked tensors.</summary>
            public static DataLoader<Tensor[], Tensor[]> DataLoader(IEnumerable<Tensor[]> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Tensors,
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of pairs of tensors: a pair of stacked tensors.</summary>
            public static DataLoader<(Tensor, Tensor), (Tensor, Tensor)> DataLoader(IEnumerable<(Tensor, Tensor)> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Pair(Collate.Stacked, Collate.Stacked),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of three tensors each: three stacked tensors.</summary>
            public static DataLoader<(Tensor, Tensor, Tensor), (Tensor, Tensor, Tensor)> DataLoader(IEnumerable<(Tensor, Tensor, Tensor)> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Triple(Collate.Stacked, Collate.Stacked, Collate.Stacked),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of a tensor and a number each: the stacked tensors and a tensor of the numbers.</summary>
            public static DataLoader<(Tensor, long), (Tensor, Tensor)> DataLoader(IEnumerable<(Tensor, long)> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Pair(Collate.Stacked, Collate.Number<long>()),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of a tensor and a number each: the stacked tensors and a tensor of the numbers.</summary>
            public static DataLoader<(Tensor, int), (Tensor, Tensor)> DataLoader(IEnumerable<(Tensor, int)> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Pair(Collate.Stacked, Collate.Number<int>()),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of a tensor and a number each: the stacked tensors and a tensor of the numbers.</summary>
            public static DataLoader<(Tensor, double), (Tensor, Tensor)> DataLoader(IEnumerable<(Tensor, double)> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Pair(Collate.Stacked, Collate.Number<double>()),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of a tensor and a number each: the stacked tensors and a tensor of the numbers.</summary>
            public static DataLoader<(Tensor, float), (Tensor, Tensor)> DataLoader(IEnumerable<(Tensor, float)> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Pair(Collate.Stacked, Collate.Number<float>()),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of a tensor and a number each: the stacked tensors and a tensor of the numbers.</summary>
            public static DataLoader<(Tensor, bool), (Tensor, Tensor)> DataLoader(IEnumerable<(Tensor, bool)> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Pair(Collate.Stacked, Collate.Number<bool>()),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of a tensor and a text each: the stacked tensors and an array of the texts.</summary>
            public static DataLoader<(Tensor, string), (Tensor, string[])> DataLoader(IEnumerable<(Tensor, string)> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Pair(Collate.Stacked, Collate.Text),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of numbers: a tensor.</summary>
            public static DataLoader<long, Tensor> DataLoader(IEnumerable<long> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Number<long>(),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of numbers: a tensor.</summary>
            public static DataLoader<int, Tensor> DataLoader(IEnumerable<int> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Number<int>(),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of numbers: a tensor.</summary>
            public static DataLoader<double, Tensor> DataLoader(IEnumerable<double> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Number<double>(),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of numbers: a tensor.</summary>
            public static DataLoader<float, Tensor> DataLoader(IEnumerable<float> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Number<float>(),
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of texts: arrays.</summary>
            public static DataLoader<string, string[]> DataLoader(IEnumerable<string> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Text,
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of dictionaries of tensors: a dictionary of stacked tensors.</summary>
            public static DataLoader<Dictionary<string, Tensor>, Dictionary<string, Tensor>> DataLoader(IEnumerable<Dictionary<string, Tensor>> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Named,
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));

            /// <summary>Batches of samples of any structure, joined as <c>default_collate</c> says.</summary>
            public static DataLoader<object, object> DataLoader(IEnumerable<object> dataset, long? batch_size = 1, bool? shuffle = null, IEnumerable<long>? sampler = null,
                IEnumerable<IReadOnlyList<long>>? batch_sampler = null, int num_workers = 0, bool pin_memory = false, bool drop_last = false,
                double timeout = 0, Action<int>? worker_init_fn = null, Generator? generator = null, int? prefetch_factor = null, bool persistent_workers = false) =>
                new(dataset, Collate.Any,
                    new(batch_size, shuffle, sampler, batch_sampler, num_workers, pin_memory, drop_last, timeout, worker_init_fn, generator, prefetch_factor, persistent_workers));
        }
    }
}
