using Facula.Modules;

namespace Facula;

internal static partial class Divergences
{
    private const double Euler = Parameters.EulerGamma;

    private static void SameFamily()
    {
        Register<Bernoulli, Bernoulli>(static (p, q) =>
        {
            Tensor ofOne = p.probs * (nn.functional.softplus(-q.logits) - nn.functional.softplus(-p.logits));
            ofOne = Infinite(ofOne, q.probs == 0).masked_fill(p.probs == 0, 0);
            Tensor ofZero = (1 - p.probs) * (nn.functional.softplus(q.logits) - nn.functional.softplus(p.logits));
            ofZero = Infinite(ofZero, q.probs == 1).masked_fill(p.probs == 1, 0);
            return ofOne + ofZero;
        });
        Register<Beta, Beta>(static (p, q) =>
        {
            Tensor sumP = p.concentration1 + p.concentration0, sumQ = q.concentration1 + q.concentration0;
            Tensor above = q.concentration1.lgamma() + q.concentration0.lgamma() + sumP.lgamma();
            Tensor below = p.concentration1.lgamma() + p.concentration0.lgamma() + sumQ.lgamma();
            return above - below + (p.concentration1 - q.concentration1) * p.concentration1.digamma()
                + (p.concentration0 - q.concentration0) * p.concentration0.digamma() + (sumQ - sumP) * sumP.digamma();
        });
        Register<Binomial, Binomial>(static (p, q) =>
        {
            if ((p.total_count < q.total_count).any()) throw new NotSupportedException("KL between Binomials where q.total_count > p.total_count is not implemented");
            Tensor kl = p.total_count * (p.probs * (p.logits - q.logits) + (-p.probs).log1p() - (-q.probs).log1p());
            return Infinite(kl, p.total_count > q.total_count);
        });
        Register<Categorical, Categorical>(OfCategoricals);
        Register<OneHotCategorical, OneHotCategorical>(static (p, q) => OfCategoricals(p.Base, q.Base));
        Register<ContinuousBernoulli, ContinuousBernoulli>(static (p, q) =>
            p.mean * (p.logits - q.logits) + (p.LogNormalizer() + torch.log1p(-p.probs)) + (-q.LogNormalizer() - torch.log1p(-q.probs)));
        Register<Dirichlet, Dirichlet>(static (p, q) =>
        {
            Tensor sumP = p.concentration.sum(-1), sumQ = q.concentration.sum(-1);
            Tensor constant = sumP.lgamma() - sumQ.lgamma() - (p.concentration.lgamma() - q.concentration.lgamma()).sum(-1);
            return constant + ((p.concentration - q.concentration) * (p.concentration.digamma() - sumP.digamma().unsqueeze(-1))).sum(-1);
        });
        Register<Exponential, Exponential>(static (p, q) =>
        {
            Tensor ratio = q.rate / p.rate;
            return -ratio.log() + ratio - 1;
        });
        Register<Gamma, Gamma>(static (p, q) =>
            q.concentration * (p.rate / q.rate).log() + (q.concentration.lgamma() - p.concentration.lgamma())
                + (p.concentration - q.concentration) * p.concentration.digamma() + (q.rate - p.rate) * (p.concentration / p.rate));
        Register<Gumbel, Gumbel>(static (p, q) =>
        {
            Tensor ratio = p.scale / q.scale, locQ = q.loc / q.scale, locP = p.loc / q.scale;
            return -ratio.log() - locQ + locP + ratio * Euler + torch.exp(locQ + (1 + ratio).lgamma() - locP) - (1 + Euler);
        });
        Register<Geometric, Geometric>(static (p, q) => -p.entropy() - torch.log1p(-q.probs) / p.probs - q.logits);
        Register<Normal, Normal>(OfNormals);
        Register<HalfNormal, HalfNormal>(static (p, q) => OfNormals((Normal)p.base_dist, (Normal)q.base_dist));
        Register<Laplace, Laplace>(static (p, q) =>
        {
            Tensor ratio = p.scale / q.scale, distance = (p.loc - q.loc).abs();
            return -ratio.log() + distance / q.scale + ratio * torch.exp(-distance / p.scale) - 1;
        });
        Register<Pareto, Pareto>(static (p, q) =>
        {
            Tensor ratio = q.alpha / p.alpha;
            Tensor result = q.alpha * (p.scale / q.scale).log() - ratio.log() + ratio - 1;
            return Infinite(result, p.scale < q.scale);
        });
        Register<Poisson, Poisson>(static (p, q) => p.rate * (p.rate.log() - q.rate.log()) - (p.rate - q.rate));
        Register<Uniform, Uniform>(static (p, q) => Infinite(((q.high - q.low) / (p.high - p.low)).log(), (q.low > p.low) | (q.high < p.high)));
        Register<Cauchy, Cauchy>(static (p, q) => ((p.scale + q.scale).pow(2) + (p.loc - q.loc).pow(2)).log() - (4 * p.scale * q.scale).log());
    }

    private static Tensor OfCategoricals(Categorical p, Categorical q)
    {
        Tensor terms = p.probs * (p.logits - q.logits);
        return Infinite(terms, q.probs == 0).masked_fill(p.probs == 0, 0).sum(-1);
    }

    private static Tensor OfNormals(Normal p, Normal q)
    {
        Tensor ratio = (p.scale / q.scale).pow(2);
        return 0.5 * (ratio + ((p.loc - q.loc) / q.scale).pow(2) - 1 - ratio.log());
    }
}
