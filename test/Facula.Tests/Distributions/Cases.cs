using Facula.Modules;
using static Facula.torch;
using static Facula.torch.distributions;

namespace Facula.Tests.Distributions;

/// <summary>One distribution of each kind, as a function of its parameters, with a value in its support.</summary>
internal sealed record DistributionCase(string Name, Func<Tensor[], Distribution> Make, Tensor[] Parameters, Tensor Value)
{
    internal Distribution Distribution => Make(Parameters);

    public override string ToString() => Name;
}

internal static class Cases
{
    internal static Tensor T(params double[] values) => tensor(values, dtype: float64);

    internal static Tensor Matrix(int rows, params double[] values) => T(values).reshape(rows, -1);

    private static readonly Tensor s_tril = Matrix(3, 1.2, 0, 0, -0.3, 0.8, 0, 0.4, 0.1, 0.6);
    private static readonly Tensor s_covariance = s_tril.matmul(s_tril.mT);

    /// <summary>Distributions of one real number.</summary>
    internal static readonly DistributionCase[] Continuous =
    [
        new("Normal", p => distributions.Normal(p[0], p[1]), [T(-0.5, 1), T(0.7, 2)], T(0.3, 1.5)),
        new("Cauchy", p => distributions.Cauchy(p[0], p[1]), [T(-0.5, 1), T(0.7, 2)], T(0.3, 1.5)),
        new("Laplace", p => distributions.Laplace(p[0], p[1]), [T(-0.5, 1), T(0.7, 2)], T(0.3, 1.5)),
        new("Gumbel", p => distributions.Gumbel(p[0], p[1]), [T(-0.5, 1), T(0.7, 2)], T(0.3, 1.5)),
        new("LogNormal", p => distributions.LogNormal(p[0], p[1]), [T(-0.5, 0.2), T(0.7, 0.4)], T(0.3, 1.5)),
        new("HalfNormal", p => distributions.HalfNormal(p[0]), [T(0.7, 2)], T(0.3, 1.5)),
        new("HalfCauchy", p => distributions.HalfCauchy(p[0]), [T(0.7, 2)], T(0.3, 1.5)),
        new("Uniform", p => distributions.Uniform(p[0], p[1]), [T(-0.5, 1), T(0.7, 2)], T(0.3, 1.5)),
        new("Exponential", p => distributions.Exponential(p[0]), [T(0.7, 2)], T(0.3, 1.5)),
        new("Weibull", p => distributions.Weibull(p[0], p[1]), [T(0.7, 2), T(1.3, 0.8)], T(0.3, 1.5)),
        new("Pareto", p => distributions.Pareto(p[0], p[1]), [T(0.7, 2), T(1.8, 3)], T(1.3, 2.5)),
        new("GeneralizedPareto", p => distributions.GeneralizedPareto(p[0], p[1], p[2]), [T(-0.5, 1), T(0.7, 2), T(0.3, -0.4)], T(0.3, 1.5)),
        new("Kumaraswamy", p => distributions.Kumaraswamy(p[0], p[1]), [T(1.4, 0.8), T(2, 1.7)], T(0.3, 0.6)),
        new("ContinuousBernoulli", p => distributions.ContinuousBernoulli(probs: p[0]), [T(0.2, 0.8)], T(0.3, 0.6)),
        new("RelaxedBernoulli", p => distributions.RelaxedBernoulli(p[0], probs: p[1]), [T(0.7, 1.5), T(0.2, 0.8)], T(0.3, 0.6)),
        new("TransformedDistribution", p => distributions.TransformedDistribution(new Normal(p[0], p[1]),
            [new AffineTransform(p[2], -2), new SigmoidTransform()]), [T(-0.5, 1), T(0.7, 2), T(0.3, 0.1)], T(0.3, 0.6)),
    ];

    /// <summary>Distributions of one real number whose samples differentiate by the implicit function theorem, or not at all.</summary>
    internal static readonly DistributionCase[] Rejecting =
    [
        new("Gamma", p => distributions.Gamma(p[0], p[1]), [T(0.6, 3.5), T(0.7, 2)], T(0.3, 1.5)),
        new("Chi2", p => distributions.Chi2(p[0]), [T(1.6, 5)], T(0.3, 1.5)),
        new("InverseGamma", p => distributions.InverseGamma(p[0], p[1]), [T(1.6, 3.5), T(0.7, 2)], T(0.3, 1.5)),
        new("Beta", p => distributions.Beta(p[0], p[1]), [T(0.8, 3.5), T(1.7, 2)], T(0.3, 0.6)),
        new("FisherSnedecor", p => distributions.FisherSnedecor(p[0], p[1]), [T(3, 6), T(4, 9)], T(0.3, 1.5)),
        new("StudentT", p => distributions.StudentT(p[0], p[1], p[2]), [T(3, 6), T(-0.5, 1), T(0.7, 2)], T(0.3, 1.5)),
        new("VonMises", p => distributions.VonMises(p[0], p[1]), [T(-0.5, 1), T(0.7, 4)], T(0.3, 1.5)),
        new("MixtureSameFamily", p => distributions.MixtureSameFamily(new Categorical(logits: p[0]), new Normal(p[1], p[2])),
            [Matrix(2, 0.2, -0.4, 0.1, 0.9), Matrix(2, -1, 2, 0.5, 1), Matrix(2, 0.5, 1, 0.7, 0.3)], T(0.3, 1.5)),
    ];

    /// <summary>Distributions of counts.</summary>
    internal static readonly DistributionCase[] Counts =
    [
        new("Bernoulli", p => distributions.Bernoulli(probs: p[0]), [T(0.2, 0.7)], T(1, 0)),
        new("Binomial", p => distributions.Binomial(7, probs: p[0]), [T(0.2, 0.7)], T(3, 5)),
        new("BinomialOfMany", p => distributions.Binomial(60, probs: p[0]), [T(0.3, 0.8)], T(20, 45)),
        new("Categorical", p => distributions.Categorical(probs: p[0]), [Matrix(2, 0.2, 0.5, 0.3, 0.6, 0.1, 0.3)], T(2, 0)),
        new("Geometric", p => distributions.Geometric(probs: p[0]), [T(0.2, 0.7)], T(3, 1)),
        new("NegativeBinomial", p => distributions.NegativeBinomial(p[0], probs: p[1]), [T(3, 5.5), T(0.4, 0.6)], T(3, 5)),
        new("Poisson", p => distributions.Poisson(p[0]), [T(1.7, 23)], T(3, 20)),
    ];

    /// <summary>Distributions of vectors and matrices.</summary>
    internal static readonly DistributionCase[] Joint =
    [
        new("MultivariateNormal", p => distributions.MultivariateNormal(p[0], scale_tril: p[1].tril()), [T(0.5, -1, 0.2), s_tril], T(0.3, 1.5, -0.2)),
        new("MultivariateNormalByCovariance", p => distributions.MultivariateNormal(p[0], covariance_matrix: (p[1] + p[1].mT) / 2), [T(0.5, -1, 0.2), s_covariance], T(0.3, 1.5, -0.2)),
        new("LowRankMultivariateNormal", p => distributions.LowRankMultivariateNormal(p[0], p[1], p[2]),
            [T(0.5, -1, 0.2), Matrix(3, 1, 0.3, -0.5), T(0.4, 0.9, 0.6)], T(0.3, 1.5, -0.2)),
        new("LogisticNormal", p => distributions.LogisticNormal(p[0], p[1]), [T(0.5, -1), T(0.7, 1.2)], T(0.3, 0.5, 0.2)),
        new("Independent", p => distributions.Independent(new Normal(p[0], p[1]), 1), [T(0.5, -1), T(0.7, 1.2)], T(0.3, 0.5)),
        new("RelaxedOneHotCategorical", p => distributions.RelaxedOneHotCategorical(p[0], logits: p[1]), [T(0.7).squeeze(0), T(0.5, -1, 0.3)], T(0.3, 0.5, 0.2)),
        new("Dirichlet", p => distributions.Dirichlet(p[0]), [T(0.8, 2, 3.5)], T(0.3, 0.5, 0.2)),
        new("Multinomial", p => distributions.Multinomial(6, logits: p[0]), [T(0.8, 0.1, -0.5)], T(3, 1, 2)),
        new("OneHotCategorical", p => distributions.OneHotCategorical(logits: p[0]), [T(0.8, 0.1, -0.5)], T(0, 1, 0)),
        new("LKJCholesky", p => distributions.LKJCholesky(3, p[0]), [T(1.6).squeeze(0)], Matrix(3, 1, 0, 0, 0.6, 0.8, 0, 0.48, 0.6, 0.64)),
        new("Wishart", p => distributions.Wishart(p[0], scale_tril: p[1].tril(), validate_args: false), [T(5.5).squeeze(0), s_tril], s_covariance),
    ];

    internal static IEnumerable<DistributionCase> All => [.. Continuous, .. Rejecting, .. Counts, .. Joint];

    internal static DistributionCase Find(string name) => All.First(c => c.Name == name);

    internal static TheoryData<string> Names(IEnumerable<DistributionCase> cases) => new(cases.Select(c => c.Name));
}
