namespace Facula;

/// <summary>What distributions share: numbers among parameters, probabilities and logits, sums over event dimensions.</summary>
internal static class Parameters
{
    internal const double EulerGamma = 0.57721566490153286060;

    /// <summary>The values in their common shape; numbers become tensors of the dtype of the first tensor, or of the default one.</summary>
    internal static Tensor[] Broadcast(params ReadOnlySpan<Tensor> values)
    {
        Tensor? first = null;
        bool numbers = false;
        foreach (Tensor value in values)
        {
            if (value.IsWrappedNumber) numbers = true;
            else first ??= value;
        }
        var all = new Tensor[values.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = numbers && values[i].IsWrappedNumber ? Tensor.FromScalar(values[i].item(), first?.DType ?? torch.get_default_dtype(), first?.device) : values[i];
        return all.Length == 1 ? all : torch.broadcast_tensors(all);
    }

    internal static (Tensor, Tensor) Broadcast2(Tensor first, Tensor second)
    {
        Tensor[] all = Broadcast(first, second);
        return (all[0], all[1]);
    }

    /// <summary>The sum over the last <paramref name="dims"/> dimensions.</summary>
    internal static Tensor SumRightmost(Tensor value, int dims) => dims == 0 ? value : value.reshape(value.shape[..^dims].Concat([-1])).sum(-1);

    internal static Tensor ClampProbs(Tensor probs)
    {
        double eps = torch.finfo(probs.DType).eps;
        return probs.clamp(min: eps, max: 1 - eps);
    }

    internal static Tensor LogitsToProbs(Tensor logits, bool binary) => binary ? torch.sigmoid(logits) : torch.softmax(logits, -1);

    internal static Tensor ProbsToLogits(Tensor probs, bool binary)
    {
        Tensor clamped = ClampProbs(probs);
        return binary ? torch.log(clamped) - torch.log1p(-clamped) : torch.log(clamped);
    }

    internal static Tensor StandardNormal(in Size shape, Tensor like, Generator? generator) => Tensor.Allocate(shape, like.DType, like.device).normal_(generator: generator);

    internal static Tensor StandardUniform(in Size shape, Tensor like, Generator? generator) => torch.rand(shape, dtype: like.DType, device: like.device, generator: generator);

    internal static Tensor Full(in Size shape, double value, Tensor like) => torch.full(shape, value, dtype: like.DType, device: like.device);

    /// <summary>The values 0, 1, …, count − 1 along a new first dimension before the batch.</summary>
    internal static Tensor Enumerated(long count, ScalarType dtype, Device device, in Size batch, bool expand)
    {
        Tensor values = torch.arange(count, dtype: dtype, device: device).view(Size.Repeat(1, batch.Rank).Insert(0, -1));
        return expand ? values.expand(batch.Insert(0, -1)) : values;
    }

    /// <summary>A value that is computed once and recorded even where recording is off, as its inputs may need it later.</summary>
    internal static Tensor Lazily(ref Tensor? cached, Func<Tensor> compute)
    {
        if (cached is not null) return cached;
        using (torch.enable_grad()) return cached = compute();
    }
}

/// <summary>A probability given as such or as a logit; the other follows when it is asked for.</summary>
internal sealed class Odds
{
    private readonly bool _binary, _clamped;
    private Tensor? _probs, _logits;

    private Odds(Tensor? probs, Tensor? logits, bool binary, bool clamped)
    {
        _probs = probs;
        _logits = logits;
        _binary = binary;
        _clamped = clamped;
    }

    /// <summary>Exactly one of the two; <paramref name="clamped"/> keeps derived probabilities off 0 and 1.</summary>
    internal static Odds Of(Tensor? probs, Tensor? logits, bool binary = true, bool clamped = false)
    {
        RequireOne(probs, logits);
        return new(probs is null ? null : Parameters.Broadcast(probs)[0], logits is null ? null : Parameters.Broadcast(logits)[0], binary, clamped);
    }

    internal static void RequireOne(Tensor? probs, Tensor? logits)
    {
        if (probs is null == logits is null) throw new ArgumentException("Either `probs` or `logits` must be specified, but not both.");
    }

    /// <summary>What was given.</summary>
    internal Tensor Given => _probs ?? _logits!;

    internal Tensor? KnownProbs => _probs;
    internal Tensor? KnownLogits => _logits;

    internal Tensor Probs => Parameters.Lazily(ref _probs, () =>
    {
        Tensor probs = Parameters.LogitsToProbs(_logits!, _binary);
        return _clamped ? Parameters.ClampProbs(probs) : probs;
    });

    internal Tensor Logits => Parameters.Lazily(ref _logits, () => Parameters.ProbsToLogits(_probs!, _binary));

    internal Odds Expand(Size shape) => new(_probs?.expand(shape), _logits?.expand(shape), _binary, _clamped);

    /// <summary>The two as parameters of a distribution.</summary>
    internal IEnumerable<distributions.Argument> Arguments(distributions.constraints.Constraint ofProbs, distributions.constraints.Constraint ofLogits) =>
    [
        new("probs", ofProbs, () => _probs),
        new("logits", ofLogits, () => _logits),
    ];
}
