using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

/// <summary>Losses of the difference of input and target: kernel calls that the ops share.</summary>
internal static unsafe class PairLosses
{
    internal static TensorSpec Infer(Tensor input, Tensor target, string reduction)
    {
        TensorSpec spec = TensorSpec.Broadcast(input, target);
        return reduction == "none" ? spec : spec.WithSizes(default);
    }

    /// <summary>Whether both are of one float type, for losses that have a form without the kernels.</summary>
    internal static bool Takes(Tensor input, Tensor target) => input.DType == target.DType && input.DType.is_floating_point && input.device.IsCpu;

    internal static void Forward<TFloat, TDouble>(string name, TFloat inFloat, TDouble inDouble, Tensor input, Tensor target, string reduction, Tensor result)
        where TFloat : struct, IPairLoss<float>
        where TDouble : struct, IPairLoss<double>
    {
        ScalarType type = Elementwise.Arithmetic(result.DType);
        if (type == ScalarType.Float32) Forward<TFloat, float>(inFloat, input, target, reduction, result, type);
        else if (type == ScalarType.Float64) Forward<TDouble, double>(inDouble, input, target, reduction, result, type);
        else throw TypeSwitch.NotImplemented(name, result.DType);
    }

    private static void Forward<TLoss, T>(TLoss loss, Tensor input, Tensor target, string reduction, Tensor result, ScalarType type)
        where TLoss : struct, IPairLoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (reduction == "none")
        {
            Elementwise.Zip<PairValue<TLoss, T>, T, T>(new(loss), input, target, result, type, type);
            return;
        }
        Tensor x = Dense.Of(input, type), y = Dense.Of(target, type);
        double sum;
        fixed (byte* px = &x.Reference, py = &y.Reference) sum = PairLoss.Sum(loss, (T*)px, (T*)py, x.Numel);
        result.FillRaw(reduction == "mean" ? sum / x.Numel : sum);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    /// <summary>The slope times the one gradient of a reduced loss, in one pass.</summary>
    internal static Tensor Backward<TFloat, TDouble>(TFloat inFloat, TDouble inDouble, Tensor grad, Tensor input, Tensor target, string reduction)
        where TFloat : struct, IPairLoss<float>
        where TDouble : struct, IPairLoss<double>
    {
        Tensor result = Tensor.Allocate(input.SizesRef, input.DType, input.device);
        double scale = grad.item().ToDouble() * LossReduction.Factor(reduction, input.SizesRef);
        if (Elementwise.Arithmetic(input.DType) == ScalarType.Float32)
            Elementwise.Zip<PairSlope<TFloat, float>, float, float>(new(inFloat, (float)scale), input, target, result, ScalarType.Float32, ScalarType.Float32);
        else
            Elementwise.Zip<PairSlope<TDouble, double>, double, double>(new(inDouble, scale), input, target, result, ScalarType.Float64, ScalarType.Float64);
        return result;
    }
}
