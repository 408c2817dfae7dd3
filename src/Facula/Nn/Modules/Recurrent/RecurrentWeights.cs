namespace Facula.Modules;

/// <summary>Settings, weights and the walk over layers, directions and time that RNN, LSTM and GRU share.</summary>
public sealed partial class RecurrentWeights
{
    private readonly nn.Module _owner;
    private readonly int _gates;
    private readonly string _mode, _kind;

    internal RecurrentWeights(nn.Module owner, string mode, int gates, long input_size, long hidden_size, long num_layers, bool bias, bool batch_first, double dropout,
        bool bidirectional, long proj_size, Device? device, ScalarType? dtype, string? kind = null)
    {
        if (dropout is < 0 or > 1) throw new ArgumentException("dropout should be a number in range [0, 1] representing the probability of an element being zeroed");
        if (dropout > 0 && num_layers == 1)
            torch.warnings.warn($"dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers greater than 1, but got dropout={PythonText.Float(dropout)} and num_layers=1");
        if (hidden_size <= 0) throw new ArgumentException("hidden_size must be greater than zero");
        if (num_layers <= 0) throw new ArgumentException("num_layers must be greater than zero");
        if (proj_size < 0) throw new ArgumentException("proj_size should be a positive integer or zero to disable projections");
        if (proj_size >= hidden_size) throw new ArgumentException("proj_size has to be smaller than hidden_size");
        (_owner, _mode, _kind, _gates) = (owner, mode, kind ?? mode, gates);
        (InputSize, HiddenSize, Layers, Bias, BatchFirst, Dropout, Bidirectional, ProjectionSize) =
            (input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size);
        long real = proj_size > 0 ? proj_size : hidden_size;
        for (int layer = 0; layer < num_layers; layer++)
            for (int direction = 0; direction < Directions; direction++)
            {
                long inputs = layer == 0 ? input_size : real * Directions;
                string suffix = Suffix(layer, direction);
                Add("weight_ih" + suffix, gates * hidden_size, inputs);
                Add("weight_hh" + suffix, gates * hidden_size, real);
                if (bias)
                {
                    Add("bias_ih" + suffix, gates * hidden_size);
                    Add("bias_hh" + suffix, gates * hidden_size);
                }
                if (proj_size > 0) Add("weight_hr" + suffix, proj_size, hidden_size);
            }
        Reset();

        void Add(string name, params long[] size) => owner.register_parameter(name, new Parameter(torch.empty(new Size(size), dtype: dtype, device: device)));
    }

    internal long InputSize { get; }
    internal long HiddenSize { get; }
    internal long Layers { get; }
    internal bool Bias { get; }
    internal bool BatchFirst { get; }
    internal double Dropout { get; }
    internal bool Bidirectional { get; }
    internal long ProjectionSize { get; }
    internal int Directions => Bidirectional ? 2 : 1;
    internal long OutputSize => ProjectionSize > 0 ? ProjectionSize : HiddenSize;

    private static string Suffix(int layer, int direction) => $"_l{layer}" + (direction == 1 ? "_reverse" : "");

    /// <summary>All weights uniform in ±1/√hidden_size.</summary>
    internal void Reset()
    {
        double bound = 1 / Math.Sqrt(HiddenSize);
        foreach (Parameter parameter in _owner.parameters(recurse: false)) nn.init.uniform_(parameter, -bound, bound);
    }

    internal Parameter Weight(string kind, int layer, int direction) => (Parameter)(_owner.GetAttribute(kind + Suffix(layer, direction)) ?? throw new ArgumentException($"{_owner.GetName()} has no attribute `{kind}{Suffix(layer, direction)}`"));

    internal Parameter? BiasOrNull(string kind, int layer, int direction) => Bias ? Weight(kind, layer, direction) : null;

    internal string Describe()
    {
        string text = $"{InputSize}, {HiddenSize}";
        if (ProjectionSize != 0) text += $", proj_size={ProjectionSize}";
        if (Layers != 1) text += $", num_layers={Layers}";
        if (!Bias) text += ", bias=False";
        if (BatchFirst) text += ", batch_first=True";
        if (Dropout != 0) text += $", dropout={PythonText.Float(Dropout)}";
        if (Bidirectional) text += ", bidirectional=True";
        return text;
    }

    /// <summary>One time step: gates of the input (N, G·H), states before; answers the states after, the output first.</summary>
    internal delegate (Tensor hidden, Tensor? cell) Step(Tensor gates, Tensor hidden, Tensor? cell, int layer, int direction);

    /// <summary>Runs all layers; input (L, N, I), (N, L, I) or (L, I); states (layers · directions, N, H).</summary>
    internal (Tensor output, Tensor hidden, Tensor? cell) Run(Tensor input, Tensor? hidden, Tensor? cell, bool hasCell, bool training, bool biasInGates, Step step)
    {
        if (input.ndim is not (2 or 3)) throw new AssertionException($"{_mode}: Expected input to be 2-D or 3-D but received {input.ndim}-D tensor");
        bool batched = input.ndim == 3;
        if (!batched)
        {
            if (hidden is { ndim: not 2 }) throw new TorchException($"For unbatched 2-D input, hx should also be 2-D but got {hidden.ndim}-D tensor");
            input = input.unsqueeze(BatchFirst ? 0 : 1);
            hidden = hidden?.unsqueeze(1);
            cell = cell?.unsqueeze(1);
        }
        else if (hidden is { ndim: not 3 }) throw new TorchException($"For batched 3-D input, hx should also be 3-D but got {hidden.ndim}-D tensor");
        Tensor x = BatchFirst ? input.transpose(0, 1) : input;   // (L, N, I)
        if (x.shape[2] != InputSize) throw new TorchException($"input.size(-1) must be equal to input_size. Expected {InputSize}, got {x.shape[2]}");
        long batch = x.shape[1];
        CheckState(hidden, OutputSize, batch, hasCell ? "Expected hidden[0] size {0}, got {1}" : "Expected hidden size {0}, got {1}");
        CheckState(cell, HiddenSize, batch, "Expected hidden[1] size {0}, got {1}");

        var lastHidden = new List<Tensor>();
        var lastCell = new List<Tensor>();
        for (int layer = 0; layer < Layers; layer++)
        {
            var outputs = new Tensor[Directions];
            for (int direction = 0; direction < Directions; direction++)
            {
                int state = layer * Directions + direction;
                Tensor h = hidden is null ? torch.zeros(batch, OutputSize, dtype: x.dtype, device: x.device) : hidden.select(0, state);
                Tensor? c = !hasCell ? null : cell is null ? torch.zeros(batch, HiddenSize, dtype: x.dtype, device: x.device) : cell.select(0, state);
                (outputs[direction], h, c) = Walk(x, h, c, layer, direction, biasInGates, step);
                lastHidden.Add(h);
                if (c is not null) lastCell.Add(c);
            }
            x = Directions == 1 ? outputs[0] : torch.cat(outputs, 2);
            if (Dropout > 0 && training && layer < Layers - 1) x = nn.functional.dropout(x, Dropout, true);
        }
        Tensor output = BatchFirst ? x.transpose(0, 1) : x;
        Tensor hn = torch.stack(lastHidden, 0);
        Tensor? cn = hasCell ? torch.stack(lastCell, 0) : null;
        return batched ? (output, hn, cn) : (output.squeeze(BatchFirst ? 0 : 1), hn.squeeze(1), cn?.squeeze(1));
    }

    // The input's part of all gates is one product over the whole sequence.
    private (Tensor, Tensor, Tensor?) Walk(Tensor x, Tensor h, Tensor? c, int layer, int direction, bool biasInGates, Step step)
    {
        if (ProjectionSize == 0 && x.shape[0] > 0) return WalkAtOnce(x, h, c, layer, direction);
        Tensor? bias = BiasOrNull("bias_ih", layer, direction);
        if (biasInGates && bias is not null) bias = bias + Weight("bias_hh", layer, direction);
        Tensor gates = nn.functional.linear(x, Weight("weight_ih", layer, direction), bias);   // (L, N, G·H)
        long length = x.shape[0];
        var outputs = new Tensor[length];
        for (long t = 0; t < length; t++)
        {
            long at = direction == 0 ? t : length - 1 - t;
            (h, c) = step(gates.select(0, at), h, c, layer, direction);
            outputs[at] = h;
        }
        return (torch.stack(outputs, 0), h, c);
    }

    // All time steps in one operation.
    private (Tensor, Tensor, Tensor?) WalkAtOnce(Tensor x, Tensor h, Tensor? c, int layer, int direction)
    {
        Tensor gates = nn.functional.linear(x.contiguous(), Weight("weight_ih", layer, direction), BiasOrNull("bias_ih", layer, direction));
        (Tensor output, Tensor cells, _) = Ops.RecurrentLayerOp.Call(gates, h, c, Weight("weight_hh", layer, direction), BiasOrNull("bias_hh", layer, direction), _kind, direction == 1);
        long last = direction == 0 ? x.shape[0] - 1 : 0;
        return (output, output.select(0, last), c is null ? null : cells.select(0, last));
    }

    private void CheckState(Tensor? state, long width, long batch, string message)
    {
        if (state is null) return;
        var expected = new Size(Layers * Directions, batch, width);
        if (state.shape != expected)
            throw new TorchException(string.Format(message, "(" + string.Join(", ", expected) + ")", "[" + string.Join(", ", state.shape) + "]"));
    }
}
