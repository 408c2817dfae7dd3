namespace Facula.Ops;

/// <summary>What bitwise ops share: they take no floats.</summary>
internal static class Bitwise
{
    internal static TensorSpec Infer(Tensor input, Tensor other, string op)
    {
        TensorSpec spec = TensorSpec.Broadcast(input, other);
        if (spec.DType.IsDifferentiable) throw TypeSwitch.NotImplemented(op, spec.DType);
        return spec;
    }

    internal static TensorSpec InferShift(Tensor input, Tensor other, string op)
    {
        TensorSpec spec = Infer(input, other, op);
        if (spec.DType == ScalarType.Bool) throw TypeSwitch.NotImplemented(op, spec.DType);
        return spec;
    }
}
