using PackedSequence = Facula.torch.nn.utils.rnn.PackedSequence;

namespace Facula.Modules;

/// <summary>Settings, weights and the walk over layers, directions and time that RNN, LSTM and GRU share.</summary>
internal sealed class RecurrentWeights
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
    private bool HasCell => _mode == "LSTM";
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

    /// <summary>Runs all layers; input (L, N, I), (N, L, I) or (L, I); states (layers · directions, N, H).</summary>
    internal (Tensor output, Tensor hidden, Tensor? cell) Run(Tensor input, Tensor? hidden, Tensor? cell)
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
        (long length, long batch) = (x.shape[0], x.shape[1]);
        if (x.shape[2] != InputSize) throw new TorchException($"input.size(-1) must be equal to input_size. Expected {InputSize}, got {x.shape[2]}");
        if (length == 0) throw new TorchException("Expected sequence length to be larger than 0 in RNN");
        (Tensor rows, Tensor hn, Tensor? cn) = Stack(x.reshape(length * batch, InputSize), [new Stretch(0, length, batch)], hidden, cell);
        Tensor output = rows.view(length, batch, rows.shape[1]);
        if (BatchFirst) output = output.transpose(0, 1);
        return batched ? (output, hn, cn) : (output.squeeze(BatchFirst ? 0 : 1), hn.squeeze(1), cn?.squeeze(1));
    }

    /// <summary>Runs all layers over sequences of different lengths; data (Σ lengths, I), sorted by time, states (layers · directions, N, H).</summary>
    internal (PackedSequence output, Tensor hidden, Tensor? cell) Run(PackedSequence input, Tensor? hidden, Tensor? cell)
    {
        Tensor x = input.data;
        if (x.ndim != 2) throw new TorchException($"input must have 2 dimensions, got {x.ndim}");
        if (x.shape[1] != InputSize) throw new TorchException($"input.size(-1) must be equal to input_size. Expected {InputSize}, got {x.shape[1]}");
        if (input.sorted_indices is { } order)
        {
            hidden = hidden?.index_select(1, order);
            cell = cell?.index_select(1, order);
        }
        (Tensor rows, Tensor hn, Tensor? cn) = Stack(x, Stretches(input.batch_sizes.ToArray<long>()), hidden, cell);
        if (input.unsorted_indices is { } back)
        {
            hn = hn.index_select(1, back);
            cn = cn?.index_select(1, back);
        }
        return (new PackedSequence(rows, input.batch_sizes, input.sorted_indices, input.unsorted_indices), hn, cn);
    }

    /// <summary>Time steps that the same number of sequences live through, from a row of the data on.</summary>
    private readonly record struct Stretch(long Start, long Steps, long Batch);

    private static List<Stretch> Stretches(ReadOnlySpan<long> sizes)
    {
        var stretches = new List<Stretch>();
        long start = 0;
        for (int t = 0, next; t < sizes.Length; t = next)
        {
            long batch = sizes[t];
            for (next = t + 1; next < sizes.Length && sizes[next] == batch; next++) { }
            stretches.Add(new Stretch(start, next - t, batch));
            start += (next - t) * batch;
        }
        return stretches;
    }

    // All layers over the rows (Σ steps · batch, I), sorted by time.
    private (Tensor Rows, Tensor Hidden, Tensor? Cell) Stack(Tensor x, List<Stretch> stretches, Tensor? hidden, Tensor? cell)
    {
        long batch = stretches[0].Batch;
        CheckState(hidden, OutputSize, batch, HasCell ? "Expected hidden[0] size {0}, got {1}" : "Expected hidden size {0}, got {1}");
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
                Tensor? c = !HasCell ? null : cell is null ? torch.zeros(batch, HiddenSize, dtype: x.dtype, device: x.device) : cell.select(0, state);
                (outputs[direction], h, c) = Walk(x, stretches, h, c, layer, direction);
                lastHidden.Add(h);
                if (c is not null) lastCell.Add(c);
            }
            x = Directions == 1 ? outputs[0] : torch.cat(outputs, 1);
            if (Dropout > 0 && _owner.training && layer < Layers - 1) x = nn.functional.dropout(x, Dropout, true);
        }
        return (x, torch.stack(lastHidden, 0), HasCell ? torch.stack(lastCell, 0) : null);
    }

    // One direction of one layer. Forwards sequences end, and their rows are the last ones, since the longest comes first; backwards they join.
    private (Tensor Rows, Tensor Hidden, Tensor? Cell) Walk(Tensor x, List<Stretch> stretches, Tensor first, Tensor? firstCell, int layer, int direction)
    {
        // The input's part of all gates is one product over all sequences.
        Tensor gates = nn.functional.linear(x, Weight("weight_ih", layer, direction), BiasOrNull("bias_ih", layer, direction));
        var outputs = new Tensor[stretches.Count];
        List<Tensor> endedHidden = [], endedCell = [];
        (Tensor h, Tensor? c) = direction == 0 ? (first, firstCell) : (Part(first, 0, stretches[^1].Batch), firstCell is null ? null : Part(firstCell, 0, stretches[^1].Batch));
        for (int i = 0; i < stretches.Count; i++)
        {
            int at = direction == 0 ? i : stretches.Count - 1 - i;
            (long start, long steps, long batch) = stretches[at];
            long alive = h.shape[0];
            if (batch < alive)
            {
                endedHidden.Add(Part(h, batch, alive));
                if (c is not null) endedCell.Add(Part(c, batch, alive));
                (h, c) = (Part(h, 0, batch), c is null ? null : Part(c, 0, batch));
            }
            else if (batch > alive)
                (h, c) = (torch.cat([h, Part(first, alive, batch)], 0), c is null ? null : torch.cat([c, Part(firstCell!, alive, batch)], 0));
            (outputs[at], h, c) = Run(Part(gates, start, start + steps * batch).view(steps, batch, gates.shape[1]), h, c, layer, direction);
        }
        return (Joined(outputs), Rejoined(h, endedHidden), c is null ? null : Rejoined(c, endedCell));
    }

    private static Tensor Part(Tensor rows, long start, long stop) => start == 0 && stop == rows.shape[0] ? rows : rows.narrow(0, start, stop - start);

    private static Tensor Joined(IReadOnlyList<Tensor> parts) => parts.Count == 1 ? parts[0] : torch.cat([.. parts], 0);

    private static Tensor Rejoined(Tensor last, List<Tensor> ended) => Joined([last, .. ended.AsEnumerable().Reverse()]);

    // All steps of a stretch in one operation, unless the output is projected; gates (steps, N, G·H).
    private (Tensor Rows, Tensor Hidden, Tensor? Cell) Run(Tensor gates, Tensor h, Tensor? c, int layer, int direction)
    {
        Tensor weight = Weight("weight_hh", layer, direction);
        Tensor? bias = BiasOrNull("bias_hh", layer, direction);
        if (ProjectionSize > 0) return Project(gates, h, c!, weight, bias, Weight("weight_hr", layer, direction), direction);
        (Tensor output, Tensor cells, _) = Ops.RecurrentLayerOp.Call(gates, h, c, weight, bias, _kind, direction == 1);
        long last = direction == 0 ? gates.shape[0] - 1 : 0;
        return (output.flatten(0, 1), output.select(0, last), c is null ? null : cells.select(0, last));
    }

    // Step by step, since each step's state is the projection of its output.
    private static (Tensor Rows, Tensor Hidden, Tensor Cell) Project(Tensor gates, Tensor h, Tensor c, Tensor weight, Tensor? bias, Tensor projection, int direction)
    {
        long steps = gates.shape[0];
        var outputs = new Tensor[steps];
        for (long step = 0; step < steps; step++)
        {
            long t = direction == 0 ? step : steps - 1 - step;
            Tensor[] part = (gates.select(0, t) + nn.functional.linear(h, weight, bias)).chunk(4, 1);
            c = torch.sigmoid(part[1]) * c + torch.sigmoid(part[0]) * torch.tanh(part[2]);
            outputs[t] = h = torch.mm(torch.sigmoid(part[3]) * torch.tanh(c), projection.t());
        }
        return (Joined(outputs), h, c);
    }

    private void CheckState(Tensor? state, long width, long batch, string message)
    {
        if (state is null) return;
        var expected = new Size(Layers * Directions, batch, width);
        if (state.shape != expected)
            throw new TorchException(string.Format(message, "(" + string.Join(", ", expected) + ")", "[" + string.Join(", ", state.shape) + "]"));
    }
}
