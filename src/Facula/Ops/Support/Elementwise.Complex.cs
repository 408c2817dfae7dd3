using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

// complex64 in vectors of its own.
internal static unsafe partial class Elementwise
{
    /// <summary>A function of complex64 numbers by their parts.</summary>
    internal static void Parts<TKernel>(Tensor input, Tensor result, long grain = PointwiseGrain.Light)
        where TKernel : struct, IPartsUnary =>
        Map<PartsMap<TKernel>, Complex64, Complex64>(default, input, result, ScalarType.ComplexFloat32, ScalarType.ComplexFloat32, grain);

    /// <summary>A function of two complex numbers that has a form in vectors; false where this machine lacks the instructions.</summary>
    internal static bool TryPairs<TKernel>(Tensor input, Tensor other, Tensor result)
        where TKernel : struct, IPairBinary
    {
        if (!TKernel.HasPairs || !result.DType.is_complex) return false;
        if (result.DType == ScalarType.ComplexFloat32) Zip<PairsZip<TKernel>, long, long>(default, input, other, result, ScalarType.ComplexFloat32, ScalarType.ComplexFloat32);
        else if (WidePairsZip<TKernel>.IsSupported) Zip<WidePairsZip<TKernel>, Complex, Complex>(default, input, other, result, ScalarType.ComplexFloat64, ScalarType.ComplexFloat64);
        else return false;
        return true;
    }

    /// <summary>A function from complex numbers to complex ones.</summary>
    internal static void OfComplex<TKernel>(Tensor input, Tensor result)
        where TKernel : struct, IMap<Complex, Complex>, IPartsUnary
    {
        if (result.DType == ScalarType.ComplexFloat32) Parts<TKernel>(input, result);
        else Map<TKernel, Complex, Complex>(default, input, result, ScalarType.ComplexFloat64, ScalarType.ComplexFloat64);
    }

    /// <summary>A real function of complex numbers.</summary>
    internal static void RealOfComplex<TKernel>(Tensor input, Tensor result)
        where TKernel : struct, IRealOfParts
    {
        if (input.DType == ScalarType.ComplexFloat32)
            Map<RealOfPartsMap<TKernel>, Complex64, float>(default, input, result, ScalarType.ComplexFloat32, ScalarType.Float32, PointwiseGrain.Heavy);
        else Map<WideRealOfPartsMap<TKernel>, Complex, double>(default, input, result, ScalarType.ComplexFloat64, ScalarType.Float64, PointwiseGrain.Heavy);
    }
}
