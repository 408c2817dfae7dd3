using PackedSequence = Facula.torch.nn.utils.rnn.PackedSequence;

namespace Facula.Modules;

public sealed partial class RecurrentWeights
{
    /// <summary>Runs all layers over sequences of different lengths; data (Σ lengths, I), sorted by time, states (layers · directions, N, H).</summary>
    internal (PackedSequence output, Tensor hidden, Tensor? cell) Run(PackedSequence input, Tensor? hidden, Tensor? cell, bool hasCell, bool training, bool biasInGates, Step step)
    {
        Tensor x = input.data;
        if (x.ndim != 2) throw new TorchException($"input must have 2 dimensions, got {x.ndim}");
        if (x.shape[1] != InputSize) throw new TorchException($"input.size(-1) must be equal to input_size. Expected {InputSize}, got {x.shape[1]}");
        long[] sizes = input.batch_sizes.ToArray<long>();
        CheckState(hidden, OutputSize, sizes[0], hasCell ? "Expected hidden[0] size {0}, got {1}" : "Expected hidden size {0}, got {1}");
        CheckState(cell, HiddenSize, sizes[0], "Expected hidden[1] size {0}, got {1}");
        if (input.sorted_indices is { } order)
        {
            hidden = hidden?.index_select(1, order);
            cell = cell?.index_select(1, order);
        }
        var lastHidden = new List<Tensor>();
        var lastCell = new List<Tensor>();
        for (int layer = 0; layer < Layers; layer++)
        {
            var outputs = new Tensor[Directions];
            for (int direction = 0; direction < Directions; direction++)
            {
                int state = layer * Directions + direction;
                Tensor h = hidden is null ? torch.zeros(sizes[0], OutputSize, dtype: x.dtype, device: x.device) : hidden.select(0, state);
                Tensor? c = !hasCell ? null : cell is null ? torch.zeros(sizes[0], HiddenSize, dtype: x.dtype, device: x.device) : cell.select(0, state);
                (outputs[direction], h, c) = WalkPacked(x, sizes, h, c, layer, direction, biasInGates, step);
                lastHidden.Add(h);
                if (c is not null) lastCell.Add(c);
            }
            x = Directions == 1 ? outputs[0] : torch.cat(outputs, 1);
            if (Dropout > 0 && training && layer < Layers - 1) x = nn.functional.dropout(x, Dropout, true);
        }
        Tensor hn = torch.stack(lastHidden, 0);
        Tensor? cn = hasCell ? torch.stack(lastCell, 0) : null;
        if (input.unsorted_indices is { } back)
        {
            hn = hn.index_select(1, back);
            cn = cn?.index_select(1, back);
        }
        return (new PackedSequence(x, input.batch_sizes, input.sorted_indices, input.unsorted_indices), hn, cn);
    }

    private (Tensor, Tensor, Tensor?) WalkPacked(Tensor x, long[] sizes, Tensor first, Tensor? firstCell, int layer, int direction, bool biasInGates, Step step)
    {
        Tensor? bias = BiasOrNull("bias_ih", layer, direction);
        if (biasInGates && bias is not null) bias = bias + Weight("bias_hh", layer, direction);
        Tensor gates = nn.functional.linear(x, Weight("weight_ih", layer, direction), bias);
        var starts = new long[sizes.Length];
        for (int t = 1; t < sizes.Length; t++) starts[t] = starts[t - 1] + sizes[t - 1];
        var outputs = new Tensor[sizes.Length];
        return direction == 0 ? Forwards() : Backwards();

        // Sequences end as time goes on: their rows are the last ones, since the longest comes first.
        (Tensor, Tensor, Tensor?) Forwards()
        {
            var endedHidden = new List<Tensor>();
            var endedCell = new List<Tensor>();
            (Tensor h, Tensor? c) = (first, firstCell);
            long alive = sizes[0];
            for (int t = 0; t < sizes.Length; t++)
            {
                if (sizes[t] < alive)
                {
                    endedHidden.Add(h.narrow(0, sizes[t], alive - sizes[t]));
                    h = h.narrow(0, 0, sizes[t]);
                    if (c is not null)
                    {
                        endedCell.Add(c.narrow(0, sizes[t], alive - sizes[t]));
                        c = c.narrow(0, 0, sizes[t]);
                    }
                    alive = sizes[t];
                }
                (h, c) = step(gates.narrow(0, starts[t], sizes[t]), h, c, layer, direction);
                outputs[t] = h;
            }
            return (torch.cat(outputs, 0), Joined(h, endedHidden), c is null ? null : Joined(c, endedCell));
        }

        // From the end, sequences join as the walk reaches their last element.
        (Tensor, Tensor, Tensor?) Backwards()
        {
            long alive = sizes[^1];
            Tensor h = first.narrow(0, 0, alive);
            Tensor? c = firstCell?.narrow(0, 0, alive);
            for (int t = sizes.Length - 1; t >= 0; t--)
            {
                if (sizes[t] > alive)
                {
                    h = torch.cat([h, first.narrow(0, alive, sizes[t] - alive)], 0);
                    if (c is not null) c = torch.cat([c, firstCell!.narrow(0, alive, sizes[t] - alive)], 0);
                    alive = sizes[t];
                }
                (h, c) = step(gates.narrow(0, starts[t], sizes[t]), h, c, layer, direction);
                outputs[t] = h;
            }
            return (torch.cat(outputs, 0), h, c);
        }
    }

    private static Tensor Joined(Tensor last, List<Tensor> ended)
    {
        if (ended.Count == 0) return last;
        ended.Add(last);
        ended.Reverse();
        return torch.cat(ended, 0);
    }
}
