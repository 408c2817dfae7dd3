namespace Facula;

/// <summary>What autograd knows of a tensor; exists only for tensors that take part.</summary>
internal sealed class AutogradMeta
{
    internal Tensor? Grad;
    internal BackwardNode? GradFn;
    internal int OutputIndex;
    internal bool RequiresGrad;         // of leaves
    internal bool RetainsGrad;
    internal AccumulateGrad? Accumulator;
}
