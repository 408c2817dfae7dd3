using Facula.Modules;

namespace Facula;

// p on the unit interval, or on 0 and 1.
internal static partial class Divergences
{
    private static void OfBeta()
    {
        Register<Bernoulli, Poisson>(static (p, q) => -p.entropy() - (p.probs * q.rate.log() - q.rate));
        Register<Beta, ContinuousBernoulli>(static (p, q) => -p.entropy() - p.mean * q.logits - torch.log1p(-q.probs) - q.LogNormalizer());
        Register<Beta, Exponential>(static (p, q) => -p.entropy() - q.rate.log() + q.rate * p.mean);
        Register<Beta, Gamma>(static (p, q) =>
        {
            Tensor total = p.concentration1 + p.concentration0;
            return -p.entropy() + (q.concentration.lgamma() - q.concentration * q.rate.log())
                - (q.concentration - 1) * (p.concentration1.digamma() - total.digamma()) + q.rate * p.concentration1 / total;
        });
        Register<Beta, Normal>(static (p, q) =>
        {
            Tensor mean = p.mean, variance = q.scale.pow(2);
            Tensor square = (mean * (1 - mean) / (p.concentration1 + p.concentration0 + 1) + mean.pow(2)) * 0.5;
            return -p.entropy() + 0.5 * (variance * 2 * Math.PI).log() + (square - q.loc * mean + q.loc.pow(2) * 0.5) / variance;
        });
        Register<Beta, Uniform>(static (p, q) => Infinite(-p.entropy() + (q.high - q.low).log(), (q.low > 0) | (q.high < 1)));
        Register<ContinuousBernoulli, Exponential>(static (p, q) => -p.entropy() - torch.log(q.rate) + q.rate * p.mean);
        Register<ContinuousBernoulli, Normal>(static (p, q) =>
        {
            Tensor constant = 0.5 * (Math.Log(2 * Math.PI) + torch.square(q.loc / q.scale)) + torch.log(q.scale);
            return -p.entropy() + constant + (p.variance + torch.square(p.mean) - 2.0 * q.loc * p.mean) / (2.0 * torch.square(q.scale));
        });
        Register<ContinuousBernoulli, Uniform>(static (p, q) =>
        {
            Tensor result = -p.entropy() + (q.high - q.low).log();
            return torch.where((q.low >= 0) | (q.high <= 1), torch.ones_like(result) * double.PositiveInfinity, result);
        });
    }
}
