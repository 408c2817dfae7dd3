using Facula.Modules;

namespace Facula;

// Multivariate normals, and distributions made of others.
internal static partial class Divergences
{
    private static void OfComposed()
    {
        Register<LowRankMultivariateNormal, LowRankMultivariateNormal>(static (p, q) =>
        {
            RequireSameEvent(p, q);
            Tensor volume = Gaussian.LowRankLogDet(q.Diagonal, q.Capacitance) - Gaussian.LowRankLogDet(p.Diagonal, p.Capacitance);
            Tensor distance = Gaussian.LowRankMahalanobis(q.Factor, q.Diagonal, q.loc - p.loc, q.Capacitance);
            Tensor solved = Whitened(q);
            Tensor trace = (p.Diagonal / q.Diagonal).sum(-1) + Gaussian.TraceOfSquare(p.Factor * q.Diagonal.rsqrt().unsqueeze(-1))
                - Gaussian.TraceOfSquare(solved * p.Diagonal.sqrt().unsqueeze(-2)) - Gaussian.TraceOfSquare(solved.matmul(p.Factor));
            return 0.5 * (volume + trace + distance - p.event_shape[0]);
        });
        Register<MultivariateNormal, LowRankMultivariateNormal>(static (p, q) =>
        {
            RequireSameEvent(p, q);
            Tensor volume = Gaussian.LowRankLogDet(q.Diagonal, q.Capacitance) - 2 * Gaussian.HalfLogDet(p.Tril);
            Tensor distance = Gaussian.LowRankMahalanobis(q.Factor, q.Diagonal, q.loc - p.loc, q.Capacitance);
            Tensor trace = Gaussian.TraceOfSquare(p.Tril * q.Diagonal.rsqrt().unsqueeze(-1)) - Gaussian.TraceOfSquare(Whitened(q).matmul(p.Tril));
            return 0.5 * (volume + trace + distance - p.event_shape[0]);
        });
        Register<LowRankMultivariateNormal, MultivariateNormal>(static (p, q) =>
        {
            RequireSameEvent(p, q);
            Tensor volume = 2 * Gaussian.HalfLogDet(q.Tril) - Gaussian.LowRankLogDet(p.Diagonal, p.Capacitance);
            Tensor distance = Gaussian.Mahalanobis(q.Tril, q.loc - p.loc);
            Tensor trace = Gaussian.TraceOfSquare(torch.linalg.solve_triangular(q.Tril, p.Factor, upper: false))
                + Gaussian.TraceOfSquare(torch.linalg.solve_triangular(q.Tril, p.Diagonal.sqrt().diag_embed(), upper: false));
            return 0.5 * (volume + trace + distance - p.event_shape[0]);
        });
        Register<MultivariateNormal, MultivariateNormal>(static (p, q) =>
        {
            RequireSameEvent(p, q);
            Tensor trace = Gaussian.TraceOfSquare(torch.linalg.solve_triangular(q.Tril, p.Tril, upper: false));
            Tensor distance = Gaussian.Mahalanobis(q.Tril, q.loc - p.loc);
            return Gaussian.HalfLogDet(q.Tril) - Gaussian.HalfLogDet(p.Tril) + 0.5 * (trace + distance - p.event_shape[0]);
        });
        Register<distributions.ExponentialFamily, distributions.ExponentialFamily>(ByBregman);
        Register<TransformedDistribution, TransformedDistribution>(static (p, q) =>
        {
            if (!p.transforms.SequenceEqual(q.transforms) || p.event_shape != q.event_shape)
                throw new NotSupportedException("KL between transformed distributions is known for equal transforms and event shapes only");
            return torch.distributions.kl_divergence(p.base_dist, q.base_dist);
        });
        Register<Independent, Independent>(static (p, q) =>
        {
            if (p.reinterpreted_batch_ndims != q.reinterpreted_batch_ndims)
                throw new NotSupportedException("KL between independent distributions needs equal reinterpreted_batch_ndims");
            return Parameters.SumRightmost(torch.distributions.kl_divergence(p.base_dist, q.base_dist), p.reinterpreted_batch_ndims);
        });
    }

    private static Tensor Whitened(LowRankMultivariateNormal q) =>
        torch.linalg.solve_triangular(q.Capacitance, q.Factor.mT / q.Diagonal.unsqueeze(-2), upper: false);

    private static void RequireSameEvent(distributions.Distribution p, distributions.Distribution q)
    {
        if (p.event_shape != q.event_shape)
            throw new ArgumentException("KL-divergence between two (Low Rank) Multivariate Normals with different event shapes cannot be computed");
    }

    /// <summary>The Bregman divergence of the log-normaliser, for two of one exponential family.</summary>
    private static Tensor ByBregman(distributions.ExponentialFamily p, distributions.ExponentialFamily q)
    {
        if (p.GetType() != q.GetType())
            throw new NotSupportedException("The cross KL-divergence between different exponential families cannot be computed using Bregman divergences");
        Tensor[] ofP = Array.ConvertAll(p._natural_params, x => x.detach().requires_grad_()), ofQ = q._natural_params;
        Tensor normalizer = p._log_normalizer(ofP);
        Tensor[] gradients = torch.autograd.grad(normalizer.sum(), ofP, create_graph: true);
        Tensor result = q._log_normalizer(ofQ) - normalizer;
        int batch = Math.Max(p.batch_shape.Length, q.batch_shape.Length);
        for (int i = 0; i < ofP.Length; i++)
        {
            // A parameter may have fewer dimensions than an event. Note [Bregman divergence of a batch]
            Tensor term = (ofQ[i] - ofP[i]) * gradients[i];
            result = result - Parameters.SumRightmost(term, Math.Max(0, term.Rank - batch));
        }
        return result;
    }
}
