using Facula.Modules;
using static Facula.torch;
using static Facula.torch.distributions;

namespace Facula.Tests.Distributions;

/// <summary>How distributions read in C#: names, numbers for tensors, submodules, users' own divergences and constraints.</summary>
[Collection("distributions")]
public class SurfaceTests : OwnGenerator
{
    [Fact]
    public void NumbersAndTensorsMix()
    {
        Assert.Equal("Normal(loc: 0.0, scale: 1.0)", torch.distributions.Normal(0, 1).ToString());
        Assert.Equal("Normal(loc: torch.Size([2]), scale: torch.Size([2]))", torch.distributions.Normal(tensor([1.0, 2.0]), 0.5).ToString());
        Assert.Equal(float64, torch.distributions.Normal(Cases.T(1), 2).scale.dtype);
        Assert.Equal(new Size(3, 4, 2), torch.distributions.Normal(zeros(2), 1).sample(3, 4).shape);
        Assert.Equal(new Size(5, 2), torch.distributions.Normal(zeros(2), 1).sample([5]).shape);
        Assert.Equal(new Size(2), torch.distributions.Normal(zeros(2), 1).sample().shape);
    }

    [Fact]
    public void SubmodulesHoldTheSameClasses()
    {
        Multinomial counts = torch.distributions.multinomial.Multinomial(10, ones(6) / 6);
        manual_seed(1);
        Assert.Equal(10f, (float)counts.sample().sum());
        Assert.IsType<Normal>(torch.distributions.normal.Normal(0, 1));
        Assert.IsType<ExpTransform>(torch.distributions.transforms.ExpTransform());
    }

    private sealed class Shifted(Tensor shift) : Distribution
    {
        internal Tensor Shift => shift;
    }

    [Fact]
    public void UsersRegisterDivergences()
    {
        Assert.Throws<NotSupportedException>(() => kl_divergence(new Shifted(1), new Normal(0, 1)));
        register_kl<Shifted, Normal>((p, q) => (p.Shift - q.loc).pow(2));
        Assert.Equal(9, kl_divergence(new Shifted(3.0), new Normal(0, 1)).item().ToDouble());
        // The most derived pair is taken.
        Assert.Equal(0, kl_divergence(new Chi2(3), new Chi2(3)).item().ToDouble(), 1e-6);
    }

    [Fact]
    public void TransformsLeadIntoTheirRegions()
    {
        manual_seed(2);
        Tensor x = randn(4, 3, 3, dtype: float64), v = randn(4, 3, dtype: float64);
        foreach (constraints.Constraint c in (constraints.Constraint[])[constraints.positive, constraints.unit_interval, constraints.simplex, constraints.less_than(-1),
            constraints.greater_than_eq(2.5), constraints.half_open_interval(-1, 4), constraints.real_vector, constraints.corr_cholesky])
        {
            foreach (transforms.Transform t in (transforms.Transform[])[biject_to(c), transform_to(c)])
            {
                Tensor y = t.call(v);
                Assert.True((bool)c.check(y).all(), $"{c}: {y}");
                if (t.bijective) Assert.True(allclose(t.inv.call(y), v, atol: 1e-7), $"{t}");
            }
        }
        Assert.True((bool)constraints.lower_cholesky.check(transform_to(constraints.lower_cholesky).call(x)).all());
        Assert.True((bool)constraints.positive_definite.check(transform_to(constraints.positive_definite).call(x)).all());
        Assert.Throws<NotSupportedException>(() => biject_to(constraints.boolean));
    }

    [Fact]
    public void VolumeOfTransformsIsTheJacobiansDeterminant()
    {
        manual_seed(4);
        Tensor x = randn(3, dtype: float64);
        foreach (transforms.Transform t in (transforms.Transform[])[new StickBreakingTransform(), new IndependentTransform(new TanhTransform(), 1),
            new ComposeTransform([new IndependentTransform(new AffineTransform(0.5, -2), 1), new StickBreakingTransform()]), new CorrCholeskyTransform()])
        {
            Tensor y = t.call(x);
            // Free coordinates only: a simplex loses one, a correlation factor its upper triangle and diagonal.
            Tensor Free(Tensor z) => z.Rank == 2 ? distributions.utils.tril_matrix_to_vec(z, -1) : z[..3];
            Tensor leaf = x.clone().requires_grad_();
            Tensor free = Free(t.call(leaf));
            Tensor jacobian = stack(Enumerable.Range(0, 3).Select(i => torch.autograd.grad(free[i], (TensorList)leaf, retain_graph: true)[0]).ToArray());
            Assert.Equal(jacobian.det().abs().log().item().ToDouble(), t.log_abs_det_jacobian(x, y).item().ToDouble(), 1e-8);
        }
    }

    [Fact]
    public void CachedTransformsRememberTheirInput()
    {
        transforms.Transform exp = new ExpTransform(cache_size: 1);
        Tensor x = tensor([0.1, 0.2]);
        Tensor y = exp.call(x);
        Assert.Same(x, exp.inv.call(y));
        Assert.NotSame(x, exp.with_cache(0).inv.call(y));
    }

    [Fact]
    public void DistributionsDrawFromTheirGenerator()
    {
        Tensor[] Drawn(Generator g) =>
        [
            new Normal(zeros(3), 1, generator: g).sample([2]), new Gamma(ones(3), 2, generator: g).rsample(), new Beta(2, 3, generator: g).sample([2]),
            new StudentT(5, generator: g).sample([2]), new Poisson(3, generator: g).sample([2]), new Multinomial(9, ones(4), generator: g).sample(),
            new Gumbel(0, 1, generator: g).sample([2]), new Weibull(ones(2), 1.5, generator: g).expand([3, 2]).sample(), new VonMises(0, 2, generator: g).sample([2]),
            new LKJCholesky(3, generator: g).sample(), new Wishart(4, eye(3), generator: g).sample(), new NegativeBinomial(3, 0.4, generator: g).sample([2]),
            new RelaxedOneHotCategorical(0.5, logits: zeros(3), generator: g).sample(), new Geometric(0.3, generator: g).sample([4]),
        ];
        Tensor state = get_rng_state();
        Tensor[] first = Drawn(new Generator(7)), second = Drawn(new Generator(7));
        Assert.True(state.equal(get_rng_state()), "the default generator was used");
        for (int i = 0; i < first.Length; i++) Assert.True(first[i].equal(second[i]), $"draw {i}");
        manual_seed(7);
        Assert.True(first[0].equal(new Normal(zeros(3), 1).sample([2])));
    }

    [Fact]
    public void ValidationCanBeTurnedOff()
    {
        Assert.Throws<ArgumentException>(() => new Normal(0, -1));
        Assert.Equal(-1, new Normal(0, -1, validate_args: false).scale.item().ToDouble());
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Normal(zeros(3), 1).log_prob(zeros(2)));
        Assert.Equal("Value is not broadcastable with batch_shape+event_shape: torch.Size([2]) vs torch.Size([3]).", error.Message);
    }

    [Fact]
    public void ExpandKeepsTheKind()
    {
        foreach (DistributionCase c in Cases.All)
        {
            Distribution d = c.Distribution;
            Size wide = new([2, .. d.batch_shape]);
            Distribution expanded = d.expand(wide);
            Assert.Equal(d.GetType(), expanded.GetType());
            Assert.Equal(wide, expanded.batch_shape);
            Assert.Equal(d.event_shape, expanded.event_shape);
            Assert.True(allclose(expanded.log_prob(c.Value)[1], d.log_prob(c.Value)), c.Name);
            Assert.Equal(new Size([5, .. wide, .. d.event_shape]), expanded.sample([5]).shape);
        }
    }

    [Fact]
    public void MomentsAgreeWithDraws()
    {
        foreach (DistributionCase c in Cases.All)
        {
            Distribution d = c.Distribution;
            Tensor mean, variance;
            try
            {
                (mean, variance) = (d.mean, d.variance);
            }
            catch (NotSupportedException)
            {
                continue;
            }
            manual_seed(9);
            Tensor drawn = d.sample([20000]);
            Tensor known = mean.isfinite() & variance.isfinite();
            if (c.Name is "Categorical" or "FisherSnedecor" or "VonMises" || !known.any()) continue;
            Tensor error = (drawn.to(float64).mean(0) - mean).abs() / (variance / 20000).sqrt();
            Assert.True((bool)(error[known] < 4.5).all(), $"{c.Name}: the mean is off by {error} standard errors");
        }
    }

    [Fact]
    public void EntropyIsTheMeanOfMinusLogProb()
    {
        foreach (DistributionCase c in Cases.All)
        {
            Distribution d = c.Distribution;
            Tensor entropy;
            try
            {
                entropy = d.entropy();
            }
            catch (NotSupportedException)
            {
                continue;
            }
            manual_seed(10);
            Tensor logs = d.log_prob(d.sample([8000])).to(float64);
            Tensor error = (logs.mean(0) + entropy).abs() / (logs.std(0) / Math.Sqrt(8000) + 1e-9);
            Assert.True((bool)(error < 4.5).all(), $"{c.Name}: the entropy {entropy} is off by {error} standard errors");
        }
    }
}
