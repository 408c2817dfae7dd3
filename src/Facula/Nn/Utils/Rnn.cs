using Facula.Ops;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary><c>torch.nn.utils</c>: helpers around parameters, gradients and sequences.</summary>
        public static partial class utils
        {
            /// <summary><c>torch.nn.utils.rnn</c>: sequences of different lengths, padded or packed.</summary>
            public static partial class rnn
            {
                /// <summary>The inverse of a permutation; null stays null.</summary>
                public static Tensor? invert_permutation(Tensor? permutation) => permutation is null
                    ? null
                    : torch.empty_like(permutation).scatter_(0, permutation, torch.arange(0, permutation.numel(), device: permutation.device));

                /// <summary>Packs padded sequences (T, N, *), or batch first, of these lengths; unless <paramref name="enforce_sorted"/>, sorts them, the longest first.</summary>
                public static PackedSequence pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first = false, bool enforce_sorted = true)
                {
                    lengths = lengths.detach().to(int64);
                    Tensor? order = null;
                    if (!enforce_sorted)
                    {
                        (lengths, order) = torch.sort(lengths, descending: true);
                        input = input.index_select(batch_first ? 0 : 1, order);
                    }
                    if (batch_first) input = input.transpose(0, 1);
                    Check.That(input.Numel > 0, $"Cannot pack empty tensors.");
                    long time = input.shape[0], batch = input.shape[1];
                    long[] lengthOf = lengths.ToArray<long>();
                    Check.That(lengthOf.Length == batch, $"Expected `len(lengths)` to be equal to batch_size, but got {lengthOf.Length} (batch_size={batch})");
                    for (int i = 1; i < lengthOf.Length; i++)
                        Check.That(lengthOf[i] <= lengthOf[i - 1],
                            $"`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability.");
                    Check.That(lengthOf[^1] > 0, $"Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0");
                    Check.That(lengthOf[0] <= time, $"start ({time}) + length ({lengthOf[0] - time}) exceeds dimension size ({time}).");
                    var sizes = new long[lengthOf[0]];
                    foreach (long length in lengthOf)
                        for (long t = 0; t < length; t++) sizes[t]++;
                    // The rows of each time that are still within their sequence, one time after the other.
                    Tensor rows = torch.tensor(Places(sizes, batch));
                    Tensor data = input.reshape([time * batch, .. input.shape.ToArray()[2..]]).index_select(0, rows);
                    return new PackedSequence(data, torch.tensor(sizes), order);
                }

                /// <summary>Packs padded sequences of lengths that stand in a list.</summary>
                public static PackedSequence pack_padded_sequence(Tensor input, IEnumerable<long> lengths, bool batch_first = false, bool enforce_sorted = true) =>
                    pack_padded_sequence(input, torch.tensor(lengths.ToArray()), batch_first, enforce_sorted);

                /// <summary>Packs padded sequences of lengths that stand in a list.</summary>
                public static PackedSequence pack_padded_sequence(Tensor input, IEnumerable<int> lengths, bool batch_first = false, bool enforce_sorted = true) =>
                    pack_padded_sequence(input, lengths.Select(l => (long)l), batch_first, enforce_sorted);

                /// <summary>The padded sequences (T, N, *), or batch first, and their lengths.</summary>
                public static (Tensor, Tensor) pad_packed_sequence(PackedSequence sequence, bool batch_first = false, double padding_value = 0.0, long? total_length = null)
                {
                    long[] sizes = sequence.batch_sizes.ToArray<long>();
                    long time = sizes.Length, batch = sizes[0];
                    if (total_length is { } total)
                    {
                        if (total < time)
                            throw new ArgumentException($"Expected total_length to be at least the length of the longest sequence in input, but got total_length={total} and max sequence length being {time}");
                        time = total;
                    }
                    Tensor data = sequence.data;
                    long[] block = data.shape.ToArray()[1..];
                    Tensor padded = torch.full(new Size([time * batch, .. block]), padding_value, dtype: data.dtype, device: data.device);
                    padded = padded.index_copy(0, torch.tensor(Places(sizes, batch)), data).view([time, batch, .. block]);
                    var lengths = new long[batch];
                    foreach (long size in sizes)
                        for (long i = 0; i < size; i++) lengths[i]++;
                    Tensor ends = torch.tensor(lengths);
                    if (batch_first) padded = padded.transpose(0, 1);
                    return sequence.unsorted_indices is { } back ? (padded.index_select(batch_first ? 0 : 1, back), ends.index_select(0, back)) : (padded, ends);
                }

                private static long[] Places(long[] sizes, long batch)
                {
                    var places = new long[sizes.Sum()];
                    int next = 0;
                    for (int t = 0; t < sizes.Length; t++)
                        for (long i = 0; i < sizes[t]; i++) places[next++] = t * batch + i;
                    return places;
                }

                /// <summary>Stacks sequences (Lᵢ, *) into (max L, N, *), or batch first, filling up with a value.</summary>
                public static Tensor pad_sequence(TensorList sequences, bool batch_first = false, double padding_value = 0.0)
                {
                    Check.That(sequences.Count > 0, $"received an empty list of sequences");
                    long longest = sequences.Max(s => s.shape[0]);
                    long[] block = sequences[0].shape.ToArray()[1..];
                    var padded = new Tensor[sequences.Count];
                    for (int i = 0; i < padded.Length; i++)
                    {
                        Tensor sequence = sequences[i];
                        long missing = longest - sequence.shape[0];
                        padded[i] = missing == 0
                            ? sequence
                            : torch.cat([sequence, torch.full(new Size([missing, .. block]), padding_value, dtype: sequence.dtype, device: sequence.device)], 0);
                    }
                    return torch.stack(padded, batch_first ? 0 : 1);
                }

                /// <summary>The sequences within (T, N, *), or batch first, without their padding.</summary>
                public static Tensor[] unpad_sequence(Tensor padded_sequences, Tensor lengths, bool batch_first = false)
                {
                    if (!batch_first) padded_sequences = padded_sequences.transpose(0, 1);
                    long[] ends = lengths.to(int64).ToArray<long>();
                    return [.. ends.Select((length, i) => padded_sequences.select(0, i).narrow(0, 0, Math.Min(length, padded_sequences.shape[1])))];
                }

                /// <summary>Packs sequences (Lᵢ, *), the longest first unless <paramref name="enforce_sorted"/> is false.</summary>
                public static PackedSequence pack_sequence(TensorList sequences, bool enforce_sorted = true) =>
                    pack_padded_sequence(pad_sequence(sequences), sequences.Select(s => s.shape[0]), enforce_sorted: enforce_sorted);

                /// <summary>The sequences of a packed one.</summary>
                public static Tensor[] unpack_sequence(PackedSequence packed_sequences)
                {
                    (Tensor padded, Tensor lengths) = pad_packed_sequence(packed_sequences, batch_first: true);
                    return unpad_sequence(padded, lengths, batch_first: true);
                }
            }
        }
    }
}
