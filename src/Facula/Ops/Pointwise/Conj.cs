using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("conj_physical", InPlace = true, Public = false)]
internal static partial class ConjPhysical
{
    /// <summary>The complex conjugate of each element, written to memory.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, Tensor result)
    {
        if (input.DType.is_complex) Write(input, result);
        else Copying.Copy(input, result);
    }

    /// <summary>destination ← the conjugates of source, broadcast.</summary>
    internal static void Write(Tensor source, Tensor destination)
    {
        if (source.SizesRef != destination.SizesRef)
        {
            Span<long> strides = stackalloc long[destination.Rank];
            Broadcasting.Strides(source, destination.Sizes, strides);
            source = source.Alias(destination.SizesRef, new Size(strides), source.Offset);
        }
        if (destination.DType == ScalarType.ComplexFloat32) Elementwise.Map<ConjBits, long, long>(default, source, destination, destination.DType, destination.DType);
        else Elementwise.Map<ConjMap, Complex, Complex>(default, source, destination, ScalarType.ComplexFloat64, ScalarType.ComplexFloat64);
    }

    static Tensor GradInput(Tensor grad) => grad.conj();
}

[CompositeOp("conj_physical", Out = true)]
internal static partial class ConjPhysicalOrSelf
{
    /// <summary>The complex conjugate of each element, written to memory; a real tensor is its own.</summary>
    static Tensor Compose(Tensor input) => input.DType.is_complex ? ConjPhysical.Call(input) : input;
}

[CompositeOp("conj_physical_")]
internal static partial class ConjPhysicalInPlace
{
    /// <summary>Conjugates each element, in place.</summary>
    static Tensor Compose(Tensor input) => input.DType.is_complex ? ConjPhysical.CallInPlace(input) : input;
}

[ViewOp("_conj", Public = false, Node = "ConjBackward0")]
internal static partial class ConjView
{
    /// <summary>A view whose elements are the conjugates of the input's.</summary>
    static ViewSpec Infer(Tensor input) => new(input.SizesRef, input.StridesRef, input.Offset, conjugate: true);

    static Tensor GradInput(Tensor grad) => Conj.Call(grad);
}

[CompositeOp("conj")]
internal static partial class Conj
{
    /// <summary>The complex conjugate, as a view; a real tensor is its own.</summary>
    static Tensor Compose(Tensor input) => input.DType.is_complex ? ConjView.Call(input) : input;
}

[CompositeOp("resolve_conj")]
internal static partial class ResolveConj
{
    /// <summary>The tensor itself, or a copy in memory when it is a conjugate view.</summary>
    static Tensor Compose(Tensor input) => input.IsConjugated ? Clone.Call(input) : input;
}

[CompositeOp("resolve_neg")]
internal static partial class ResolveNeg
{
    /// <summary>The tensor itself: its sign is always in its memory.</summary>
    static Tensor Compose(Tensor input) => input;
}
