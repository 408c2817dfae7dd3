namespace Facula.Ops;

/// <summary>What generated nodes and calls need from autograd.</summary>
internal static class Recording
{
    internal static bool AnyNeedsGrad(TensorList tensors)
    {
        foreach (Tensor tensor in tensors.Items)
            if (tensor.NeedsGrad) return true;
        return false;
    }

    internal static bool NeedsAny(BackwardNode node, int start, int count)
    {
        for (int i = 0; i < count; i++)
            if (node.Needs(start + i)) return true;
        return false;
    }

    internal static void SetHistoryOrSkip(Tensor output, BackwardNode node)
    {
        if (output.DType.IsDifferentiable) output.SetHistory(node);
        else node.AddOutput(output);
    }

    /// <summary>The content before an in-place op overwrites it, when its derivative needs it.</summary>
    internal static Tensor CloneForSaving(Tensor input)
    {
        Tensor copy = Copying.Converted(input, input.DType);
        copy.CopyAutogradFrom(input);
        // The clone stands for the input as it is now: same history, not the history after the write.
        return copy.WithOwnAutograd();
    }

    internal static SavedTensor[] Save(TensorList tensors) => Array.ConvertAll(tensors.Items, t => SavedTensor.Save(t));

    internal static TensorList Get(BackwardNode node, SavedTensor[]? saved) => Array.ConvertAll(saved!, s => s.Get(node));

    internal static void Clear(SavedTensor[]? saved)
    {
        if (saved is null) return;
        for (int i = 0; i < saved.Length; i++) saved[i].Clear();
    }

    internal static TensorSpec[] Specs(TensorList tensors) => Array.ConvertAll(tensors.Items, TensorSpec.Like);

    internal static void CopyInto(Span<Tensor?> gradients, int start, Tensor?[] list)
    {
        for (int i = 0; i < list.Length; i++) gradients[start + i] = list[i];
    }
}
