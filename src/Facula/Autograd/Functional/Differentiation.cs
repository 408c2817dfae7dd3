namespace Facula;

/// <summary>What <c>torch.autograd.functional</c> does before and after a function runs, with PyTorch's checks and messages.</summary>
internal static class Differentiation
{
    /// <summary>Fresh tensors to differentiate by: the user's function may have captured the same inputs, which must not count.</summary>
    internal static Tensor[] Fresh(IReadOnlyList<Tensor> inputs, bool createGraph, bool needGraph) => [.. inputs.Select(input =>
        createGraph && input.requires_grad ? Alias(input) : input.detach().requires_grad_(needGraph))];

    /// <summary>The tensor through a node of its own: a derivative by the alias is not one by the tensor, but leads there.</summary>
    internal static Tensor Alias(Tensor tensor) => tensor.view(tensor.shape);

    internal static Tensor[] Detached(Tensor[] tensors, bool keep) => keep ? tensors : Array.ConvertAll(tensors, t => t.detach());

    internal static Tensor ZerosLike(Tensor tensor, bool requiresGrad = false)
    {
        Tensor zeros = TensorSpec.Like(tensor).Zeros();
        return requiresGrad ? zeros.requires_grad_() : zeros;
    }

    /// <summary>Gradients where outputs may take no part in the graph, and inputs may be unused (null).</summary>
    internal static Tensor?[] Grad(Tensor?[] outputs, Tensor[] inputs, Tensor[]? gradOutputs, bool createGraph, bool? retainGraph = null)
    {
        var roots = new List<Tensor>();
        var weights = new List<Tensor?>();
        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i] is not { NeedsGrad: true } output) continue;
            roots.Add(output);
            weights.Add(gradOutputs?[i]);
        }
        return roots.Count == 0
            ? new Tensor?[inputs.Length]
            : torch.autograd.Gradients([.. roots], inputs, weights.TrueForAll(w => w is null) ? null : [.. weights], retainGraph ?? createGraph, createGraph, allowUnused: true);
    }

    /// <summary>The elements of a standard basis, in the shape of the tensor, one after the other.</summary>
    internal static IEnumerable<Tensor> Basis(Tensor like)
    {
        for (long i = 0; i < like.Numel; i++)
        {
            Tensor unit = ZerosLike(like);
            unit.SetElement(i, 1);
            yield return unit;
        }
    }

    internal static void CheckV(Tensor[] v, Tensor[] other, bool otherIsTuple)
    {
        if (v.Length != other.Length)
            throw new TorchException(otherIsTuple ? $"v is a tuple of invalid length: should be {other.Length} but got {v.Length}." : "The given v should contain a single Tensor.");
        for (int i = 0; i < v.Length; i++)
            if (v[i].SizesRef != other[i].SizesRef)
                throw new TorchException($"{(otherIsTuple ? $"Entry {i} in " : "")}v has invalid size: should be {other[i].shape} but got {v[i].shape}.");
    }

    /// <summary>Strict mode: every tensor must depend on the inputs.</summary>
    internal static void RequireGrad(Tensor?[] tensors, string kind, bool strict)
    {
        if (!strict) return;
        for (int i = 0; i < tensors.Length; i++)
        {
            if (tensors[i] is not { } tensor) throw new TorchException($"The output of the user-provided function is independent of input {i}. This is not allowed in strict mode.");
            if (tensor.requires_grad) continue;
            throw new TorchException(kind switch
            {
                "hessian" => $"The hessian of the user-provided function with respect to input {i} is independent of the input. This is not allowed in strict mode. You should ensure that your function is thrice differentiable and that the hessian depends on the inputs.",
                "jacobian" => $"While computing the hessian, found that the jacobian of the user-provided function with respect to input {i} is independent of the input. This is not allowed in strict mode. You should ensure that your function is twice differentiable and that the jacobian depends on the inputs (this would be violated by a linear function for example).",
                "grad_inputs" => $"The gradient with respect to input {i} is independent of the inputs of the user-provided function. This is not allowed in strict mode.",
                _ => $"Output {i} of the user-provided function does not require gradients. The outputs must be computed in a differentiable manner from the input when running in strict mode.",
            });
        }
    }

    /// <summary>Which of the backward passes a gradient comes from, for the message when it is missing in strict mode.</summary>
    internal enum Stage { Back, BackTrick, DoubleBack, DoubleBackTrick }

    /// <summary>Zeros for missing gradients, or in strict mode PyTorch's errors.</summary>
    internal static Tensor[] ZerosForMissing(Tensor?[] grads, Tensor[] like, bool strict, bool createGraph, Stage stage)
    {
        var result = new Tensor[grads.Length];
        for (int i = 0; i < grads.Length; i++)
        {
            if (strict && grads[i] is null) throw new TorchException(Missing(stage, i));
            if (strict && createGraph && grads[i] is { requires_grad: false })
                throw new TorchException($"The {(stage is Stage.Back or Stage.BackTrick ? "jacobian" : "hessian")} of the user-provided function is independent of input {i}. This is not allowed in strict mode when create_graph=True.");
            result[i] = grads[i] ?? ZerosLike(like[i]);
        }
        return result;
    }

    private static string Missing(Stage stage, int i) => stage switch
    {
        Stage.Back => $"The output of the user-provided function is independent of input {i}. This is not allowed in strict mode.",
        Stage.BackTrick => $"The gradient with respect to the input is independent of entry {i} in the grad_outputs when using the double backward trick to compute forward mode gradients. This is not allowed in strict mode.",
        Stage.DoubleBack => $"The jacobian of the user-provided function is independent of input {i}. This is not allowed in strict mode.",
        _ => $"The hessian of the user-provided function is independent of entry {i} in the grad_jacobian. This is not allowed in strict mode as it prevents from using the double backward trick to replace forward mode AD.",
    };
}
