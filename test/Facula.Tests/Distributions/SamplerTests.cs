using Facula.Modules;
using static Facula.torch;
using static Facula.torch.distributions;

namespace Facula.Tests.Distributions;

/// <summary>Draws of every distribution against its own distribution function or density.</summary>
[Collection("distributions")]
public class SamplerTests : OwnGenerator
{
    private const int Draws = 4000;

    public static TheoryData<string> OneNumber { get; } = Cases.Names([.. Cases.Continuous, .. Cases.Rejecting]);
    public static TheoryData<string> OneCount { get; } = Cases.Names(Cases.Counts);

    /// <summary>Each batch column's draws, and the same column of the distribution's log density.</summary>
    private static (double[] Draws, Func<Tensor, Tensor> LogDensity) Column(Distribution d, Tensor drawn, int column) => (drawn[.., column].ToArray<double>(), x =>
    {
        Tensor rows = drawn[0].expand(x.shape[0], 2).clone();     // what is in the support of the other column
        rows[.., column] = x;
        return d.log_prob(rows)[.., column];
    });

    [Theory]
    [MemberData(nameof(OneNumber))]
    public void DrawsFollowTheDensity(string name)
    {
        Distribution d = Cases.Find(name).Make([.. Cases.Find(name).Parameters]);
        manual_seed(11);
        Tensor drawn = d.sample([Draws]);
        Assert.True((bool)d.support.check(drawn).all());
        for (int column = 0; column < 2; column++)
        {
            (double[] draws, Func<Tensor, Tensor> logDensity) = Column(d, drawn, column);
            Func<double, double> range = Range(d, column);
            (double[] cumulative, double total) = GoodnessOfFit.Integrate(logDensity, draws, range, 10000);
            Assert.InRange(total, 0.995, 1.005);
            GoodnessOfFit.KolmogorovSmirnov(cumulative, $"{name}[{column}]");
        }
    }

    /// <summary>A map of (0, 1) onto the support that crowds where the density is large or infinite.</summary>
    private static Func<double, double> Range(Distribution d, int column)
    {
        double Bound(Tensor bound) => bound.Numel == 1 ? bound.item().ToDouble() : bound[column].item().ToDouble();
        if (d is VonMises) return u => Math.PI * (2 * u - 1);
        (double low, double high) = d.support switch
        {
            constraints.Interval i => (Bound(i.lower_bound), Bound(i.upper_bound)),
            constraints.GreaterThan g => (Bound(g.lower_bound), double.PositiveInfinity),
            constraints.GreaterThanEq g => (Bound(g.lower_bound), double.PositiveInfinity),
            _ => (double.NegativeInfinity, double.PositiveInfinity),
        };
        if (double.IsInfinity(low)) return u => u is 0 or 1 ? (u - 0.5) * 2e9 : Math.Tan(Math.PI * (u - 0.5)) * 3;
        if (double.IsInfinity(high)) return u => low + HalfLine(u);
        return u => low + (high - low) * u * u * u * (10 - 15 * u + 6 * u * u);
    }

    private static double HalfLine(double u) => u == 1 ? 1e9 : Math.Pow(u / (1 - u), 3);

    [Theory]
    [MemberData(nameof(OneNumber))]
    public void CdfIsTheIntegralOfTheDensityAndIcdfItsInverse(string name)
    {
        Distribution d = Cases.Find(name).Distribution;
        Tensor points = Cases.Find(name).Value, cdf;
        try
        {
            cdf = d.cdf(points);
        }
        catch (NotSupportedException)
        {
            return;     // PyTorch has none either
        }
        for (int column = 0; column < 2; column++)
        {
            (_, Func<Tensor, Tensor> logDensity) = Column(d, points.unsqueeze(0), column);
            double expected = GoodnessOfFit.Integrate(logDensity, [points[column].item().ToDouble()], Range(d, column), 40000).Cumulative[0];
            Assert.Equal(expected, cdf[column].item().ToDouble(), 3e-4);
        }
        if (d is MixtureSameFamily) return;
        Assert.True(allclose(d.icdf(cdf), points, rtol: 1e-6, atol: 1e-8), $"{name}: icdf(cdf(x)) is {d.icdf(cdf)}, x is {points}");
    }

    [Theory]
    [MemberData(nameof(OneCount))]
    public void CountsFollowTheProbabilities(string name)
    {
        Distribution d = Cases.Find(name).Distribution;
        manual_seed(12);
        Tensor drawn = d.sample([Draws]);
        long most = (long)drawn.max() + 1;
        Tensor values = d is Categorical ? arange(3) : arange(most, dtype: float64);
        for (int column = 0; column < 2; column++)
        {
            double[] probabilities = d.log_prob(values.unsqueeze(-1).expand(values.shape[0], 2))[.., column].exp().ToArray<double>();
            long[] counts = drawn[.., column].@long().bincount(minlength: values.shape[0]).ToArray<long>();
            GoodnessOfFit.ChiSquare(counts, probabilities, $"{name}[{column}]");
        }
        if (!d.has_enumerate_support) return;
        Tensor all = d.enumerate_support();
        Assert.True(allclose(d.log_prob(all).exp().sum(0), ones(2, dtype: float64)));
    }

    [Fact]
    public void NormalVectorsHaveTheirCovariance()
    {
        foreach (string name in (string[])["MultivariateNormal", "MultivariateNormalByCovariance", "LowRankMultivariateNormal"])
        {
            Distribution d = Cases.Find(name).Distribution;
            Tensor tril = d is MultivariateNormal m ? m.scale_tril : ((LowRankMultivariateNormal)d).scale_tril;
            manual_seed(13);
            Tensor white = linalg.solve_triangular(tril, (d.sample([Draws]) - d.mean).T, upper: false);
            for (int i = 0; i < 3; i++) GoodnessOfFit.KolmogorovSmirnov(distributions.Normal(0, 1).cdf(white[i]).ToArray<double>(), $"{name}, direction {i}");
            GoodnessOfFit.KolmogorovSmirnov(distributions.Normal(0, Math.Sqrt(3)).cdf(white.sum(0)).ToArray<double>(), $"{name}, diagonal");
        }
    }

    [Fact]
    public void LogisticNormalIsNormalInItsCoordinates()
    {
        var d = (LogisticNormal)Cases.Find("LogisticNormal").Distribution;
        manual_seed(14);
        Tensor white = (new StickBreakingTransform().inv.call(d.sample([Draws])) - d.loc) / d.scale;
        for (int i = 0; i < 2; i++) GoodnessOfFit.KolmogorovSmirnov(distributions.Normal(0, 1).cdf(white[.., i]).ToArray<double>(), $"coordinate {i}");
    }

    [Fact]
    public void DirichletMarginsAreBeta()
    {
        var d = (Dirichlet)Cases.Find("Dirichlet").Distribution;
        manual_seed(15);
        Tensor drawn = d.sample([Draws]);
        Assert.True((bool)d.support.check(drawn).all());
        for (int i = 0; i < 3; i++)
        {
            double a = d.concentration[i].item().ToDouble(), b = d.concentration.sum().item().ToDouble() - a;
            var margin = new Beta(tensor(a, dtype: float64), tensor(b, dtype: float64));
            (double[] cumulative, _) = GoodnessOfFit.Integrate(margin.log_prob, drawn[.., i].ToArray<double>(), u => u * u * u * (10 - 15 * u + 6 * u * u), 10000);
            GoodnessOfFit.KolmogorovSmirnov(cumulative, $"component {i}");
        }
    }

    [Fact]
    public void MultinomialMarginsAreBinomial()
    {
        var d = (Multinomial)Cases.Find("Multinomial").Distribution;
        manual_seed(16);
        Tensor drawn = d.sample([Draws]);
        Assert.True((bool)drawn.sum(-1).eq(6).all());
        for (int i = 0; i < 3; i++)
        {
            double[] probabilities = new Binomial(6, probs: d.probs[i]).log_prob(arange(7, dtype: float64)).exp().ToArray<double>();
            GoodnessOfFit.ChiSquare(drawn[.., i].@long().bincount(minlength: 7).ToArray<long>(), probabilities, $"class {i}");
        }
    }

    [Fact]
    public void ClassesOfOneHotVectorsFollowTheProbabilities()
    {
        foreach (string name in (string[])["OneHotCategorical", "RelaxedOneHotCategorical"])
        {
            // The largest component of a relaxed vector is an exact draw, at any temperature.
            Distribution d = Cases.Find(name).Distribution;
            Tensor probs = d is OneHotCategorical o ? o.probs : ((RelaxedOneHotCategorical)d).probs;
            manual_seed(17);
            Tensor drawn = d.sample([Draws]);
            Assert.True((bool)d.support.check(drawn).all());
            GoodnessOfFit.ChiSquare(drawn.argmax(-1).bincount(minlength: 3).ToArray<long>(), probs.ToArray<double>(), name);
        }
    }

    [Fact]
    public void CorrelationsOfLKJAreBeta()
    {
        manual_seed(18);
        foreach (double concentration in (double[])[0.7, 1, 2.5])
        {
            Tensor factor = distributions.LKJCholesky(2, Cases.T(concentration).squeeze(0)).sample([Draws]);
            Assert.True((bool)constraints.lower_cholesky.check(factor).all());
            var margin = new Beta(Cases.T(concentration), Cases.T(concentration));
            (double[] cumulative, _) = GoodnessOfFit.Integrate(margin.log_prob, ((factor[.., 1, 0] + 1) / 2).ToArray<double>(), u => u * u * u * (10 - 15 * u + 6 * u * u), 10000);
            GoodnessOfFit.KolmogorovSmirnov(cumulative, $"concentration {concentration}");
        }
    }

    [Fact]
    public void RowsOfLKJFollowPyTorchsOnion()
    {
        // Squared lengths left of the diagonal, and uniform directions.
        var d = (LKJCholesky)Cases.Find("LKJCholesky").Distribution;
        manual_seed(21);
        Tensor factor = d.sample([Draws]);
        for (int row = 1; row < 3; row++)
        {
            Tensor left = factor[.., row, ..row];
            var length = new Beta(Cases.T(row - 0.5), Cases.T(d.concentration.item().ToDouble() + 0.5 - 0.5 * (row - 1)));
            (double[] cumulative, _) = GoodnessOfFit.Integrate(length.log_prob, left.pow(2).sum(-1).ToArray<double>(), u => u * u * u * (10 - 15 * u + 6 * u * u), 10000);
            GoodnessOfFit.KolmogorovSmirnov(cumulative, $"row {row}");
        }
        Tensor angle = torch.atan2(factor[.., 2, 0], factor[.., 2, 1]) / (2 * Math.PI) + 0.5;
        GoodnessOfFit.KolmogorovSmirnov(angle.ToArray<double>(), "direction");
    }

    [Fact]
    public void DiagonalOfWishartIsChiSquare()
    {
        var d = (Wishart)Cases.Find("Wishart").Distribution;
        manual_seed(19);
        Tensor drawn = d.sample([Draws]);
        Assert.True((bool)d.support.check(drawn).all());
        var margin = new Chi2(d.df);
        for (int i = 0; i < 3; i++)
        {
            double[] scaled = (drawn[.., i, i] / d.covariance_matrix[i, i]).ToArray<double>();
            (double[] cumulative, _) = GoodnessOfFit.Integrate(margin.log_prob, scaled, u => 1e-9 + HalfLine(u), 10000);
            GoodnessOfFit.KolmogorovSmirnov(cumulative, $"diagonal {i}");
        }
    }

    [Fact]
    public void IndependentDrawsLikeItsBase()
    {
        var d = (Independent)Cases.Find("Independent").Distribution;
        manual_seed(20);
        Tensor together = d.sample([5]);
        manual_seed(20);
        Assert.True(together.equal(d.base_dist.sample([5])));
    }
}
