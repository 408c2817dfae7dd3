using System.Diagnostics.CodeAnalysis;

namespace Facula;

/// <summary>A tensor kept for the backward pass, with the version that it had then; the engine clears it after use.</summary>
internal struct SavedTensor
{
    private Tensor? _tensor;
    private Storage? _storage;
    private int _version;
    private bool _wasNull;
    private bool _isOutput;
    private PackedTensor? _packed;      // what the user's hooks made of it, in place of the tensor

    internal static SavedTensor Save(Tensor? tensor, bool isOutput = false)
    {
        SavedTensor saved = default;
        if (tensor is null)
        {
            saved._wasNull = true;
            return saved;
        }
        if (SavedTensorHooks.Current is { } hooks && !tensor.IsWrappedNumber)
        {
            saved._packed = hooks.Pack(tensor);
            return saved;
        }
        saved._tensor = tensor;
        saved._storage = tensor.Storage;
        saved._version = tensor.Version;
        saved._isOutput = isOutput;
        saved._storage.AddHandle();
        return saved;
    }

    /// <summary>The tensor as it was saved; throws when it was overwritten or already freed.</summary>
    internal readonly Tensor Get(BackwardNode node) => GetOrNull(node)!;

    internal readonly Tensor? GetOrNull(BackwardNode node)
    {
        if (_tensor is null)
        {
            if (_wasNull) return null;
            if (_packed is not null) return _packed.Unpack();
            ThrowFreed();
        }
        if (_tensor.Version != _version) ThrowOverwritten(_tensor);
        // The user may have disposed the handle; the memory is still ours.
        if (!ReferenceEquals(_tensor.Storage, _storage))
        {
            _storage!.AddHandle();
            var restored = new Tensor(_storage, _tensor.SizesRef, _tensor.StridesRef, _tensor.Offset, _tensor.DType, null, _tensor.VersionCounter);
            restored.MarkConjugated(_tensor.IsConjugated);
            restored.CopyAutogradFrom(_tensor);
            return restored;
        }
        return _tensor;
    }

    internal void Clear()
    {
        _packed = null;
        if (_tensor is null) return;
        _storage!.ReleaseHandle();
        _tensor = null;
        _storage = null;
    }

    [DoesNotReturn]
    private static void ThrowFreed() => throw new TorchException(
        "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.");

    [DoesNotReturn]
    private readonly void ThrowOverwritten(Tensor tensor)
    {
        string output = tensor.GradFnOrNull is { } fn ? $", which is output {tensor.OutputIndex} of {fn.Name}," : "";
        throw new TorchException(
            $"one of the variables needed for gradient computation has been modified by an inplace operation: [torch.{tensor.DType.LegacyName}Tensor {tensor.SizesRef.Brackets()}]{output} is at version {tensor.Version}; expected version {_version} instead. "
            + (_isOutput || !Engine.DetectAnomaly
                ? "Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True)."
                : "Hint: the backtrace further above shows the operation that failed to compute its gradient. The variable in question was changed in there or anywhere later. Good luck!"));
    }
}

/// <summary>Which inputs of an operation want a gradient.</summary>
internal readonly struct NeedsGrad(ulong mask)
{
    internal bool this[int input] => (mask >> input & 1) != 0;
}
