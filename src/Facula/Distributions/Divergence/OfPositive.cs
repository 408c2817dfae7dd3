using Facula.Modules;

namespace Facula;

// p on the positive numbers.
internal static partial class Divergences
{
    private static void OfPositive()
    {
        Register<Exponential, Gamma>(static (p, q) =>
        {
            Tensor ratio = q.rate / p.rate;
            return -q.concentration * torch.log(ratio) + ratio + q.concentration.lgamma() + q.concentration * Euler - (1 + Euler);
        });
        Register<Exponential, Gumbel>(static (p, q) =>
        {
            Tensor product = p.rate * q.scale, ratio = q.loc / q.scale;
            return product.log() - 1 - ratio + torch.exp(ratio) * product / (product + 1) + product.reciprocal();
        });
        Register<Exponential, Normal>(static (p, q) =>
        {
            Tensor variance = q.scale.pow(2), square = p.rate.pow(2);
            return 0.5 * torch.log(square * variance * 2 * Math.PI) - 1 + (square.reciprocal() - q.loc / p.rate + q.loc.pow(2) * 0.5) / variance;
        });
        Register<Gamma, Exponential>(static (p, q) => -p.entropy() - q.rate.log() + q.rate * p.concentration / p.rate);
        Register<Gamma, Gumbel>(static (p, q) =>
        {
            Tensor product = p.rate * q.scale, ratio = q.loc / q.scale;
            Tensor ofP = (p.concentration - 1) * p.concentration.digamma() - p.concentration.lgamma() - p.concentration;
            Tensor mixed = product.log() + p.concentration / product;
            return ofP + mixed + (torch.exp(ratio) * (1 + product.reciprocal()).pow(-p.concentration) - ratio);
        });
        Register<Gamma, Normal>(static (p, q) =>
        {
            Tensor variance = q.scale.pow(2), square = p.rate.pow(2);
            Tensor constant = 0.5 * torch.log(square * variance * 2 * Math.PI) - p.concentration - p.concentration.lgamma();
            Tensor second = 0.5 * (p.concentration.pow(2) + p.concentration) / square;
            return constant + (p.concentration - 1) * p.concentration.digamma()
                + (second - q.loc * p.concentration / p.rate + 0.5 * q.loc.pow(2)) / variance;
        });
        Register<Pareto, Exponential>(static (p, q) =>
        {
            Tensor product = p.scale * q.rate;
            Tensor result = (p.alpha / product).log() - p.alpha.reciprocal() + p.alpha * product / (p.alpha - 1) - 1;
            return Infinite(result, p.alpha <= 1);
        });
        Register<Pareto, Gamma>(static (p, q) =>
        {
            Tensor common = p.scale.log() + p.alpha.reciprocal();
            Tensor result = p.alpha.log() - common + (q.concentration.lgamma() - q.concentration * q.rate.log())
                + (1 - q.concentration) * common + q.rate * p.alpha * p.scale / (p.alpha - 1) - 1;
            return Infinite(result, p.alpha <= 1);
        });
        Register<Pareto, Normal>(static (p, q) =>
        {
            Tensor common = p.scale / (p.alpha - 1);
            Tensor constant = (Math.Sqrt(2 * Math.PI) * q.scale * p.alpha / p.scale).log() - p.alpha.reciprocal();
            Tensor squares = p.alpha * common.pow(2) / (p.alpha - 2) + (p.alpha * common - q.loc).pow(2);
            return Infinite(constant + squares / (2 * q.scale.pow(2)) - 1, p.alpha <= 2);
        });
    }
}
