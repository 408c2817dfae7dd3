namespace Facula;

/// <summary>The user's pair of functions that stand between the graph and the tensors that it keeps; the innermost scope of the thread counts.</summary>
internal sealed class SavedTensorHooks : IDisposable
{
    [ThreadStatic] private static SavedTensorHooks? t_current;
    [ThreadStatic] private static string? t_refusal;

    private readonly SavedTensorHooks? _outer = t_current;
    private readonly Func<Tensor, object> _pack;
    private readonly Func<object, Tensor> _unpack;

    internal SavedTensorHooks(Func<Tensor, object> pack, Func<object, Tensor> unpack)
    {
        if (t_refusal is { } reason) throw new TorchException(reason);
        (_pack, _unpack) = (pack, unpack);
        t_current = this;
    }

    internal static SavedTensorHooks? Current => t_current;

    internal PackedTensor Pack(Tensor tensor)
    {
        using GradModeScope _ = torch.no_grad();
        t_current = null;       // what the hook computes is not packed itself
        try
        {
            return new PackedTensor(tensor, _pack(tensor.detach()), _unpack);
        }
        finally
        {
            t_current = this;
        }
    }

    public void Dispose() => t_current = _outer;

    /// <summary>While it lasts, hooks cannot be opened.</summary>
    internal sealed class Refusal : IDisposable
    {
        private readonly string? _before = t_refusal;

        internal Refusal(string reason)
        {
            if (t_current is not null) throw new TorchException(reason);
            t_refusal = reason;
        }

        public void Dispose() => t_refusal = _before;
    }
}

/// <summary>What a pack hook made of a saved tensor, and the place that the tensor had in the graph.</summary>
internal sealed class PackedTensor
{
    private readonly object _data;
    private readonly Func<object, Tensor> _unpack;
    private readonly Tensor? _place;    // shares the autograd state of the saved tensor, but not its memory

    internal PackedTensor(Tensor tensor, object data, Func<object, Tensor> unpack)
    {
        (_data, _unpack) = (data, unpack);
        if (!tensor.NeedsGrad) return;
        tensor.GradientEdge();
        _place = Tensor.Allocate(new torch.Size(0), tensor.DType);
        _place.CopyAutogradFrom(tensor);
    }

    internal Tensor Unpack()
    {
        Tensor data;
        using (torch.no_grad()) data = _unpack(_data);
        Tensor tensor = data.Alias(data.SizesRef, data.StridesRef, data.Offset);
        if (_place is not null) tensor.CopyAutogradFrom(_place);
        return tensor;
    }
}

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary><c>torch.autograd.graph</c>: hooks on the graph of derivatives.</summary>
        public static partial class graph
        {
            /// <summary>While the scope lasts, what the graph keeps of a tensor is what <paramref name="pack_hook"/> makes of it; backward gets it from <paramref name="unpack_hook"/>.</summary>
            public static IDisposable saved_tensors_hooks(Func<Tensor, object> pack_hook, Func<object, Tensor> unpack_hook) => new SavedTensorHooks(pack_hook, unpack_hook);

            /// <summary>While the scope lasts, tensors that the graph keeps are moved to the CPU, and back for backward.</summary>
            public static IDisposable save_on_cpu(bool pin_memory = false) =>
                new SavedTensorHooks(static t => (t.device, t.to(CPU)), static kept =>
                {
                    (Device device, Tensor tensor) = ((Device, Tensor))kept;
                    return tensor.to(device);
                });

            /// <summary>While the scope lasts, opening <see cref="saved_tensors_hooks"/> throws with the message.</summary>
            public static IDisposable disable_saved_tensors_hooks(string error_message) => new SavedTensorHooks.Refusal(error_message);
        }
    }
}
