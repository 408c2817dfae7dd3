using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

internal static unsafe partial class Reduce
{
    /// <summary>The largest or smallest elements.</summary>
    internal static void Extreme(string op, bool largest, Tensor input, ulong mask, Tensor result)
    {
        ScalarType type = Elementwise.Arithmetic(input.DType);
        switch (type.Code)
        {
            case TypeCode.Float32: Extreme<float>(largest, input, mask, result, type); break;
            case TypeCode.Float64: Extreme<double>(largest, input, mask, result, type); break;
            case TypeCode.Int64: Extreme<long>(largest, input, mask, result, type); break;
            case TypeCode.Int32: Extreme<int>(largest, input, mask, result, type); break;
            case TypeCode.Int16: Extreme<short>(largest, input, mask, result, type); break;
            case TypeCode.Int8: Extreme<sbyte>(largest, input, mask, result, type); break;
            case TypeCode.UInt8 or TypeCode.Bool: Extreme<byte>(largest, input, mask, result, type); break;
            default: throw TypeSwitch.NotImplemented(op, input.DType);
        }
    }

    /// <summary>Both extremes of all elements in one pass, if they lie dense; answers whether it has.</summary>
    internal static bool Range(Tensor input, Tensor min, Tensor max)
    {
        if (!input.IsContiguous) return false;
        switch (input.DType.Code)
        {
            case TypeCode.Float32: Extremes<float>(input, min, max); return true;
            case TypeCode.Float64: Extremes<double>(input, min, max); return true;
            case TypeCode.Int64: Extremes<long>(input, min, max); return true;
            case TypeCode.Int32: Extremes<int>(input, min, max); return true;
            default: return false;
        }
    }

    private static void Extremes<T>(Tensor input, Tensor min, Tensor max) where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        Extremes<T> range;
        fixed (byte* s = &input.Reference)
            FoldLoop.Run<ExtremesFold<T>, T, Extremes<T>, Extremes<T>>(default, (T*)s, [], [], [input.Numel], [1], &range, []);
        GC.KeepAlive(input);
        fixed (byte* least = &min.Reference, most = &max.Reference) (*(T*)least, *(T*)most) = (range.Min, range.Max);
    }

    private static void Extreme<T>(bool largest, Tensor input, ulong mask, Tensor result, ScalarType type) where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        if (largest) Fold<MaxFold<T>, T, T, T>(default, input, mask, result, type, type);
        else Fold<MinFold<T>, T, T, T>(default, input, mask, result, type, type);
    }

    /// <summary>Extreme elements along one dimension, with their places.</summary>
    internal static void ExtremeWithPlaces(string op, bool largest, Tensor input, int dim, Tensor? values, Tensor indices)
    {
        ScalarType type = Elementwise.Arithmetic(input.DType);
        switch (type.Code)
        {
            case TypeCode.Float32: Places<float>(largest, input, dim, values, indices, type); break;
            case TypeCode.Float64: Places<double>(largest, input, dim, values, indices, type); break;
            case TypeCode.Int64: Places<long>(largest, input, dim, values, indices, type); break;
            case TypeCode.Int32: Places<int>(largest, input, dim, values, indices, type); break;
            case TypeCode.Int16: Places<short>(largest, input, dim, values, indices, type); break;
            case TypeCode.Int8: Places<sbyte>(largest, input, dim, values, indices, type); break;
            case TypeCode.UInt8 or TypeCode.Bool: Places<byte>(largest, input, dim, values, indices, type); break;
            default: throw TypeSwitch.NotImplemented(op, input.DType);
        }
    }

    private static void Places<T>(bool largest, Tensor input, int dim, Tensor? values, Tensor indices, ScalarType type) where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        Tensor source = Dense.Of(input, type);
        Tensor target = values is null ? Tensor.Allocate(indices.SizesRef, type) : Dense.Target(values, type);
        Tensor places = Dense.Target(indices, ScalarType.Int64);
        long outer = 1, inner = 1, count = source.Rank == 0 ? 1 : source.Sizes[dim];
        for (int i = 0; i < dim; i++) outer *= source.Sizes[i];
        for (int i = dim + 1; i < source.Rank; i++) inner *= source.Sizes[i];
        fixed (byte* s = &source.Reference, v = &target.Reference, p = &places.Reference)
            ArgExtreme.Run((T*)s, outer, count, inner, largest, (T*)v, (long*)p);
        if (values is not null) Dense.Finish(target, values);
        Dense.Finish(places, indices);
        GC.KeepAlive(source);
        GC.KeepAlive(target);
    }

    /// <summary>A p-norm of real elements.</summary>
    internal static void Norm(Tensor input, ulong mask, double order, Tensor result)
    {
        ScalarType type = Elementwise.Arithmetic(result.DType);
        if (type == ScalarType.Float32) Norm<float>(input, mask, order, result, type);
        else Norm<double>(input, mask, order, result, type);
    }

    private static void Norm<T>(Tensor input, ulong mask, double order, Tensor result, ScalarType type) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (order == 2) Fold<Norm2Fold<T>, T, T, T>(default, input, mask, result, type, type);
        else if (order == 1) Fold<Norm1Fold<T>, T, T, T>(default, input, mask, result, type, type);
        else if (order == 0) Fold<Norm0Fold<T>, T, T, T>(default, input, mask, result, type, type);
        else if (double.IsPositiveInfinity(order)) Fold<MaxNormFold<T>, T, T, T>(default, input, mask, result, type, type);
        else if (double.IsNegativeInfinity(order)) Fold<MinNormFold<T>, T, T, T>(default, input, mask, result, type, type);
        else NormByPowers<T>(input, mask, order, result, type);
    }

    // (Σ |x|ᵖ)^(1/p), the root of all sums at once.
    private static void NormByPowers<T>(Tensor input, ulong mask, double order, Tensor result, ScalarType type) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor sums = Tensor.Allocate(result.SizesRef, type, result.device);
        if (order == 3) Fold<CubesFold<T>, T, T, T>(default, input, mask, sums, type, type);
        else if (order == 4) Fold<FourthPowersFold<T>, T, T, T>(default, input, mask, sums, type, type);
        else
        {
            Tensor powers = Elementwise.Cast(input.detach(), type).abs();
            Elementwise.Float<PowKernel>(powers, Tensor.FromScalar(order, type), powers);
            Fold<Norm1Fold<T>, T, T, T>(default, powers, mask, sums, type, type);
        }
        Elementwise.Float<PowKernel>(sums, Tensor.FromScalar(1 / order, type), sums);
        result.CopyRaw(sums);
    }

    /// <summary>The variance of real elements, or its root.</summary>
    internal static void Variance(Tensor input, ulong mask, double correction, bool root, Tensor result)
    {
        ScalarType type = Elementwise.Arithmetic(result.DType);
        if (type == ScalarType.Float32) Fold<VarianceFold<float>, float, Moments, float>(new(correction, root), input, mask, result, type, type);
        else Fold<VarianceFold<double>, double, Moments, double>(new(correction, root), input, mask, result, type, type);
    }

    /// <summary>The dimensions as a list, every one when none is given.</summary>
    internal static long[] All(Dims dim, int rank)
    {
        if (!dim.IsNone && dim.Count > 0) return dim.ToArray();
        var all = new long[rank];
        for (int i = 0; i < rank; i++) all[i] = i;
        return all;
    }

    /// <summary>The gradient of an extreme value, shared evenly among the elements that equal it.</summary>
    internal static Tensor ShareAmongEqual(Tensor grad, Tensor input, Tensor extreme, Dims dim, bool keepdim)
    {
        Tensor hits = input.eq(Restore(extreme, input.Rank, dim, keepdim));
        return Restore(grad, input.Rank, dim, keepdim) * hits / hits.sum(All(dim, input.Rank), keepdim: true);
    }

    /// <summary>A tensor of the reduced shape with the folded dimensions back as 1.</summary>
    internal static Tensor Restore(Tensor reduced, int rank, Dims dim, bool keepdim)
    {
        if (keepdim || rank == 0) return reduced;
        ulong mask = 0;
        if (dim.IsNone || dim.Count == 0) mask = rank == 64 ? ulong.MaxValue : (1UL << rank) - 1;
        else for (int i = 0; i < dim.Count; i++) mask |= 1UL << Check.Dim(dim[i], rank);
        for (int i = 0; i < rank; i++)
            if ((mask >> i & 1) != 0) reduced = Unsqueeze.Call(reduced, i);
        return reduced;
    }

    /// <summary>An extreme value needs an element: PyTorch's two errors for empty inputs.</summary>
    internal static void RequireElements(string op, Tensor input, Dims dim, bool indexError = false)
    {
        if (input.Numel != 0) return;
        if (dim.IsNone || dim.Count == 0)
        {
            string text = $"{op}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.";
            throw indexError ? new IndexOutOfRangeException(text) : new TorchException(text);
        }
        for (int i = 0; i < dim.Count; i++)
        {
            int d = Check.Dim(dim[i], input.Rank);
            if (input.Sizes[d] == 0) throw new IndexOutOfRangeException($"{op}(): Expected reduction dim {d} to have non-zero size.");
        }
    }
}
