namespace Facula.Modules;

/// <summary>
/// Log-softmax over many classes of which few are frequent: those before the first cutoff are in the head, each further stretch is a cluster with a
/// smaller projection. Input (N, in_features), target (N); answers the log-probability of each target and the loss.
/// </summary>
[Factory("torch.nn")]
public class AdaptiveLogSoftmaxWithLoss : nn.Module<Tensor, Tensor, (Tensor output, Tensor loss)>
{
    private readonly long _shortlist;

    public AdaptiveLogSoftmaxWithLoss(long in_features, long n_classes, long[] cutoffs, double div_value = 4.0, bool head_bias = false, Device? device = null, ScalarType? dtype = null)
    {
        bool valid = cutoffs.Length > 0 && cutoffs[0] > 0 && cutoffs[^1] <= n_classes - 1;
        for (int i = 1; i < cutoffs.Length; i++) valid &= cutoffs[i] > cutoffs[i - 1];
        if (!valid)
            throw new ArgumentException("cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each value is between 1 and n_classes-1");
        this.in_features = in_features;
        this.n_classes = n_classes;
        this.cutoffs = [.. cutoffs, n_classes];
        this.div_value = div_value;
        this.head_bias = head_bias;
        _shortlist = cutoffs[0];
        head = new Linear(in_features, _shortlist + cutoffs.Length, head_bias, device, dtype);
        tail = new ModuleList<Sequential>();
        for (int i = 0; i < cutoffs.Length; i++)
        {
            long hidden = (long)Math.Floor(in_features / Math.Pow(div_value, i + 1));
            tail.append(new Sequential(
                new Linear(in_features, hidden, false, device, dtype),
                new Linear(hidden, this.cutoffs[i + 1] - this.cutoffs[i], false, device, dtype)));
        }
    }

    public long in_features { get; }
    public long n_classes { get; }

    /// <summary>The cutoffs, and the number of classes at the end.</summary>
    public long[] cutoffs { get; }
    public double div_value { get; }
    public bool head_bias { get; }

    /// <summary>Scores of the frequent classes and of the clusters.</summary>
    public Linear head { get; set; }

    /// <summary>Scores within each cluster.</summary>
    public ModuleList<Sequential> tail { get; set; }

    /// <summary>Draws all weights anew.</summary>
    public void reset_parameters()
    {
        head.reset_parameters();
        foreach (Sequential projection in tail)
            foreach (nn.Module layer in projection) ((Linear)layer).reset_parameters();
    }

    public override (Tensor output, Tensor loss) forward(Tensor input, Tensor target)
    {
        if (target.ndim == 1)
        {
            if (input.shape[0] != target.shape[0]) throw new TorchException("Input and target should have the same size in the batch dimension.");
            if (input.ndim != 2) throw new TorchException($"1D target tensor expects 2D input tensors, but found inputs with size {input.shape}");
        }
        else if (target.ndim == 0)
        {
            if (input.ndim != 1) throw new TorchException($"0D target tensor expects 1D input tensors, but found inputs with size {input.shape}");
        }
        else throw new TorchException("0D or 1D target tensor expected, multi-target not supported");
        bool batched = target.ndim > 0;
        Tensor rows = batched ? input : input.unsqueeze(0), wanted = batched ? target : target.unsqueeze(0);

        Tensor output = rows.new_zeros([wanted.shape[0]]), places = torch.empty_like(wanted);
        long used = 0;
        for (int i = 0; i < cutoffs.Length; i++)
        {
            long low = i == 0 ? 0 : cutoffs[i - 1];
            Tensor members = ((wanted >= low) & (wanted < cutoffs[i])).nonzero().squeeze(1);
            if (members.numel() == 0) continue;
            Tensor own = wanted.index_select(0, members);
            if (i == 0) places.index_copy_(0, members, own);
            else
            {
                Tensor scores = nn.functional.log_softmax(tail[i - 1].call(rows.index_select(0, members)), 1);
                places.index_fill_(0, members, _shortlist + i - 1);
                output = output.index_copy(0, members, scores.gather(1, (own - low).unsqueeze(1)).squeeze(1));
            }
            used += members.numel();
        }
        if (used != wanted.shape[0])
            throw new TorchException($"Target values should be in [0, {n_classes - 1}], but values in range [{wanted.min().item()}, {wanted.max().item()}] were found. ");
        output = output + nn.functional.log_softmax(head.call(rows), 1).gather(1, places.unsqueeze(1)).squeeze(1);
        Tensor loss = (-output).mean();
        return (batched ? output : output.squeeze(0), loss);
    }

    /// <summary>The log-probabilities of all classes (N, n_classes).</summary>
    public Tensor log_prob(Tensor input)
    {
        Tensor frequent = nn.functional.log_softmax(head.call(input), 1);
        var parts = new List<Tensor> { frequent.narrow(1, 0, _shortlist) };
        for (int i = 0; i < tail.Count; i++)
            parts.Add(nn.functional.log_softmax(tail[i].call(input), 1) + frequent.narrow(1, _shortlist + i, 1));
        return torch.cat(parts, 1);
    }

    /// <summary>The most probable class of each row (N).</summary>
    public Tensor predict(Tensor input)
    {
        // Only rows whose best score is a cluster's need that cluster; the whole distribution decides those.
        Tensor best = head.call(input).argmax(1), rare = (best >= _shortlist).nonzero().squeeze(1);
        return rare.numel() == 0 ? best : best.index_copy(0, rare, log_prob(input.index_select(0, rare)).argmax(1));
    }
}
