using System.Diagnostics.CodeAnalysis;

namespace Facula;

/// <summary>PyTorch's type promotion: dimensioned tensors outrank 0-dim tensors, which outrank numbers, within a category (bool, integer, float, complex).</summary>
internal static class Promotion
{
    internal static ScalarType ToFloat(ScalarType dtype) => dtype.IsDifferentiable ? dtype : Defaults.DType;

    /// <summary>The type that two tensors of these dtypes and of the same priority meet in.</summary>
    internal static ScalarType Promote(ScalarType a, ScalarType b)
    {
        if (a == b) return a;
        if (a.is_complex || b.is_complex)
        {
            bool wide = a.ToReal() == ScalarType.Float64 || b.ToReal() == ScalarType.Float64;
            return wide ? ScalarType.ComplexFloat64 : ScalarType.ComplexFloat32;
        }
        if (a.is_floating_point || b.is_floating_point)
        {
            if (!a.is_floating_point) return b;
            if (!b.is_floating_point) return a;
            // float16 with bfloat16 meets in float32.
            if (a.IsLowPrecision && b.IsLowPrecision) return ScalarType.Float32;
            return a.IsLowPrecision ? b : b.IsLowPrecision ? a : ScalarType.Float64;
        }
        if (a == ScalarType.Bool) return b;
        if (b == ScalarType.Bool) return a;
        if (a == ScalarType.Byte || b == ScalarType.Byte)
        {
            ScalarType signed = a == ScalarType.Byte ? b : a;
            return signed == ScalarType.Int8 ? ScalarType.Int16 : signed;
        }
        return a.Code > b.Code ? a : b;
    }

    private static int Category(ScalarType dtype) => dtype.is_complex ? 3 : dtype.is_floating_point ? 2 : dtype == ScalarType.Bool ? 0 : 1;

    internal static ScalarType ResultType(Tensor a, Tensor b)
    {
        if (a.DType == b.DType && !a.IsWrappedNumber) return a.DType;
        // A number beside a tensor with dimensions, mostly.
        if (b.IsWrappedNumber && a.Rank > 0 && Category(a.DType) >= Category(b.DType)) return a.DType;
        Accumulator state = default;
        state.Add(a);
        state.Add(b);
        return state.Result();
    }

    internal static ScalarType ResultType(Tensor a, Scalar b)
    {
        Accumulator state = default;
        state.Add(a);
        state.AddNumber(b.Type);
        return state.Result();
    }

    internal static ScalarType ResultType(params ReadOnlySpan<Tensor> tensors)
    {
        if (AreOfOneType(tensors)) return tensors[0].DType;
        Accumulator state = default;
        foreach (Tensor tensor in tensors) state.Add(tensor);
        return state.Result();
    }

    private static bool AreOfOneType(ReadOnlySpan<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
            if (tensor.IsWrappedNumber || tensor.Code != tensors[0].Code) return false;
        return tensors.Length > 0;
    }

    /// <summary>Whether values of one category may be stored in the other: <c>torch.can_cast</c>.</summary>
    internal static bool CanCast(ScalarType from, ScalarType to)
    {
        if (from.is_complex && !to.is_complex) return false;
        if (from.is_floating_point && !to.IsDifferentiable) return false;
        return from == ScalarType.Bool || to != ScalarType.Bool;
    }

    internal static void RequireCast(ScalarType from, ScalarType to)
    {
        if (from != to && !CanCast(from, to)) ThrowCannotCast(from, to);
    }

    [DoesNotReturn]
    private static void ThrowCannotCast(ScalarType from, ScalarType to) =>
        throw new TorchException($"result type {from.LegacyName} can't be cast to the desired output type {to.LegacyName}");

    /// <summary>The three priorities of PyTorch's result_type.</summary>
    internal struct Accumulator
    {
        private ScalarType? _dimensioned;
        private ScalarType? _zeroDim;
        private ScalarType? _number;

        internal void Add(Tensor tensor)
        {
            if (tensor.IsWrappedNumber) AddNumber(tensor.DType);
            else if (tensor.Rank == 0) _zeroDim = Merge(_zeroDim, tensor.DType);
            else _dimensioned = Merge(_dimensioned, tensor.DType);
        }

        internal void AddNumber(ScalarType type)
        {
            // A number counts as the default type of its category.
            ScalarType dtype = type.is_complex ? Defaults.DType.ToComplex() : type.is_floating_point ? Defaults.DType : type;
            _number = Merge(_number, dtype);
        }

        internal readonly ScalarType Result() => Combine(Combine(_dimensioned, _zeroDim), _number)!.Value;

        private static ScalarType Merge(ScalarType? current, ScalarType next) => current is { } c ? Promote(c, next) : next;

        private static ScalarType? Combine(ScalarType? higher, ScalarType? lower)
        {
            if (higher is not { } h) return lower;
            if (lower is not { } l) return h;
            if (Category(l) <= Category(h)) return h;
            // A float keeps its width when it becomes complex; only float16, whose complex type has no arithmetic here, meets the other.
            return h.is_floating_point && h != ScalarType.Float16 ? h.ToComplex() : Promote(h, l);
        }
    }
}

/// <summary>Process-wide defaults.</summary>
internal static class Defaults
{
    internal static ScalarType DType = ScalarType.Float32;
}
