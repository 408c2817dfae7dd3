using Facula.Modules;
using static Facula.torch;
using static Facula.Tests.Nn.Values;
using rnn = Facula.torch.nn.utils.rnn;

namespace Facula.Tests.Nn;

/// <summary>Packed sequences; the numbers are PyTorch's.</summary>
public class PackedSequenceTests
{
    private static Tensor[] Sequences => [arange(6.0).view(3, 2) / 6, ones(4, 2), zeros(1, 2)];

    [Fact]
    public void A_bidirectional_network_reads_sequences_of_different_lengths()
    {
        manual_seed(0);
        GRU gru = nn.GRU(2, 3, bidirectional: true);
        rnn.PackedSequence packed = rnn.pack_sequence(Sequences, enforce_sorted: false);
        var (output, h) = gru.call(packed);
        Close([0.143638, 0.230535, 0.149819, -0.111061, 0.047268, 0.315125, 0.40872, 0.201278, -0.06259, 0.31924, -0.585692, -0.270366, 0.564406, -0.75973, -0.467861, 0.175946, -0.380055, -0.130631], h);
        var (padded, lengths) = rnn.pad_packed_sequence(output);
        Close([0.84226, 0.692255, 0.145664, 0.957643, -1.602551, -0.78664, -0.457206, 0.192596, 1.155769, 1.819688, -2.612982, -1.382198, 0.40872, 0.201278, -0.06259, 0.175946, -0.380055, -0.130631], padded.sum(0));
        Assert.Equal([3L, 4, 1], lengths.ToArray<long>());
    }

    [Fact]
    public void Packing_and_unpacking_give_the_sequences_back()
    {
        Tensor[] back = rnn.unpack_sequence(rnn.pack_sequence(Sequences, enforce_sorted: false));
        foreach ((Tensor expected, Tensor actual) in Sequences.Zip(back)) Assert.True(equal(expected, actual));
        Tensor padded = rnn.pad_sequence(Sequences, batch_first: true, padding_value: 9);
        Assert.Equal([3L, 4, 2], padded.shape.ToArray());
        Assert.Equal(9, padded[2, 3, 1].item<float>());
    }

    [Fact]
    public void Gradients_flow_through_packing()
    {
        Tensor x = ones(3, 2, 1).requires_grad_();
        rnn.PackedSequence packed = rnn.pack_padded_sequence(x, [3, 1]);
        packed.data.sum().backward();
        Close([1, 1, 1, 0, 1, 0], x.grad);
    }

    [Fact]
    public void Unsorted_lengths_are_refused() =>
        Assert.StartsWith("`lengths` array must be sorted in decreasing order when `enforce_sorted` is True.",
            Assert.Throws<TorchException>(() => rnn.pack_padded_sequence(ones(3, 2, 1), [1, 3])).Message);

    [Fact]
    public void An_LSTM_unpacks_as_in_Python()
    {
        LSTM lstm = nn.LSTM(2, 3);
        var (output, (h, c)) = lstm.call(randn(4, 1, 2));
        (output, (h, c)) = lstm.call(randn(4, 1, 2), (h, c));
        var (packed, (hn, cn)) = lstm.call(rnn.pack_sequence([randn(3, 2), randn(2, 2)]));
        Assert.Equal([1L, 2, 3], hn.shape.ToArray());
        Assert.Equal(5, packed.data.shape[0]);
        Assert.Equal(cn.shape, hn.shape);
    }
}
