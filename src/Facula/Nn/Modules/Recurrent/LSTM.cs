using PackedSequence = Facula.torch.nn.utils.rnn.PackedSequence;

namespace Facula.Modules;

/// <summary>Long short-term memory over a sequence (L, N, input_size): answers output, h_n and c_n.</summary>
[Factory("torch.nn")]
public class LSTM : nn.Module<Tensor, (Tensor h0, Tensor c0)?, LSTMResult<Tensor>>
{
    private readonly RecurrentWeights _weights;

    public LSTM(long input_size, long hidden_size, long num_layers = 1, bool bias = true, bool batch_first = false, double dropout = 0, bool bidirectional = false,
        long proj_size = 0, Device? device = null, ScalarType? dtype = null) =>
        _weights = new(this, "LSTM", 4, input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size, device, dtype);

    public long input_size => _weights.InputSize;
    public long hidden_size => _weights.HiddenSize;
    public long num_layers => _weights.Layers;
    public bool batch_first => _weights.BatchFirst;
    public bool bidirectional => _weights.Bidirectional;

    /// <summary>All weights uniform in ±1/√hidden_size.</summary>
    public void reset_parameters() => _weights.Reset();

    /// <summary>Starts from zero states.</summary>
    public LSTMResult<Tensor> call(Tensor input) => call(input, null);

    /// <summary>Starts from zero states.</summary>
    public LSTMResult<Tensor> forward(Tensor input) => forward(input, null);

    public override LSTMResult<Tensor> forward(Tensor input, (Tensor h0, Tensor c0)? hx)
    {
        (Tensor output, Tensor hidden, Tensor? cell) = _weights.Run(input, hx?.h0, hx?.c0);
        return new(output, hidden, cell!);
    }

    /// <summary>Sequences of different lengths.</summary>
    public LSTMResult<PackedSequence> call(PackedSequence input, (Tensor h0, Tensor c0)? hx = null) => forward(input, hx);

    /// <summary>Sequences of different lengths.</summary>
    public LSTMResult<PackedSequence> forward(PackedSequence input, (Tensor h0, Tensor c0)? hx = null)
    {
        (PackedSequence output, Tensor hidden, Tensor? cell) = _weights.Run(input, hx?.h0, hx?.c0);
        return new(output, hidden, cell!);
    }

    public override string extra_repr() => _weights.Describe();
}
