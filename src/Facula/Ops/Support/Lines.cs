using Facula.Kernels;

namespace Facula.Ops;

/// <summary>A row-major tensor seen as (outer, extent, inner) around one dimension.</summary>
internal readonly struct Lines
{
    internal readonly long Outer, Extent, Inner;

    internal Lines(in Size sizes, int dim)
    {
        Outer = Inner = Extent = 1;
        for (int i = 0; i < sizes.Rank; i++)
        {
            if (i < dim) Outer *= sizes[i];
            else if (i == dim) Extent = sizes[i];
            else Inner *= sizes[i];
        }
    }

    /// <summary>The tensor in row-major order and the dtype, itself when it is so already.</summary>
    internal static Tensor Dense(Tensor tensor, ScalarType dtype) =>
        tensor.DType == dtype && tensor.IsContiguous ? tensor : Copying.Converted(tensor, dtype);

    /// <summary>Row-major memory of the dtype that holds the input's content and stands for the result; <see cref="Close"/> brings it there.</summary>
    internal static Tensor Open(Tensor input, Tensor result, ScalarType dtype)
    {
        if (result.DType != dtype || !result.IsContiguous) return Copying.Converted(input, dtype);
        if (!ReferenceEquals(input, result)) result.CopyRaw(input);
        return result;
    }

    internal static void Close(Tensor work, Tensor result)
    {
        if (!ReferenceEquals(work, result)) result.CopyRaw(work);
        GC.KeepAlive(work);
    }

    /// <summary>The four types in which order-dependent arithmetic happens: float, double, long, Complex.</summary>
    internal static ScalarType Work(ScalarType dtype) => dtype.is_complex ? ScalarType.ComplexFloat64
        : dtype == ScalarType.Float64 ? dtype : dtype.is_floating_point ? ScalarType.Float32 : ScalarType.Int64;

    /// <summary>The index as row-major int64.</summary>
    internal static Tensor Index(Tensor index) => Dense(index, ScalarType.Int64);
}
