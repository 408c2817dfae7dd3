using PackedSequence = Facula.torch.nn.utils.rnn.PackedSequence;

namespace Facula.Modules;

/// <summary>Gated recurrent units over a sequence (L, N, input_size): answers (output, h_n).</summary>
[Factory("torch.nn")]
public class GRU : nn.Module<Tensor, Tensor?, (Tensor output, Tensor h_n)>
{
    private readonly RecurrentWeights _weights;

    public GRU(long input_size, long hidden_size, long num_layers = 1, bool bias = true, bool batch_first = false, double dropout = 0, bool bidirectional = false,
        Device? device = null, ScalarType? dtype = null)
    {
        _weights = new(this, "GRU", 3, input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, 0, device, dtype);
    }

    public long input_size => _weights.InputSize;
    public long hidden_size => _weights.HiddenSize;
    public long num_layers => _weights.Layers;
    public bool batch_first => _weights.BatchFirst;
    public bool bidirectional => _weights.Bidirectional;

    /// <summary>All weights uniform in ±1/√hidden_size.</summary>
    public void reset_parameters() => _weights.Reset();

    /// <summary>Starts from a zero state.</summary>
    public (Tensor output, Tensor h_n) call(Tensor input) => call(input, null);

    /// <summary>Starts from a zero state.</summary>
    public (Tensor output, Tensor h_n) forward(Tensor input) => forward(input, null);

    public override (Tensor output, Tensor h_n) forward(Tensor input, Tensor? hx)
    {
        (Tensor output, Tensor hidden, _) = _weights.Run(input, hx, null);
        return (output, hidden);
    }

    /// <summary>Sequences of different lengths.</summary>
    public (PackedSequence output, Tensor h_n) call(PackedSequence input, Tensor? hx = null) => forward(input, hx);

    /// <summary>Sequences of different lengths.</summary>
    public (PackedSequence output, Tensor h_n) forward(PackedSequence input, Tensor? hx = null)
    {
        (PackedSequence output, Tensor hidden, _) = _weights.Run(input, hx, null);
        return (output, hidden);
    }

    public override string extra_repr() => _weights.Describe();
}
