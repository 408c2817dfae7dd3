using Facula.Modules;
using static Facula.torch;
using static Facula.torch.distributions;

namespace Facula.Tests.Distributions;

/// <summary>Derivatives of densities and of draws against finite differences.</summary>
[Collection("distributions")]
public class GradientTests : OwnGenerator
{
    public static TheoryData<string> All { get; } = Cases.Names(Cases.All);

    // What is made from uniform and normal numbers by smooth maps.
    public static TheoryData<string> Reparameterised { get; } = Cases.Names([.. Cases.Continuous, .. Cases.Joint.Where(c => c.Name is "MultivariateNormal"
        or "MultivariateNormalByCovariance" or "LowRankMultivariateNormal" or "LogisticNormal" or "Independent" or "RelaxedOneHotCategorical")]);

    private static Tensor[] Leaves(IEnumerable<Tensor> parameters) => [.. parameters.Select(p => p.clone().requires_grad_())];

    [Theory]
    [MemberData(nameof(All))]
    public void LogProbDifferentiates(string name)
    {
        DistributionCase c = Cases.Find(name);
        bool ofValue = !c.Distribution.support.is_discrete && c.Name is not ("LKJCholesky" or "Wishart");
        Tensor value = c.Value.clone();
        Tensor[] inputs = Leaves(ofValue ? [.. c.Parameters, value] : c.Parameters);
        // Off the support a finite difference of a value has no density to go by.
        Assert.True(torch.autograd.gradcheck(p => [Unchecked(() => c.Make(p[..c.Parameters.Length]).log_prob(ofValue ? p[^1] : value))], inputs));
    }

    [Theory]
    [MemberData(nameof(Reparameterised))]
    public void DrawsDifferentiate(string name)
    {
        DistributionCase c = Cases.Find(name);
        Assert.True(torch.autograd.gradcheck(p =>
        {
            manual_seed(3);
            return [Unchecked(() => c.Make(p).rsample([3]))];
        }, Leaves(c.Parameters)));
    }

    private static Tensor Unchecked(Func<Tensor> compute)
    {
        Distribution.set_default_validate_args(false);
        try
        {
            return compute();
        }
        finally
        {
            Distribution.set_default_validate_args(true);
        }
    }

    // Implicit reparameterisation: dx/dα = −(∂F/∂α)/f, which the fits of PyTorch meet to about three digits.
    private static void Implicit(Func<double, Tensor> draw, Func<double, double, double> cdf, Func<double, double, double> density, double alpha, int seed)
    {
        manual_seed(seed);
        Tensor drawn = draw(alpha);
        Tensor gradient = torch.autograd.grad(drawn.sum(), (TensorList)Last!)[0];
        double[] x = drawn.detach().ToArray<double>(), g = gradient.ToArray<double>();
        const double Step = 1e-4;
        for (int i = 0; i < x.Length; i++)
        {
            double expected = -(cdf(alpha + Step, x[i]) - cdf(alpha - Step, x[i])) / (2 * Step) / density(alpha, x[i]);
            Assert.InRange(g[i], expected - 2e-3 * (1 + Math.Abs(expected)), expected + 2e-3 * (1 + Math.Abs(expected)));
        }
    }

    [ThreadStatic] private static Tensor? Last;

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.7)]
    [InlineData(20)]
    public void GammaDrawsMoveWithTheirShape(double alpha) => Implicit(
        a =>
        {
            Last = full(new Size(40), a, dtype: float64).requires_grad_();
            return new Gamma(Last, 1).rsample();
        },
        (a, x) => torch.special.gammainc(Cases.T(a), Cases.T(x)).item().ToDouble(),
        (a, x) => new Gamma(Cases.T(a), 1).log_prob(Cases.T(x)).exp().item().ToDouble(),
        alpha, 5);

    [Theory]
    [InlineData(0.6, 1.7)]
    [InlineData(3, 2)]
    [InlineData(9, 14)]
    public void BetaDrawsMoveWithTheirShape(double alpha, double other) => Implicit(
        a =>
        {
            Last = full(new Size(12), a, dtype: float64).requires_grad_();
            return new Beta(Last, other).rsample();
        },
        (a, x) => GoodnessOfFit.Integrate(t => new Beta(Cases.T(a), other).log_prob(t), [x], u => x * u * u * u * u, 20000).Cumulative[0],
        (a, x) => new Beta(Cases.T(a), other).log_prob(Cases.T(x)).exp().item().ToDouble(),
        alpha, 6);

    [Fact]
    public void DirichletGradientsKeepTheSum()
    {
        manual_seed(7);
        Tensor concentration = Cases.T(0.8, 2, 3.5).requires_grad_();
        Tensor drawn = new Dirichlet(concentration).rsample([6]);
        Tensor gradient = torch.autograd.grad(drawn.sum(), (TensorList)concentration)[0];
        Assert.True(allclose(gradient, zeros_like(gradient), atol: 1e-12));
        Assert.True(drawn[.., 0].sum().requires_grad);
    }

    [Fact]
    public void MeansOfDrawsMoveAsTheMeans()
    {
        // d mean/d parameter, by the gradient of many draws.
        foreach (string name in (string[])["Gamma", "Beta", "FisherSnedecor", "InverseGamma"])
        {
            DistributionCase c = Cases.Find(name);
            Tensor[] exact = Leaves(c.Parameters.Select(p => p[1])), estimated = Leaves(c.Parameters.Select(p => p[1]));
            manual_seed(8);
            Tensor?[] expected = torch.autograd.grad(c.Make(exact).mean.sum(), exact, allow_unused: true);
            Tensor[] actual = torch.autograd.grad(c.Make(estimated).rsample([20000]).mean(), estimated);
            for (int i = 0; i < expected.Length; i++)
            {
                double slope = expected[i]?.item().ToDouble() ?? 0;     // the mean of an F variable ignores its first parameter
                Assert.InRange(actual[i].item().ToDouble(), slope - 0.02, slope + 0.02);
            }
        }
    }
}
