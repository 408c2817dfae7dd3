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
        (Tensor output, Tensor hidden, Tensor? cell) = _weights.Run(input, hx?.h0, hx?.c0, true, training, true, Step);
        return new(output, hidden, cell!);
    }

    /// <summary>Sequences of different lengths.</summary>
    public LSTMResult<PackedSequence> call(PackedSequence input, (Tensor h0, Tensor c0)? hx = null) => forward(input, hx);

    /// <summary>Sequences of different lengths.</summary>
    public LSTMResult<PackedSequence> forward(PackedSequence input, (Tensor h0, Tensor c0)? hx = null)
    {
        (PackedSequence output, Tensor hidden, Tensor? cell) = _weights.Run(input, hx?.h0, hx?.c0, true, training, true, Step);
        return new(output, hidden, cell!);
    }

    private (Tensor, Tensor?) Step(Tensor gates, Tensor hidden, Tensor? cell, int layer, int direction)
    {
        Tensor[] part = (gates + torch.mm(hidden, _weights.Weight("weight_hh", layer, direction).t())).chunk(4, 1);
        Tensor c = torch.sigmoid(part[1]) * cell! + torch.sigmoid(part[0]) * torch.tanh(part[2]);
        Tensor h = torch.sigmoid(part[3]) * torch.tanh(c);
        if (_weights.ProjectionSize > 0) h = torch.mm(h, _weights.Weight("weight_hr", layer, direction).t());
        return (h, c);
    }

    public override string extra_repr() => _weights.Describe();
}
