namespace Facula.Ops;

[ViewOp("view_as_real")]
internal static partial class ViewAsReal
{
    /// <summary>A complex tensor's memory as real numbers, with a last dimension (re, im).</summary>
    static ViewSpec Infer(Tensor input)
    {
        Check.That(input.DType.is_complex, $"view_as_real is only supported for complex tensors");
        Check.That(!input.IsConjugated,
            $"view_as_real doesn't work on unresolved conjugated tensors.  To resolve the conjugate tensor so you can view it as real, use self.resolve_conj(); however, be warned that the resulting tensor will NOT alias the original.");
        int rank = input.Rank;
        Span<long> strides = stackalloc long[rank];
        for (int i = 0; i < rank; i++) strides[i] = 2 * input.Strides[i];
        return new(input.SizesRef.Insert(rank, 2), new Size(strides).Insert(rank, 1), 2 * input.Offset, input.DType.ToReal());
    }

    static Tensor GradInput(Tensor grad) => ViewAsComplex.Call(grad.contiguous());
}

[ViewOp("view_as_complex")]
internal static partial class ViewAsComplex
{
    /// <summary>A real tensor whose last dimension is (re, im), as a complex tensor over the same memory.</summary>
    static ViewSpec Infer(Tensor input)
    {
        Check.That(input.DType == ScalarType.Float32 || input.DType == ScalarType.Float64,
            $"view_as_complex is only supported for half, float and double tensors, but got a tensor of scalar type: {input.DType.LegacyName}");
        Check.That(input.Rank > 0, $"Input tensor must have one or more dimensions");
        Check.That(input.Sizes[^1] == 2, $"Tensor must have a last dimension of size 2");
        Check.That(input.Strides[^1] == 1, $"Tensor must have a last dimension with stride 1");
        int rank = input.Rank - 1;
        Span<long> strides = stackalloc long[rank];
        for (int i = 0; i < rank; i++)
        {
            Check.That(input.Strides[i] % 2 == 0, $"Tensor must have a stride divisible by 2 for all but last dimension");
            strides[i] = input.Strides[i] / 2;
        }
        Check.That(input.Offset % 2 == 0, $"Tensor must have a storage_offset divisible by 2");
        return new(input.SizesRef.Without(rank), new Size(strides), input.Offset / 2, input.DType.ToComplex());
    }

    static Tensor GradInput(Tensor grad) => ViewAsReal.Call(ResolveConj.Call(grad));
}

[CompositeOp("real", Method = false)]
internal static partial class Real
{
    /// <summary>The real parts, as a view; a real tensor is its own.</summary>
    static Tensor Compose(Tensor input) => input.DType.is_complex ? Part(input, 0) : input;

    /// <summary>The real or imaginary parts of what is stored.</summary>
    internal static Tensor Part(Tensor input, long part) => Select.Call(ViewAsReal.Call(input.IsConjugated ? Conj.Call(input) : input), -1, part);
}

[CompositeOp("imag", Method = false)]
internal static partial class Imag
{
    /// <summary>The imaginary parts, as a view; of a conjugate view as a copy.</summary>
    static Tensor Compose(Tensor input)
    {
        Check.That(input.DType.is_complex, $"imag is not implemented for tensors with non-complex dtypes.");
        return input.IsConjugated ? Neg.Call(Real.Part(input, 1)) : Real.Part(input, 1);
    }
}
