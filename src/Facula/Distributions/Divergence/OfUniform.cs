using Facula.Modules;

namespace Facula;

// p uniform on an interval.
internal static partial class Divergences
{
    private static void OfUniform()
    {
        Register<Uniform, Beta>(static (p, q) =>
        {
            Tensor width = p.high - p.low;
            Tensor first = (q.concentration1 - 1) * (XLogX(p.high) - XLogX(p.low) - width) / width;
            Tensor second = (q.concentration0 - 1) * (XLogX(1 - p.high) - XLogX(1 - p.low) + width) / width;
            Tensor beta = q.concentration1.lgamma() + q.concentration0.lgamma() - (q.concentration1 + q.concentration0).lgamma();
            return Infinite(second + beta - torch.log(width) - first, (p.high > 1) | (p.low < 0));
        });
        Register<Uniform, ContinuousBernoulli>(static (p, q) =>
        {
            Tensor result = -p.entropy() - p.mean * q.logits - torch.log1p(-q.probs) - q.LogNormalizer();
            return torch.where((p.high >= 1) | (p.low <= 0), torch.ones_like(result) * double.PositiveInfinity, result);
        });
        Register<Uniform, Exponential>(static (p, q) =>
            Infinite(q.rate * (p.high + p.low) / 2 - ((p.high - p.low) * q.rate).log(), p.low < 0));
        Register<Uniform, Gamma>(static (p, q) =>
        {
            Tensor width = p.high - p.low;
            Tensor constant = -width.log() + (q.concentration.lgamma() - q.concentration * q.rate.log());
            Tensor logs = (1 - q.concentration) * (XLogX(p.high) - XLogX(p.low) - width) / width;
            return Infinite(constant + logs + q.rate * (p.high + p.low) / 2, p.low < 0);
        });
        Register<Uniform, Gumbel>(static (p, q) =>
        {
            Tensor ratio = q.scale / (p.high - p.low), high = (p.high - q.loc) / q.scale, low = (p.low - q.loc) / q.scale;
            return ratio.log() + 0.5 * (high + low) - ratio * (torch.exp(-high) - torch.exp(-low));
        });
        Register<Uniform, Normal>(static (p, q) =>
        {
            Tensor width = p.high - p.low;
            Tensor squares = width.pow(2) / 12 + ((p.high + p.low - 2 * q.loc) / 2).pow(2);
            return (Math.Sqrt(2 * Math.PI) * q.scale / width).log() + 0.5 * squares / q.scale.pow(2);
        });
        Register<Uniform, Pareto>(static (p, q) =>
        {
            Tensor width = p.high - p.low;
            Tensor constant = (q.alpha * q.scale.pow(q.alpha) * width).log();
            Tensor logs = (XLogX(p.high) - XLogX(p.low) - width) / width;
            return Infinite(logs * (q.alpha + 1) - constant, p.low < q.scale);
        });
    }
}
