using System.Runtime.CompilerServices;
using Facula.Kernels;
using Kernel = Facula.Kernels.Convolution;

namespace Facula.Ops;

/// <summary>Weights in the form that forward passes bring them into, kept while they are used unchanged and unrecorded: for inference.</summary>
/// <remarks>
/// They belong to the weight's storage and go with it. Versions tell of writes; a tensor with a version of its own, as <c>x.data</c> is one,
/// says so by <see cref="Forget"/>; and memory that something other than tensors may write is left out.
/// </remarks>
internal static unsafe class KeptWeights
{
    private static readonly ConditionalWeakTable<Storage, Entry> s_entries = [];

    // Whether there ever was an entry: most programs write through x.data long before.
    private static volatile bool s_any;

    /// <summary>What a storage held when it was read last; the data only from the second time on, so that weights that change all the time cost nothing.</summary>
    private sealed record Entry(int Version, WeightForm Form, long Groups, long Offset, Size Sizes, Storage? Data);

    /// <summary>The weights in the form for a shape, or null where the forward pass had better do that itself. Keep them alive until it has ended.</summary>
    internal static Storage? Of(Tensor weight, in ConvolutionShape shape)
    {
        Storage storage = weight.Storage;
        if (!storage.IsPrivate) return null;
        bool found = s_entries.TryGetValue(storage, out Entry? entry);
        if (GradMode.Enabled && weight.NeedsGrad)
        {
            // Training: what an evaluation has left would only take up room.
            if (found) s_entries.Remove(storage);
            return null;
        }
        WeightForm form = Kernel.FormOf(shape);
        if (form == WeightForm.AsGiven) return null;
        int version = storage.Version;
        bool seen = found && entry!.Version == version && entry.Form == form && entry.Groups == shape.Groups && entry.Offset == weight.Offset && entry.Sizes == weight.SizesRef;
        if (seen && entry!.Data is not null) return entry.Data;
        Storage? data = null;
        if (seen)
        {
            data = Storage.Allocate(Kernel.PreparedCount(shape, form) * sizeof(float));
            fixed (byte* from = &weight.Reference, to = &data.Reference) Kernel.Prepare(shape, form, (float*)from, (float*)to);
            GC.KeepAlive(weight);
        }
        s_any = true;
        s_entries.AddOrUpdate(storage, new Entry(version, form, shape.Groups, weight.Offset, weight.SizesRef, data));
        return data;
    }

    /// <summary>Drops what is kept of a storage.</summary>
    internal static void Forget(Storage storage)
    {
        if (s_any) s_entries.Remove(storage);
    }
}
