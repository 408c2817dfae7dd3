using Facula.Kernels;

namespace Facula.Ops;

// Float functions with parameters.
internal static unsafe partial class Elementwise
{
    /// <summary>Maps a float function with parameters.</summary>
    internal static void Body<TBody>(TBody body, Tensor input, Tensor result, string op, long grain = PointwiseGrain.Heavy)
        where TBody : struct, IFloatBody
    {
        if (!MapFloat(new BodyMap<TBody>(body), input, result, grain)) throw TypeSwitch.NotImplemented(op, result.DType);
    }

    /// <summary>Zips two operands by a float function with parameters.</summary>
    internal static void Body<TBody>(TBody body, Tensor input, Tensor other, Tensor result, string op, long grain = PointwiseGrain.Heavy)
        where TBody : struct, IFloatBody2
    {
        if (!ZipFloat(new BodyZip<TBody>(body), input, other, result, grain)) throw TypeSwitch.NotImplemented(op, result.DType);
    }
}
