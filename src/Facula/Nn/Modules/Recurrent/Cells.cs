namespace Facula.Modules;

/// <summary>The weights of one recurrent cell.</summary>
public abstract class RecurrentCellWeights : nn.Module<Tensor, Tensor?, Tensor>
{
    private protected RecurrentCellWeights(long input_size, long hidden_size, bool bias, int gates, Device? device, ScalarType? dtype)
    {
        this.input_size = input_size;
        this.hidden_size = hidden_size;
        weight_ih = new Parameter(torch.empty(new Size(gates * hidden_size, input_size), dtype: dtype, device: device));
        weight_hh = new Parameter(torch.empty(new Size(gates * hidden_size, hidden_size), dtype: dtype, device: device));
        if (bias)
        {
            bias_ih = new Parameter(torch.empty(new Size(gates * hidden_size), dtype: dtype, device: device));
            bias_hh = new Parameter(torch.empty(new Size(gates * hidden_size), dtype: dtype, device: device));
        }
        reset_parameters();
    }

    public long input_size { get; }
    public long hidden_size { get; }

    /// <summary>The weights of the input, the gates stacked.</summary>
    public Parameter weight_ih { get => Live(field); set; }

    /// <summary>The weights of the hidden state, the gates stacked.</summary>
    public Parameter weight_hh { get => Live(field); set; }

    /// <summary>The bias beside the weights of the input, or null.</summary>
    public Parameter? bias_ih { get => Live(field); set; }

    /// <summary>The bias beside the weights of the hidden state, or null.</summary>
    public Parameter? bias_hh { get => Live(field); set; }

    /// <summary>All weights uniform in ±1/√hidden_size.</summary>
    public void reset_parameters()
    {
        double bound = hidden_size > 0 ? 1 / Math.Sqrt(hidden_size) : 0;
        foreach (Parameter parameter in parameters()) nn.init.uniform_(parameter, -bound, bound);
    }

    /// <summary>Starts from a zero state.</summary>
    public Tensor call(Tensor input) => call(input, null);

    private protected (Tensor x, Tensor h, Tensor hidden, bool batched) Gates(Tensor input, Tensor? hx)
    {
        if (input.ndim is not (1 or 2)) throw new AssertionException($"{GetName()}: Expected input to be 1-D or 2-D but received {input.ndim}-D tensor");
        bool batched = input.ndim == 2;
        Tensor x = batched ? input : input.unsqueeze(0);
        Tensor hidden = hx is null ? torch.zeros(x.shape[0], hidden_size, dtype: input.dtype, device: input.device) : batched ? hx : hx.unsqueeze(0);
        return (nn.functional.linear(x, weight_ih, bias_ih), nn.functional.linear(hidden, weight_hh, bias_hh), hidden, batched);
    }

    public override string extra_repr() => $"{input_size}, {hidden_size}{(bias_ih is null ? ", bias=False" : "")}";
}

/// <summary>h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh).</summary>
[Factory("torch.nn")]
public class RNNCell : RecurrentCellWeights
{
    public RNNCell(long input_size, long hidden_size, bool bias = true, string nonlinearity = "tanh", Device? device = null, ScalarType? dtype = null)
        : base(input_size, hidden_size, bias, 1, device, dtype) => this.nonlinearity = nonlinearity;

    /// <summary><c>tanh</c> or <c>relu</c>.</summary>
    public string nonlinearity { get; }

    public override Tensor forward(Tensor input, Tensor? hx)
    {
        (Tensor x, Tensor h, _, bool batched) = Gates(input, hx);
        Tensor result = nonlinearity switch
        {
            "tanh" => torch.tanh(x + h),
            "relu" => torch.relu(x + h),
            _ => throw new TorchException($"Unknown nonlinearity: {nonlinearity}"),
        };
        return batched ? result : result.squeeze(0);
    }

    public override string extra_repr() => base.extra_repr() + (nonlinearity == "tanh" ? "" : $", nonlinearity={nonlinearity}");
}

/// <summary>A gated recurrent unit.</summary>
[Factory("torch.nn")]
public class GRUCell : RecurrentCellWeights
{
    public GRUCell(long input_size, long hidden_size, bool bias = true, Device? device = null, ScalarType? dtype = null)
        : base(input_size, hidden_size, bias, 3, device, dtype)
    {
    }

    public override Tensor forward(Tensor input, Tensor? hx)
    {
        (Tensor x, Tensor h, Tensor hidden, bool batched) = Gates(input, hx);
        Tensor[] fromInput = x.chunk(3, 1), fromHidden = h.chunk(3, 1);
        Tensor reset = torch.sigmoid(fromInput[0] + fromHidden[0]), update = torch.sigmoid(fromInput[1] + fromHidden[1]);
        Tensor candidate = torch.tanh(fromInput[2] + reset * fromHidden[2]);
        Tensor result = (hidden - candidate) * update + candidate;
        return batched ? result : result.squeeze(0);
    }
}

/// <summary>A cell of long short-term memory: answers (h, c).</summary>
[Factory("torch.nn")]
public class LSTMCell : nn.Module<Tensor, (Tensor h0, Tensor c0)?, (Tensor h, Tensor c)>
{
    public LSTMCell(long input_size, long hidden_size, bool bias = true, Device? device = null, ScalarType? dtype = null)
    {
        this.input_size = input_size;
        this.hidden_size = hidden_size;
        weight_ih = new Parameter(torch.empty(new Size(4 * hidden_size, input_size), dtype: dtype, device: device));
        weight_hh = new Parameter(torch.empty(new Size(4 * hidden_size, hidden_size), dtype: dtype, device: device));
        if (bias)
        {
            bias_ih = new Parameter(torch.empty(new Size(4 * hidden_size), dtype: dtype, device: device));
            bias_hh = new Parameter(torch.empty(new Size(4 * hidden_size), dtype: dtype, device: device));
        }
        double bound = hidden_size > 0 ? 1 / Math.Sqrt(hidden_size) : 0;
        foreach (Parameter parameter in parameters()) nn.init.uniform_(parameter, -bound, bound);
    }

    public long input_size { get; }
    public long hidden_size { get; }

    /// <summary>The weights of the input, the gates stacked.</summary>
    public Parameter weight_ih { get => Live(field); set; }

    /// <summary>The weights of the hidden state, the gates stacked.</summary>
    public Parameter weight_hh { get => Live(field); set; }

    /// <summary>The bias beside the weights of the input, or null.</summary>
    public Parameter? bias_ih { get => Live(field); set; }

    /// <summary>The bias beside the weights of the hidden state, or null.</summary>
    public Parameter? bias_hh { get => Live(field); set; }

    /// <summary>Starts from zero states.</summary>
    public (Tensor h, Tensor c) call(Tensor input) => call(input, null);

    public override (Tensor h, Tensor c) forward(Tensor input, (Tensor h0, Tensor c0)? hx)
    {
        if (input.ndim is not (1 or 2)) throw new AssertionException($"LSTMCell: Expected input to be 1-D or 2-D but received {input.ndim}-D tensor");
        bool batched = input.ndim == 2;
        Tensor x = batched ? input : input.unsqueeze(0);
        Tensor zeros() => torch.zeros(x.shape[0], hidden_size, dtype: input.dtype, device: input.device);
        Tensor hidden = hx is null ? zeros() : batched ? hx.Value.h0 : hx.Value.h0.unsqueeze(0);
        Tensor cell = hx is null ? zeros() : batched ? hx.Value.c0 : hx.Value.c0.unsqueeze(0);
        Tensor[] part = (nn.functional.linear(x, weight_ih, bias_ih) + nn.functional.linear(hidden, weight_hh, bias_hh)).chunk(4, 1);
        Tensor c = torch.sigmoid(part[1]) * cell + torch.sigmoid(part[0]) * torch.tanh(part[2]);
        Tensor h = torch.sigmoid(part[3]) * torch.tanh(c);
        return batched ? (h, c) : (h.squeeze(0), c.squeeze(0));
    }

    public override string extra_repr() => $"{input_size}, {hidden_size}{(bias_ih is null ? ", bias=False" : "")}";
}
