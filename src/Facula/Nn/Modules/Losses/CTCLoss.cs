namespace Facula.Modules;

/// <summary>Connectionist temporal classification; log_probs (T, N, C) or (T, C), targets (N, S) or their concatenation.</summary>
[Factory("torch.nn")]
public class CTCLoss(long blank = 0, string reduction = "mean", bool zero_infinity = false) : nn.Module<Tensor, Tensor, Tensor, Tensor, Tensor>
{
    public long blank { get; } = blank;
    public string reduction { get; } = reduction;
    public bool zero_infinity { get; } = zero_infinity;

    public override Tensor forward(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths) =>
        nn.functional.ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity);

    /// <summary>With lengths as numbers.</summary>
    public Tensor call(Tensor log_probs, Tensor targets, long[] input_lengths, long[] target_lengths) =>
        call(log_probs, targets, torch.tensor(input_lengths), torch.tensor(target_lengths));
}
