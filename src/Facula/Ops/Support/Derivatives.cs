using System.Diagnostics.CodeAnalysis;

namespace Facula.Ops;

/// <summary>What many formulas share.</summary>
internal static class Derivatives
{
    /// <summary>The gradient where the condition holds, 0 elsewhere.</summary>
    internal static Tensor Where(Tensor condition, Tensor grad) => Ops.Where.Call(condition, grad, Tensor.FromNumber(0));

    /// <summary>The gradient of a function that is constant almost everywhere.</summary>
    internal static Tensor Zeros(Tensor grad) => TensorSpec.Like(grad).Zeros();

    /// <summary>The answer of ops that PyTorch does not differentiate.</summary>
    [DoesNotReturn]
    internal static Tensor NotImplemented(string op) => throw new TorchException($"derivative for aten::{op} is not implemented");
}
