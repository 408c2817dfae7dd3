namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            public static partial class rnn
            {
                /// <summary>Sequences of different lengths, sorted by time: all first elements, then all second ones, and so on.</summary>
                public sealed class PackedSequence
                {
                    /// <summary>Made by <see cref="pack_padded_sequence(Tensor, Tensor, bool, bool)"/> and <see cref="pack_sequence"/>.</summary>
                    public PackedSequence(Tensor data, Tensor batch_sizes, Tensor? sorted_indices = null, Tensor? unsorted_indices = null)
                    {
                        this.data = data;
                        this.batch_sizes = batch_sizes;
                        this.sorted_indices = sorted_indices;
                        this.unsorted_indices = unsorted_indices ?? invert_permutation(sorted_indices);
                    }

                    /// <summary>The elements (Σ lengths, *).</summary>
                    public Tensor data { get; }

                    /// <summary>How many sequences have an element at each time.</summary>
                    public Tensor batch_sizes { get; }

                    /// <summary>The order in which the sequences were sorted by length, or null.</summary>
                    public Tensor? sorted_indices { get; }

                    /// <summary>The way back from that order, or null.</summary>
                    public Tensor? unsorted_indices { get; }

                    /// <summary>Whether the data are on a CUDA device.</summary>
                    public bool is_cuda => data.is_cuda;

                    /// <summary>With data of another dtype.</summary>
                    public PackedSequence to(ScalarType dtype) => With(data.to(dtype));

                    /// <summary>With data on another device.</summary>
                    public PackedSequence to(Device device) => With(data.to(device));

                    /// <summary>With data on the CPU.</summary>
                    public PackedSequence cpu() => to(CPU);

                    /// <summary>With data on a CUDA device.</summary>
                    public PackedSequence cuda() => to(new Device("cuda"));

                    /// <summary>With float32 data.</summary>
                    public PackedSequence @float() => to(float32);

                    /// <summary>With float64 data.</summary>
                    public PackedSequence @double() => to(float64);

                    /// <summary>With float16 data.</summary>
                    public PackedSequence half() => to(float16);

                    private PackedSequence With(Tensor other) =>
                        ReferenceEquals(other, data) ? this : new(other, batch_sizes, sorted_indices?.to(other.device), unsorted_indices?.to(other.device));

                    /// <summary>PyTorch's printed form.</summary>
                    public override string ToString() =>
                        $"PackedSequence(data={data.ToString()}, batch_sizes={batch_sizes.ToString()}, sorted_indices={sorted_indices?.ToString() ?? "None"}, unsorted_indices={unsorted_indices?.ToString() ?? "None"})";
                }
            }
        }
    }
}
