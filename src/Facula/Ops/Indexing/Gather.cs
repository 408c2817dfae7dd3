using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("gather")]
internal static unsafe partial class Gather
{
    /// <summary>At every place of <paramref name="index"/> the element of <paramref name="input"/> whose number along <paramref name="dim"/> stands there.</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index, bool sparse_grad = false)
    {
        int d = Check.Dim(dim, input.Rank);
        Check.That(index.DType == ScalarType.Int64 || index.Numel == 0, $"gather(): Expected dtype int64 for index");
        if (index.Numel > 0)
        {
            Check.That(Math.Max(1, input.Rank) == Math.Max(1, index.Rank), $"Index tensor must have the same number of dimensions as input tensor");
            for (int i = 0; i < Math.Min(input.Rank, index.Rank); i++)
                Check.That(i == d || index.Sizes[i] <= input.Sizes[i],
                    $"Size does not match at dimension {i} expected index {index.SizesRef.Brackets()} to be smaller than self {input.SizesRef.Brackets()} apart from dimension {d}");
        }
        return new(index.SizesRef, input.DType, input.device);
    }

    static void CheckOut(Tensor input, Tensor @out) => Forms.RequireOutType(input.DType, @out);

    static void Compute(Tensor input, long dim, Tensor index, bool sparse_grad, Tensor result)
    {
        if (result.Numel == 0) return;
        var action = new Action { Data = input, Index = index, Values = result, Dim = Check.Dim(dim, input.Rank) };
        try
        {
            TypeSwitch.Width(input.DType, ref action);
        }
        catch (IndexRangeException error)
        {
            throw new TorchException(error.Message);
        }
    }

    private struct Action : ITypeAction
    {
        public Tensor Data, Index, Values;
        public int Dim;

        public readonly void Run<T>() where T : unmanaged
        {
            Size data = Scattering.Strides(Data);
            fixed (byte* d = &Data.Reference, x = &Index.Reference, v = &Values.Reference)
                GatherKernels.Gather(new(Scattering.Shape(Index), data.AsSpan(), Scattering.Strides(Index).AsSpan(), Scattering.Strides(Values).AsSpan(), Dim, Data.Rank == 0 ? 1 : Data.Sizes[Dim]), (T*)d, (long*)x, (T*)v);
        }
    }

    static Tensor? GradInput(Tensor grad, TensorSpec input, long dim, Tensor index, GradientSum sum)
    {
        using GradientSum.Hold hold = sum.OpenOrZeros(input.As(grad.DType), grad);
        ScatterAdd.CallInPlace(hold.Sum!, dim, index, grad);
        return hold.Result;
    }
}

/// <summary>What the scatter ops share.</summary>
internal static unsafe class Scattering
{
    // A number counts as a vector of one element.
    internal static ReadOnlySpan<long> Shape(Tensor tensor) => tensor.Rank == 0 ? s_one : tensor.Sizes;
    private static readonly long[] s_one = [1];

    internal static Size Strides(Tensor tensor) => tensor.Rank == 0 ? new Size(1) : tensor.StridesRef;

    internal static void Require(string op, Tensor input, long dim, Tensor index, Tensor? src)
    {
        int d = Check.Dim(dim, input.Rank);
        Check.That(index.DType == ScalarType.Int64 || index.Numel == 0, $"{op}(): Expected dtype int64 for index");
        Check.That(src is null || input.DType == src.DType, $"{op}(): Expected self.dtype to be equal to src.dtype");
        if (index.Numel == 0) return;
        Check.That(Math.Max(1, index.Rank) == Math.Max(1, input.Rank), $"Index tensor must have the same number of dimensions as self tensor");
        bool fits = true;
        for (int i = 0; i < Math.Min(input.Rank, index.Rank); i++) fits &= i == d || index.Sizes[i] <= input.Sizes[i];
        if (src is not null)
        {
            Check.That(Math.Max(1, index.Rank) == Math.Max(1, src.Rank), $"Index tensor must have the same number of dimensions as src tensor");
            for (int i = 0; i < Math.Min(src.Rank, index.Rank); i++) fits &= index.Sizes[i] <= src.Sizes[i];
            Check.That(fits, $"Expected index {index.SizesRef.Brackets()} to be smaller than self {input.SizesRef.Brackets()} apart from dimension {d} and to be smaller size than src {src.SizesRef.Brackets()}");
        }
        Check.That(fits, $"Expected index {index.SizesRef.Brackets()} to be smaller than self {input.SizesRef.Brackets()} apart from dimension {d}");
    }

    internal static void Run<TOp>(Tensor input, long dim, Tensor index, Tensor src, Tensor result) where TOp : struct, ICombine
    {
        ScalarType work = Lines.Work(result.DType);
        Tensor target = Lines.Open(input, result, work);
        Into<TOp>(target, dim, index, src);
        Lines.Close(target, result);
    }

    /// <summary>Scatters into row-major memory of a work type.</summary>
    internal static void Into<TOp>(Tensor target, long dim, Tensor index, Tensor src) where TOp : struct, ICombine
    {
        if (index.Numel == 0) return;
        Tensor values = Elementwise.Cast(src, target.DType);
        int d = Check.Dim(dim, target.Rank);
        Size data = Strides(target), places = Strides(index), steps = Strides(values);
        // One value for all is a value of stride 0 everywhere.
        if (values.Numel == 1 && values.Rank == 0) steps = Size.Repeat(0, data.Rank);
        var plan = new GatherKernels.Plan(Shape(index), data.AsSpan(), places.AsSpan(), steps.AsSpan(), d, target.Rank == 0 ? 1 : target.Sizes[d]);
        try
        {
            fixed (byte* t = &target.Reference, x = &index.Reference, v = &values.Reference)
                switch (target.Code)
                {
                    case TypeCode.Float32: GatherKernels.Scatter<TOp, float>(plan, (float*)t, (long*)x, (float*)v); break;
                    case TypeCode.Float64: GatherKernels.Scatter<TOp, double>(plan, (double*)t, (long*)x, (double*)v); break;
                    case TypeCode.Int64: GatherKernels.Scatter<TOp, long>(plan, (long*)t, (long*)x, (long*)v); break;
                    default: GatherKernels.Scatter<TOp, System.Numerics.Complex>(plan, (System.Numerics.Complex*)t, (long*)x, (System.Numerics.Complex*)v); break;
                }
        }
        catch (IndexRangeException error)
        {
            throw new TorchException(error.Message);
        }
        GC.KeepAlive(values);
        GC.KeepAlive(index);
    }
}

[TensorOp("scatter_add", InPlace = true, Shares = Sharing.Nothing)]
internal static partial class ScatterAdd
{
    /// <summary>A copy of <paramref name="input"/> to which the elements of <paramref name="src"/> are added at the numbers along <paramref name="dim"/> that <paramref name="index"/> holds.</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index, Tensor src)
    {
        Scattering.Require("scatter_add", input, dim, index, src);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long dim, Tensor index, Tensor src, Tensor result) => Scattering.Run<CombineAdd>(input, dim, index, src, result);

    static Tensor GradInput(Tensor grad) => grad;

    static Tensor GradSrc(Tensor grad, long dim, Tensor index, Size src) => Scatter.SourceGradient(grad, dim, index, src);
}

[TensorOp("scatter", InPlace = true, Shares = Sharing.Nothing)]
internal static partial class Scatter
{
    /// <summary>A copy of <paramref name="input"/> in which the elements of <paramref name="src"/> stand at the numbers along <paramref name="dim"/> that <paramref name="index"/> holds.</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index, Tensor src)
    {
        Scattering.Require("scatter", input, dim, index, src);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long dim, Tensor index, Tensor src, Tensor result) => Scattering.Run<CombineReplace>(input, dim, index, src, result);

    static Tensor GradInput(Tensor grad, long dim, Tensor index) => ScatterValue.Call(grad, dim, index, 0);

    static Tensor GradSrc(Tensor grad, long dim, Tensor index, Size src) => SourceGradient(grad, dim, index, src);

    // src may be larger than the index: what was not used has no gradient.
    internal static Tensor SourceGradient(Tensor grad, long dim, Tensor index, Size src)
    {
        Tensor part = Gather.Call(grad, dim, index);
        if (part.SizesRef == src) return part;
        if (index.Rank != src.Rank) return Reshape.Call(part, src);
        Span<long> pad = stackalloc long[2 * src.Rank];
        for (int i = 0; i < src.Rank; i++) pad[2 * i + 1] = src[src.Rank - 1 - i] - index.Sizes[src.Rank - 1 - i];
        return ConstantPadNd.Call(part, new Size(pad));
    }
}

[TensorOp("scatter", InPlace = true, Shares = Sharing.Nothing)]
internal static partial class ScatterValue
{
    /// <summary>A copy of <paramref name="input"/> in which one value stands at the numbers along <paramref name="dim"/> that <paramref name="index"/> holds.</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index, Scalar value)
    {
        Scattering.Require("scatter", input, dim, index, null);
        NumberRange.Require(value, input.DType);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long dim, Tensor index, Scalar value, Tensor result) =>
        Scattering.Run<CombineReplace>(input, dim, index, Tensor.FromScalar(value, result.DType), result);

    static Tensor GradInput(Tensor grad, long dim, Tensor index) => Call(grad, dim, index, 0);
}

[TensorOp("scatter", InPlace = true, Shares = Sharing.Nothing)]
internal static partial class ScatterReduceOld
{
    /// <summary>As scatter, but adding (<paramref name="reduce"/> "add") or multiplying ("multiply").</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index, Tensor src, string reduce)
    {
        Scattering.Require("scatter", input, dim, index, src);
        Check.That(reduce is "add" or "multiply", $"reduce argument must be either add or multiply.");
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long dim, Tensor index, Tensor src, string reduce, Tensor result)
    {
        if (reduce == "add") Scattering.Run<CombineAdd>(input, dim, index, src, result);
        else Scattering.Run<CombineMultiply>(input, dim, index, src, result);
    }

    static Tensor GradInput(Tensor grad, string reduce) => reduce == "add" ? grad : throw NoDerivative();

    static Tensor GradSrc(Tensor grad, long dim, Tensor index, Size src, string reduce) =>
        reduce == "add" ? Scatter.SourceGradient(grad, dim, index, src) : throw NoDerivative();

    private static NotSupportedException NoDerivative() => new("derivative for scatter with reduce=\"multiply\" is not implemented; use scatter_reduce with reduce=\"prod\"");
}

[TensorOp("scatter", InPlace = true, Shares = Sharing.Nothing)]
internal static partial class ScatterValueReduce
{
    /// <summary>As scatter, but adding (<paramref name="reduce"/> "add") or multiplying ("multiply") the value.</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index, Scalar value, string reduce)
    {
        Scattering.Require("scatter", input, dim, index, null);
        Check.That(reduce is "add" or "multiply", $"reduce argument must be either add or multiply.");
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long dim, Tensor index, Scalar value, string reduce, Tensor result)
    {
        Tensor number = Tensor.FromScalar(value, result.DType);
        if (reduce == "add") Scattering.Run<CombineAdd>(input, dim, index, number, result);
        else Scattering.Run<CombineMultiply>(input, dim, index, number, result);
    }
}
