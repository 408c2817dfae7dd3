using static Facula.torch.distributions;

namespace Facula.Modules;

/// <summary>The von Mises distribution of angles.</summary>
[Factory("torch.distributions")]
[Factory("torch.distributions.von_mises")]
public class VonMises : Distribution
{
    private Tensor _proposal;
    private Tensor? _variance;

    /// <param name="loc">The mean angle in radians, a number or a tensor.</param>
    /// <param name="concentration">The concentration about it, a number or a tensor.</param>
    /// <param name="validate_args">Whether to check parameters and values.</param>
    /// <param name="generator">What to draw from; the default generator when it is not given.</param>
    public VonMises(Tensor loc, Tensor concentration, bool? validate_args = null, Generator? generator = null)
    {
        (this.loc, this.concentration) = Parameters.Broadcast2(loc, concentration);
        Tensor tau = 1 + (1 + 4 * this.concentration.pow(2)).sqrt();
        Tensor rho = (tau - (2 * tau).sqrt()) / (2 * this.concentration);
        _proposal = (1 + rho.pow(2)) / (2 * rho);
        Initialize(this.loc.shape, validate_args: validate_args, generator: generator);
    }

    /// <summary>The mean angle.</summary>
    public Tensor loc { get; private set; }

    /// <summary>The concentration about the mean angle.</summary>
    public Tensor concentration { get; private set; }

    protected override IEnumerable<Argument> Arguments => [new("loc", constraints.real, () => loc), new("concentration", constraints.positive, () => concentration)];

    /// <inheritdoc/>
    public override VonMises expand(Size batch_shape)
    {
        VonMises copy = Copy<VonMises>(batch_shape);
        (copy.loc, copy.concentration) = (loc.expand(batch_shape), concentration.expand(batch_shape));
        copy._proposal = _proposal.expand(batch_shape);
        copy._variance = null;
        return copy;
    }

    public override constraints.Constraint support => constraints.real;
    public override Tensor mean => loc;
    public override Tensor mode => loc;

    /// <summary>The circular variance: 1 − I₁(κ)/I₀(κ).</summary>
    public override Tensor variance => Parameters.Lazily(ref _variance, () => 1 - (LogBessel(concentration, 1) - LogBessel(concentration, 0)).exp());

    /// <summary>D. J. Best, N. I. Fisher: Efficient simulation of the von Mises distribution (1979).</summary>
    public override Tensor sample(Size sample_shape = default)
    {
        using GradModeScope scope = torch.no_grad();
        Size shape = _extended_shape(sample_shape);
        Tensor x = torch.zeros(shape, dtype: loc.DType, device: loc.device);
        Tensor done = torch.zeros(shape, dtype: ScalarType.Bool, device: loc.device);
        while (!done.all())
        {
            Tensor u = Parameters.StandardUniform(shape.Insert(0, 3), loc, Source);
            Tensor z = torch.cos(Math.PI * u[0]);
            Tensor f = (1 + _proposal * z) / (_proposal + z);
            Tensor c = concentration * (_proposal - f);
            Tensor accept = (c * (2 - c) - u[1] > 0) | ((c / u[1]).log() + 1 - c >= 0);
            x = torch.where(accept, (u[2] - 0.5).sign() * f.acos(), x);
            done = done | accept;
        }
        return (x + Math.PI + loc) % (2 * Math.PI) - Math.PI;
    }

    public override Tensor log_prob(Tensor value)
    {
        Check(value);
        return concentration * torch.cos(value - loc) - Math.Log(2 * Math.PI) - LogBessel(concentration, 0);
    }

    // The polynomials of Abramowitz and Stegun, 9.8.1 to 9.8.4, lowest power first.
    private static readonly double[][] s_small =
    [
        [1.0, 3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.360768e-1, 0.45813e-2],
        [0.5, 0.87890594, 0.51498869, 0.15084934, 0.2658733e-1, 0.301532e-2, 0.32411e-3],
    ];

    private static readonly double[][] s_large =
    [
        [0.39894228, 0.1328592e-1, 0.225319e-2, -0.157565e-2, 0.916281e-2, -0.2057706e-1, 0.2635537e-1, -0.1647633e-1, 0.392377e-2],
        [0.39894228, -0.3988024e-1, -0.362018e-2, 0.163801e-2, -0.1031555e-1, 0.2282967e-1, -0.2895312e-1, 0.1787654e-1, -0.420059e-2],
    ];

    /// <summary>The logarithm of the modified Bessel function of the first kind, of order 0 or 1.</summary>
    private static Tensor LogBessel(Tensor x, int order)
    {
        Tensor small = Polynomial((x / 3.75).pow(2), s_small[order]);
        if (order == 1) small = x.abs() * small;
        Tensor large = x - 0.5 * x.log() + Polynomial(3.75 / x, s_large[order]).log();
        return torch.where(x < 3.75, small.log(), large);
    }

    private static Tensor Polynomial(Tensor y, double[] coefficients)
    {
        Tensor result = torch.full_like(y, coefficients[^1]);
        for (int i = coefficients.Length - 2; i >= 0; i--) result = coefficients[i] + y * result;
        return result;
    }
}
