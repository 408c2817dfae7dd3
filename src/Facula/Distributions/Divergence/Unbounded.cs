using Facula.Modules;

namespace Facula;

// Pairs in which p has mass where q has none.
internal static partial class Divergences
{
    private static void Unbounded()
    {
        Register<Beta, Pareto>(static (p, _) => InfiniteLike(p.concentration1));
        Register<ContinuousBernoulli, Pareto>(static (p, _) => InfiniteLike(p.probs));
        Register<Exponential, Beta>(static (p, _) => InfiniteLike(p.rate));
        Register<Exponential, ContinuousBernoulli>(static (p, _) => InfiniteLike(p.rate));
        Register<Exponential, Pareto>(static (p, _) => InfiniteLike(p.rate));
        Register<Exponential, Uniform>(static (p, _) => InfiniteLike(p.rate));
        Register<Gamma, Beta>(static (p, _) => InfiniteLike(p.concentration));
        Register<Gamma, ContinuousBernoulli>(static (p, _) => InfiniteLike(p.concentration));
        Register<Gamma, Pareto>(static (p, _) => InfiniteLike(p.concentration));
        Register<Gamma, Uniform>(static (p, _) => InfiniteLike(p.concentration));
        Register<Gumbel, Beta>(static (p, _) => InfiniteLike(p.loc));
        Register<Gumbel, ContinuousBernoulli>(static (p, _) => InfiniteLike(p.loc));
        Register<Gumbel, Exponential>(static (p, _) => InfiniteLike(p.loc));
        Register<Gumbel, Gamma>(static (p, _) => InfiniteLike(p.loc));
        Register<Gumbel, Pareto>(static (p, _) => InfiniteLike(p.loc));
        Register<Gumbel, Uniform>(static (p, _) => InfiniteLike(p.loc));
        Register<Laplace, Beta>(static (p, _) => InfiniteLike(p.loc));
        Register<Laplace, ContinuousBernoulli>(static (p, _) => InfiniteLike(p.loc));
        Register<Laplace, Exponential>(static (p, _) => InfiniteLike(p.loc));
        Register<Laplace, Gamma>(static (p, _) => InfiniteLike(p.loc));
        Register<Laplace, Pareto>(static (p, _) => InfiniteLike(p.loc));
        Register<Laplace, Uniform>(static (p, _) => InfiniteLike(p.loc));
        Register<Normal, Beta>(static (p, _) => InfiniteLike(p.loc));
        Register<Normal, ContinuousBernoulli>(static (p, _) => InfiniteLike(p.loc));
        Register<Normal, Exponential>(static (p, _) => InfiniteLike(p.loc));
        Register<Normal, Gamma>(static (p, _) => InfiniteLike(p.loc));
        Register<Normal, Pareto>(static (p, _) => InfiniteLike(p.loc));
        Register<Normal, Uniform>(static (p, _) => InfiniteLike(p.loc));
        Register<Pareto, Beta>(static (p, _) => InfiniteLike(p.scale));
        Register<Pareto, ContinuousBernoulli>(static (p, _) => InfiniteLike(p.scale));
        Register<Pareto, Uniform>(static (p, _) => InfiniteLike(p.scale));
        Register<Poisson, Bernoulli>(static (p, _) => InfiniteLike(p.rate));
        Register<Poisson, Binomial>(static (p, _) => InfiniteLike(p.rate));
    }
}
