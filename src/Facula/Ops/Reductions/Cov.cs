namespace Facula.Ops;

[CompositeOp("cov")]
internal static partial class Cov
{
    /// <summary>The covariance matrix of variables (rows) over observations (columns), with integer and real weights of the observations.</summary>
    static Tensor Compose(Tensor input, long correction = 1, Tensor? fweights = null, Tensor? aweights = null)
    {
        Check.That(input.Rank <= 2, $"cov(): expected input to have two or fewer dimensions but got an input with {input.Rank} dimensions");
        Check.That(input.DType != ScalarType.Bool, $"cov(): bool dtype is not supported for input");
        Tensor x = input.Rank == 2 ? input : Reshape.Call(input, [1, input.Numel]);
        long observations = x.Sizes[1];
        Tensor? weights = Weights(fweights, aweights, observations);
        Tensor sum = weights is null ? Tensor.FromScalar(observations, ScalarType.Int64) : weights.sum();
        Check.That(weights is null || (observations != 0 && sum.item().ToDouble() != 0), $"cov(): weights sum to zero, can't be normalized");
        Tensor mean = weights is null ? x.sum(1) / sum : (x * weights).sum(1) / sum;
        Tensor divisor = weights is not null && aweights is not null && correction != 0
            ? sum - correction * (weights * aweights).sum() / sum
            : sum - correction;
        if (divisor.item().ToDouble() <= 0)
        {
            warnings.warn("cov(): degrees of freedom is <= 0");
            divisor = ZerosLike.Call(divisor);
        }
        Tensor centered = x - Unsqueeze.Call(mean, 1), weighted = weights is null ? centered : centered * weights;
        Tensor result = Mm.Call(centered, MatrixTranspose.Call(weighted.conj())) / divisor;
        return input.Rank == 2 && x.Sizes[0] != 1 ? result : result.squeeze();
    }

    private static Tensor? Weights(Tensor? frequencies, Tensor? importance, long observations)
    {
        if (frequencies is not null)
        {
            Check.That(frequencies.Rank <= 1, $"cov(): expected fweights to have one or fewer dimensions but got fweights with {frequencies.Rank} dimensions");
            Check.That(frequencies.DType.IsIntegral, $"cov(): expected fweights to have integral dtype but got fweights with {frequencies.DType.LegacyName} dtype");
            Check.That(frequencies.Numel == observations, $"cov(): expected fweights to have the same numel as there are observations in the input but got {frequencies.Numel} != {observations}");
            Check.That(observations == 0 || frequencies.min().item().ToDouble() >= 0, $"cov(): fweights cannot be negative");
        }
        if (importance is null) return frequencies;
        Check.That(importance.Rank <= 1, $"cov(): expected aweights to have one or fewer dimensions but got aweights with {importance.Rank} dimensions");
        Check.That(importance.DType.is_floating_point, $"cov(): expected aweights to have floating point dtype but got aweights with {importance.DType.LegacyName} dtype");
        Check.That(importance.Numel == observations, $"cov(): expected aweights to have the same numel as there are observations in the input but got {importance.Numel} != {observations}");
        Check.That(observations == 0 || importance.min().item().ToDouble() >= 0, $"cov(): aweights cannot be negative");
        return frequencies is null ? importance : frequencies * importance;
    }
}

[CompositeOp("corrcoef")]
internal static partial class CorrCoef
{
    /// <summary>The matrix of correlation coefficients of variables (rows) over observations (columns).</summary>
    static Tensor Compose(Tensor input)
    {
        Check.That(input.Rank <= 2, $"corrcoef(): expected input to have two or fewer dimensions but got an input with {input.Rank} dimensions");
        Tensor covariance = Cov.Call(input);
        if (covariance.Rank == 0) return covariance / covariance;
        Tensor variance = covariance.diagonal();
        Tensor deviation = (variance.DType.is_complex ? torch.real(variance) : variance).sqrt();
        Tensor result = covariance / View.Call(deviation, [-1, 1]) / View.Call(deviation, [1, -1]);
        return result.DType.is_complex ? torch.complex(torch.real(result).clamp(-1, 1), torch.imag(result).clamp(-1, 1)) : result.clamp(-1, 1);
    }
}
