namespace Facula.Ops;

/// <summary>The rules of the in-place and <c>@out:</c> forms.</summary>
internal static class Forms
{
    internal static void CheckInPlace(string op, Tensor input, in TensorSpec spec)
    {
        if (spec.Sizes != input.SizesRef)
            throw new TorchException($"output with shape {input.SizesRef.Brackets()} doesn't match the broadcast shape {spec.Sizes.Brackets()}");
        Promotion.RequireCast(spec.DType, input.DType);
    }

    /// <summary>Whether writing the first while reading the second would go wrong: shared memory, another geometry.</summary>
    internal static bool Overlaps(Tensor written, Tensor? read) =>
        read is not null && ReferenceEquals(written.Storage, read.Storage)
        && !(written.Offset == read.Offset && written.SizesRef == read.SizesRef && written.StridesRef == read.StridesRef);

    /// <summary>The same, where PyTorch refuses it: both lie dense in memory, which they share though not element for element. With holes nobody looks so far.</summary>
    internal static bool MeetsElsewhere(Tensor written, Tensor? read)
    {
        if (!Overlaps(written, read)) return false;
        InPlace.RefuseMeeting(written, read!);
        return true;
    }

    /// <summary>The same for operations that may not read what they write to, be it element for element.</summary>
    internal static bool Meets(Tensor written, Tensor? read)
    {
        if (!SharesMemory(written, read)) return false;
        InPlace.RefuseMeeting(written, read!);
        return true;
    }

    internal static bool SharesMemory(Tensor a, Tensor? b) => b is not null && ReferenceEquals(a.Storage, b.Storage);

    internal static bool SharesMemory(Tensor a, TensorList list)
    {
        foreach (Tensor tensor in list.Items)
            if (ReferenceEquals(a.Storage, tensor.Storage)) return true;
        return false;
    }

    /// <summary>The list with its conjugate views put into memory.</summary>
    internal static TensorList Resolved(TensorList list)
    {
        foreach (Tensor tensor in list.Items)
            if (tensor is { IsConjugated: true }) return Array.ConvertAll(list.Items, t => t is { IsConjugated: true } ? t.resolve_conj() : t);
        return list;
    }

    internal static void RequireNoGradForOut(string op, bool anyNeedsGrad)
    {
        if (anyNeedsGrad && GradMode.Enabled)
            throw new TorchException($"{op}(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad.");
    }

    /// <summary>The tensor to compute into: <paramref name="out"/> itself, resized, or a temporary of the right dtype.</summary>
    internal static Tensor PrepareOut(string op, Tensor @out, in TensorSpec spec, bool sharesMemory)
    {
        Promotion.RequireCast(spec.DType, @out.DType);
        Resize(@out, spec.Sizes);
        InPlace.CheckOverlap(@out);
        return @out.DType == spec.DType && !sharesMemory && !@out.IsConjugated ? @out : spec.Allocate();
    }

    /// <summary>For ops that convert no result to the dtype of the memory that they are given.</summary>
    internal static void RequireOutType(ScalarType dtype, Tensor @out) =>
        Check.That(dtype == @out.DType, $"Expected out tensor to have dtype {dtype.MetaName()}, but got {@out.DType.MetaName()} instead");

    internal static void FinishOut(Tensor @out, Tensor computed)
    {
        if (!ReferenceEquals(@out, computed)) @out.CopyRaw(computed);
        @out.BumpVersion();
    }

    /// <summary>The dtype to compute in for a given tensor; none where a real result is wanted of complex numbers (a norm).</summary>
    internal static ScalarType? OutType(Tensor @out, Tensor input) => @out.DType.is_complex == input.DType.is_complex ? @out.DType : null;

    /// <summary>Copies a composite's result over the given tensor; a member of a tuple that was not asked for is null on both sides.</summary>
    internal static void CopyOut(string op, Tensor? @out, Tensor? result)
    {
        if (@out is null || result is null) return;
        Promotion.RequireCast(result.DType, @out.DType);
        Resize(@out, result.SizesRef);
        InPlace.CheckOverlap(@out);
        @out.CopyRaw(result);
        @out.BumpVersion();
    }

    /// <summary>What a composite computes from in place: a clone when the graph may save the input that will be overwritten.</summary>
    internal static Tensor KeepInput(Tensor input) => GradMode.Enabled && input.NeedsGrad ? Recording.CloneForSaving(input) : input;

    internal static Tensor CopyOver(string op, Tensor input, Tensor result)
    {
        CheckInPlace(op, input, TensorSpec.Like(result));
        return input.copy_(result);
    }

    private static void Resize(Tensor @out, in Size sizes)
    {
        if (@out.SizesRef == sizes) return;
        if (@out.Numel != 0)
            torch.warnings.warn($"An output with one or more elements was resized since it had shape {@out.SizesRef.Brackets()}, which does not match the required output shape {sizes.Brackets()}. This behavior is deprecated, and in a future PyTorch release outputs will not be resized unless they have zero elements. You can explicitly reuse an out tensor t by resizing it, inplace, to zero elements with t.resize_(0).");
        @out.ResizeRaw(sizes);
    }
}
