using Kernel = Facula.Kernels.NllLoss;

namespace Facula.Ops;

/// <summary>The <c>reduction</c> argument of losses, the old pair of flags, and their texts.</summary>
internal static class LossReduction
{
    /// <summary>The name, which must be one; the old flags stand before it.</summary>
    internal static string Resolve(bool? size_average, bool? reduce, string reduction)
    {
        if (size_average is not null || reduce is not null)
        {
            string name = reduce == false ? "none" : size_average == false ? "sum" : "mean";
            warnings.warn($"size_average and reduce args will be deprecated, please use reduction='{name}' instead.");
            return name;
        }
        return Require(reduction);
    }

    internal static string Require(string reduction) => reduction is "none" or "mean" or "sum" or "elementwise_mean"
        ? reduction == "elementwise_mean" ? "mean" : reduction
        : throw new ArgumentException($"{reduction} is not a valid value for reduction");

    internal static Tensor Apply(Tensor loss, string reduction) => reduction switch
    {
        "mean" => loss.mean(),
        "sum" => loss.sum(),
        _ => loss,
    };

    internal static Kernel.Reduction Kind(string reduction) => reduction switch
    {
        "none" => Kernel.Reduction.None,
        "sum" => Kernel.Reduction.Sum,
        _ => Kernel.Reduction.Mean,
    };

    /// <summary>What the gradient of the reduced loss is multiplied by before it reaches each element.</summary>
    internal static double Factor(string reduction, in Size size) => reduction == "mean" ? 1.0 / size.numel() : 1;

    /// <summary>The gradient of the reduced loss as it reaches each element.</summary>
    internal static Tensor Weighted(Tensor grad, Tensor? weight, string reduction, in Size size)
    {
        double factor = Factor(reduction, size);
        Tensor scaled = factor == 1 ? grad : grad * factor;
        return weight is null ? scaled : scaled * weight;
    }

    internal static (Tensor Input, Tensor Target) Broadcast(Tensor input, Tensor target)
    {
        if (input.SizesRef == target.SizesRef) return (input, target);
        warnings.warn($"Using a target size ({target.SizesRef}) that is different to the input size ({input.SizesRef}). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.");
        Size size = Broadcasting.Shape(input, target);
        return (Expand.Call(input, size), Expand.Call(target, size));
    }
}
