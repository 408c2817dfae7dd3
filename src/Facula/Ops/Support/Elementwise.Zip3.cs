using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

// Functions of three operands.
internal static unsafe partial class Elementwise
{
    /// <summary>The ternary loop with the operands brought to these types, broadcast to the result's shape.</summary>
    internal static void Zip3<TKernel, TFirst, T>(TKernel kernel, Tensor first, Tensor second, Tensor third, Tensor result, ScalarType firstType, ScalarType type, long grain = PointwiseGrain.Light)
        where TKernel : struct, IZip3<TFirst, T>
        where TFirst : unmanaged
        where T : unmanaged
    {
        first = Cast(first, firstType);
        second = Cast(second, type);
        third = Cast(third, type);
        Tensor destination = result.DType == type ? result : Tensor.Allocate(result.SizesRef, type);
        long count = destination.Numel;
        if (destination.IsContiguous && Step(first, count) is var x1 and >= 0 && Step(second, count) is var y1 and >= 0 && Step(third, count) is var z1 and >= 0)
        {
            fixed (byte* x = &first.Reference, y = &second.Reference, z = &third.Reference, d = &destination.Reference)
                Zip3Loop.Contiguous(kernel, (TFirst*)x, x1, (T*)y, y1, (T*)z, z1, (T*)d, count, grain);
        }
        else Zip3Planned<TKernel, TFirst, T>(kernel, first, second, third, destination, grain);
        if (!ReferenceEquals(destination, result)) result.CopyRaw(destination);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        GC.KeepAlive(third);
        GC.KeepAlive(destination);
    }

    private static void Zip3Planned<TKernel, TFirst, T>(TKernel kernel, Tensor first, Tensor second, Tensor third, Tensor destination, long grain)
        where TKernel : struct, IZip3<TFirst, T>
        where TFirst : unmanaged
        where T : unmanaged
    {
        int rank = destination.Rank;
        Span<long> strides = stackalloc long[3 * rank];
        Broadcasting.Strides(first, destination.Sizes, strides[..rank]);
        Broadcasting.Strides(second, destination.Sizes, strides[rank..(2 * rank)]);
        Broadcasting.Strides(third, destination.Sizes, strides[(2 * rank)..]);
        fixed (byte* x = &first.Reference, y = &second.Reference, z = &third.Reference, d = &destination.Reference)
            Zip3Loop.Run(kernel, (TFirst*)x, (T*)y, (T*)z, strides, (T*)d, destination.Strides, destination.Sizes, grain);
    }

    /// <summary>A real floating-point function of three operands of the result's type.</summary>
    internal static void Float3<TKernel>(TKernel kernel, Tensor first, Tensor second, Tensor third, Tensor result)
        where TKernel : struct, IZip3<float, float>, IZip3<double, double>
    {
        ScalarType type = Arithmetic(result.DType);
        if (type == ScalarType.Float32) Single3(kernel, first, second, third, result, PointwiseGrain.Heavy);
        else Zip3<TKernel, double, double>(kernel, first, second, third, result, type, type, PointwiseGrain.Heavy);
    }

    /// <summary>A function of three numbers of the result's type.</summary>
    internal static void Number3<TKernel>(TKernel kernel, Tensor first, Tensor second, Tensor third, Tensor result, string op)
        where TKernel : struct, IZip3<float, float>, IZip3<double, double>, IZip3<long, long>, IZip3<Complex, Complex>
    {
        ScalarType type = Arithmetic(result.DType);
        switch (type.Code)
        {
            case TypeCode.Float32: Single3(kernel, first, second, third, result, PointwiseGrain.Light); break;
            case TypeCode.Float64: Zip3<TKernel, double, double>(kernel, first, second, third, result, type, type); break;
            case TypeCode.Complex128: Zip3<TKernel, Complex, Complex>(kernel, first, second, third, result, type, type); break;
            case TypeCode.Bool: throw TypeSwitch.NotImplemented(op, type);
            default: Zip3<TKernel, long, long>(kernel, first, second, third, result, ScalarType.Int64, ScalarType.Int64); break;
        }
    }

    private static void Single3<TKernel>(TKernel kernel, Tensor first, Tensor second, Tensor third, Tensor result, long grain)
        where TKernel : struct, IZip3<float, float>
    {
        if (result.DType != ScalarType.Float32 && TryZip3Narrow(kernel, first, second, third, result, grain)) return;
        Zip3<TKernel, float, float>(kernel, first, second, third, result, ScalarType.Float32, ScalarType.Float32, grain);
    }
}
