using Facula.Modules;

namespace Facula;

// p on all real numbers.
internal static partial class Divergences
{
    private static void OfReal()
    {
        Register<Gumbel, Normal>(static (p, q) =>
        {
            Tensor ratio = p.scale / q.scale;
            Tensor spread = (Math.PI * ratio * 0.5).pow(2) / 3;
            Tensor shift = ((p.loc + p.scale * Euler - q.loc) / q.scale).pow(2) * 0.5;
            return -(ratio / Math.Sqrt(2 * Math.PI)).log() + spread + shift - (Euler + 1);
        });
        Register<Laplace, Normal>(static (p, q) =>
        {
            Tensor variance = q.scale.pow(2), ratio = p.scale.pow(2) / variance;
            Tensor shift = 0.5 * p.loc.pow(2) - p.loc * q.loc + 0.5 * q.loc.pow(2);
            return -(0.5 * torch.log(2 * ratio / Math.PI)) + ratio + shift / variance - 1;
        });
        Register<Normal, Gumbel>(static (p, q) =>
        {
            Tensor mean = p.loc / q.scale, variance = (p.scale / q.scale).pow(2), ratio = q.loc / q.scale;
            return -(variance.log() * 0.5) + (mean - ratio) + torch.exp(-mean + 0.5 * variance + ratio) - 0.5 * (1 + Math.Log(2 * Math.PI));
        });
        Register<Normal, Laplace>(static (p, q) =>
        {
            Tensor difference = p.loc - q.loc, standard = difference / p.scale;
            Tensor density = Math.Sqrt(2 / Math.PI) * p.scale * torch.exp(-0.5 * standard.pow(2));
            Tensor mass = difference * torch.erf(Math.Sqrt(0.5) * standard);
            return -torch.log(p.scale / q.scale) + (density + mass) / q.scale - 0.5 * (1 + Math.Log(0.5 * Math.PI));
        });
    }
}
