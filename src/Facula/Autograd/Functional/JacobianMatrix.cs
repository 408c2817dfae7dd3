namespace Facula;

/// <summary>Jacobians and Hessians, row by row (reverse mode) or column by column (forward mode).</summary>
internal static class JacobianMatrix
{
    /// <summary>Blocks by output, then input: of shape (*output, *input).</summary>
    internal static Tensor[][] Jacobian(TensorFunction func, Tensor[] given, bool createGraph, bool strict, bool vectorize, string strategy)
    {
        if (strategy is not ("forward-mode" or "reverse-mode"))
            throw new ArgumentException("Expected strategy to be either \"forward-mode\" or \"reverse-mode\". Hint: If your function has more outputs than inputs, \"forward-mode\" tends to be more performant. Otherwise, prefer to use \"reverse-mode\".");
        if (strategy == "forward-mode")
        {
            if (createGraph)
                throw new NotSupportedException("torch.autograd.functional.jacobian: `create_graph=True` and `strategy=\"forward-mode\"` are not supported together (yet). Please either set `create_graph=False` or `strategy=\"reverse-mode\"`.");
            if (strict)
                throw new TorchException("torch.autograd.functional.jacobian: `strict=True` and `strategy=\"forward-mode\"` are not supported together (yet). Please either set `strict=False` or `strategy=\"reverse-mode\"`.");
            if (!vectorize)
                throw new NotSupportedException("Computing Jacobian using forward-AD or forward-over-reverse Hessian isonly implemented for `vectorize=True`.");
            return Forward(func, given);
        }
        using GradModeScope _ = torch.enable_grad();
        Tensor[] inputs = Differentiation.Fresh(given, createGraph, true);
        Tensor[] outputs = func.Call(inputs);
        Differentiation.RequireGrad(outputs, "outputs", strict);
        if (vectorize && strict)
            throw new TorchException("torch.autograd.functional.jacobian: `strict=True` and `vectorized=True` are not supported together. Please either set `strict=False` or `vectorize=False`.");
        var blocks = new Tensor[outputs.Length][];
        for (int o = 0; o < outputs.Length; o++)
            blocks[o] = Differentiation.Detached(Rows(outputs[o], o, inputs, createGraph, strict), createGraph);
        return blocks;
    }

    /// <summary>One backward pass per element of the output.</summary>
    internal static Tensor[] Rows(Tensor output, int index, Tensor[] inputs, bool createGraph, bool strict)
    {
        var rows = Array.ConvertAll(inputs, _ => new List<Tensor>());
        foreach (Tensor unit in Differentiation.Basis(output))
        {
            Tensor?[] grads = Differentiation.Grad([output], inputs, [unit], createGraph, retainGraph: true);
            for (int i = 0; i < inputs.Length; i++)
            {
                if (strict && grads[i] is null)
                    throw new TorchException($"Output {index} of the user-provided function is independent of input {i}. This is not allowed in strict mode.");
                if (strict && createGraph && grads[i] is { requires_grad: false })
                    throw new TorchException($"The jacobian of the user-provided function is independent of input {index}. This is not allowed in strict mode when create_graph=True.");
                rows[i].Add(grads[i] ?? Differentiation.ZerosLike(inputs[i]));
            }
        }
        return [.. inputs.Select((input, i) => Stacked(rows[i], output, input))];
    }

    private static Tensor Stacked(List<Tensor> rows, Tensor output, Tensor input)
    {
        Size size = new([.. output.Sizes, .. input.Sizes]);
        return rows.Count == 0 ? new TensorSpec(size, input.DType, input.device).Zeros() : torch.stack(rows).view(size);
    }

    /// <summary>One Jacobian-vector product per element of the inputs.</summary>
    private static Tensor[][] Forward(TensorFunction func, Tensor[] inputs)
    {
        Tensor[]? outputs = null;
        List<Tensor>[][] columns = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            foreach (Tensor unit in Differentiation.Basis(inputs[i]))
            {
                Tensor[] v = [.. inputs.Select((input, k) => k == i ? unit : Differentiation.ZerosLike(input))];
                (outputs, Tensor[] product) = VectorProducts.Jvp(func, inputs, v, createGraph: false, strict: false);
                if (columns.Length == 0) columns = Array.ConvertAll(outputs, _ => Array.ConvertAll(inputs, _ => new List<Tensor>()));
                for (int o = 0; o < product.Length; o++) columns[o][i].Add(product[o]);
            }
        }
        outputs ??= func.Call(inputs);
        return [.. outputs.Select((output, o) => inputs.Select((input, i) => Columns(columns.Length == 0 ? [] : columns[o][i], output, input)).ToArray())];
    }

    internal static Tensor Columns(List<Tensor> columns, Tensor output, Tensor input)
    {
        Size size = new([.. output.Sizes, .. input.Sizes]);
        return columns.Count == 0 ? new TensorSpec(size, output.DType, output.device).Zeros() : torch.stack(columns, -1).reshape(size);
    }

    /// <summary>Blocks by input and input: of shape (*input, *input).</summary>
    internal static Tensor[][] Hessian(TensorFunction func, Tensor[] inputs, bool createGraph, bool strict, bool vectorize, string strategy)
    {
        if (strategy is not ("forward-mode" or "reverse-mode")) throw new ArgumentException("Expected strategy to be either \"forward-mode\" or \"reverse-mode\".");
        TensorFunction scalar = func.With(false, x => [VectorProducts.Scalar(func, x, "hessian", strict).squeeze()]);
        TensorFunction gradient = func.With(func.ManyInputs, x =>
        {
            if (strategy == "forward-mode") x = Array.ConvertAll(x, t => t.requires_grad_());
            Tensor[] jacobian = Jacobian(scalar, x, createGraph: true, strict: false, vectorize: false, "reverse-mode")[0];
            Differentiation.RequireGrad(jacobian, "jacobian", strict);
            return jacobian;
        });
        return Jacobian(gradient, inputs, createGraph, strict, vectorize, strategy);
    }
}
