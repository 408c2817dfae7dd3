using Stage = Facula.Differentiation.Stage;

namespace Facula;

/// <summary>Products of a vector with the Jacobian or Hessian of a function, without the matrix.</summary>
internal static class VectorProducts
{
    private static bool IsSingleElement(Tensor[] tensors) => tensors.Length == 1 && tensors[0].Numel == 1;

    /// <summary>vᵀJ: one backward pass.</summary>
    internal static (Tensor[] Outputs, Tensor[] Product) Vjp(TensorFunction func, Tensor[] given, Tensor[]? v, bool createGraph, bool strict)
    {
        bool gradMode = GradMode.Enabled;
        using GradModeScope _ = torch.enable_grad();
        Tensor[] inputs = Differentiation.Fresh(given, createGraph, true);
        Tensor[] outputs = func.Call(inputs);
        Differentiation.RequireGrad(outputs, "outputs", strict);
        if (v is not null)
        {
            v = Differentiation.Fresh(v, createGraph, false);
            Differentiation.CheckV(v, outputs, func.ManyOutputs);
        }
        else if (!IsSingleElement(outputs))
            throw new TorchException("The vector v can only be None if the user-provided function returns a single Tensor with a single element.");
        using GradModeScope mode = torch.set_grad_enabled(createGraph || gradMode);
        Tensor[] product = Differentiation.ZerosForMissing(Differentiation.Grad(outputs, inputs, v, createGraph), inputs, strict, createGraph, Stage.Back);
        return (Differentiation.Detached(outputs, createGraph), Differentiation.Detached(product, createGraph));
    }

    /// <summary>Jv, by differentiating the vector-Jacobian product, which is linear in its vector.</summary>
    internal static (Tensor[] Outputs, Tensor[] Product) Jvp(TensorFunction func, Tensor[] given, Tensor[]? v, bool createGraph, bool strict)
    {
        using GradModeScope _ = torch.enable_grad();
        Tensor[] inputs = Differentiation.Fresh(given, createGraph, true);
        v = CheckedV(v, inputs, func, createGraph, "The vector v can only be None if the input to the user-provided function is a single Tensor with a single element.");
        Tensor[] outputs = func.Call(inputs);
        Differentiation.RequireGrad(outputs, "outputs", strict);
        Tensor[] weights = Array.ConvertAll(outputs, o => Differentiation.ZerosLike(o, requiresGrad: o.DType.IsDifferentiable));
        Tensor?[] grads = Differentiation.Grad(outputs, inputs, weights, createGraph: true);
        Differentiation.RequireGrad(grads, "grad_inputs", strict);
        Tensor[] product = Differentiation.ZerosForMissing(Differentiation.Grad(grads, weights, v, createGraph), outputs, strict, createGraph, Stage.BackTrick);
        return (Differentiation.Detached(outputs, createGraph), Differentiation.Detached(product, createGraph));
    }

    /// <summary>vᵀH.</summary>
    internal static (Tensor Output, Tensor[] Product) Vhp(TensorFunction func, Tensor[] given, Tensor[]? v, bool createGraph, bool strict)
    {
        bool gradMode = GradMode.Enabled;
        using GradModeScope _ = torch.enable_grad();
        Tensor[] inputs = Differentiation.Fresh(given, createGraph, true);
        v = CheckedV(v, inputs, func, createGraph, "The vector v can only be None if the input to the user-provided function is a single Tensor with a single element.");
        Tensor output = Scalar(func, inputs, "vhp", strict);
        Tensor?[] jacobian = Differentiation.Grad([output], inputs, null, createGraph: true);
        Differentiation.RequireGrad(jacobian, "jacobian", strict);
        using GradModeScope mode = torch.set_grad_enabled(createGraph || gradMode);
        Tensor[] product = Differentiation.ZerosForMissing(Differentiation.Grad(jacobian, inputs, v, createGraph), inputs, strict, createGraph, Stage.DoubleBack);
        return (Differentiation.Detached([output], createGraph)[0], Differentiation.Detached(product, createGraph));
    }

    /// <summary>Hv.</summary>
    internal static (Tensor Output, Tensor[] Product) Hvp(TensorFunction func, Tensor[] given, Tensor[]? v, bool createGraph, bool strict)
    {
        bool gradMode = GradMode.Enabled;
        using GradModeScope _ = torch.enable_grad();
        Tensor[] inputs = Differentiation.Fresh(given, createGraph, true);
        v = CheckedV(v, inputs, func, createGraph, "The vector v can only be None if the input to the user-provided function is a single Tensor with a single element.");
        Tensor output = Scalar(func, inputs, "hvp", strict);
        Tensor?[] jacobian = Differentiation.Grad([output], inputs, null, createGraph: true);
        Differentiation.RequireGrad(jacobian, "jacobian", strict);
        Tensor[] weights = Array.ConvertAll(inputs, i => Differentiation.ZerosLike(i, requiresGrad: true));
        Tensor?[] twice = Differentiation.Grad(jacobian, inputs, weights, createGraph: true);
        Differentiation.RequireGrad(jacobian, "hessian", strict);
        using GradModeScope mode = torch.set_grad_enabled(createGraph || gradMode);
        Tensor[] product = Differentiation.ZerosForMissing(Differentiation.Grad(twice, weights, v, createGraph), inputs, strict, createGraph, Stage.DoubleBackTrick);
        return (Differentiation.Detached([output], createGraph)[0], Differentiation.Detached(product, createGraph));
    }

    private static Tensor[]? CheckedV(Tensor[]? v, Tensor[] inputs, TensorFunction func, bool createGraph, string absent)
    {
        if (v is null) return IsSingleElement(inputs) ? null : throw new TorchException(absent);
        v = Differentiation.Fresh(v, createGraph, false);
        Differentiation.CheckV(v, inputs, func.ManyInputs);
        return v;
    }

    internal static Tensor Scalar(TensorFunction func, Tensor[] inputs, string name, bool strict)
    {
        Tensor[] outputs = func.Call(inputs);
        Differentiation.RequireGrad(outputs, "outputs", strict);
        if (func.ManyOutputs) throw new TorchException($"The function given to {name} should return a single Tensor");
        if (outputs[0].Numel != 1) throw new TorchException($"The Tensor returned by the function given to {name} should contain a single element");
        return outputs[0];
    }
}
