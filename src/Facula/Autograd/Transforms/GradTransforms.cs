namespace Facula;

/// <summary>The reverse and forward transforms of <c>torch.func</c>.</summary>
internal static class GradTransforms
{
    /// <summary>Gradients of a scalar function by some arguments, the value, and what else the function gave.</summary>
    internal static (Tensor[] Grads, Tensor Value, TAux Aux) Grad<TAux>(Func<Tensor[], (Tensor, TAux)> func, Tensor[] arguments, Dims argnums)
    {
        var level = new TransformLevel();
        using GradModeScope _ = torch.enable_grad();
        (Tensor[] all, Tensor[] wrapped) = level.Wrap(arguments, TransformLevel.Positions(argnums, arguments.Length));
        (Tensor value, TAux aux) = func(all);
        if (value.Rank != 0)
            throw new TorchException($"grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with {value.Rank} dims. Maybe you wanted to use the vjp or jacrev APIs instead?");
        Tensor[] grads = OrZeros(Differentiation.Grad([value], wrapped, null, createGraph: true), wrapped);
        return (level.Release(grads), level.Release(value), level.Release(aux));
    }

    internal static (Tensor[] Grads, Tensor Value) Grad(TensorFunction func, Tensor[] arguments, Dims argnums)
    {
        (Tensor[] grads, Tensor value, _) = Grad<object?>(x => (func.Call(x)[0], null), arguments, argnums);
        return (grads, value);
    }

    /// <summary>The outputs, and the function from their gradients to those of the inputs.</summary>
    internal static (Tensor[] Outputs, Func<Tensor[], Tensor[]> Pull) Vjp(TensorFunction func, Tensor[] primals)
    {
        var level = new TransformLevel();
        using GradModeScope _ = torch.enable_grad();
        (Tensor[] all, Tensor[] wrapped) = level.Wrap(primals, [.. Enumerable.Range(0, primals.Length)]);
        Tensor[] outputs = func.Call(all);
        if (outputs.Length == 0) throw new TorchException("vjp(f, *primals): Expected f to be a function that has non-empty output (got output = [])");
        foreach (Tensor output in outputs)
            if (!output.DType.IsDifferentiable)
                throw new TorchException($"vjp(f, ...): All outputs of f must be floating-point or complex Tensors, got Tensor with dtype {output.dtype}");
        Tensor[] Pull(Tensor[] cotangents)
        {
            if (cotangents.Length != outputs.Length)
                throw new TorchException($"Expected pytree structure of cotangents to be the same as pytree structure of outputs to the function. cotangents: {cotangents.Length} tensors, primal output: {outputs.Length} tensors");
            Tensor?[] grads = Differentiation.Grad(outputs, wrapped, cotangents, createGraph: GradMode.Enabled, retainGraph: true);
            return level.Release(OrZeros(grads, wrapped));
        }
        return (level.Release(outputs), Pull);
    }

    /// <summary>The outputs, and the linear function from changes of the inputs to those of the outputs.</summary>
    internal static (Tensor[] Outputs, Func<Tensor?[], Tensor?[]> Push) Linearize(TensorFunction func, Tensor[] primals, int[] positions)
    {
        var level = new TransformLevel();
        using GradModeScope _ = torch.enable_grad();
        (Tensor[] all, Tensor[] wrapped) = level.Wrap(primals, positions);
        Tensor[] outputs = func.Call(all);
        if (outputs.Length == 0) throw new TorchException("jvp(f, primals, tangents): Expected f to be a function that has non-empty output (got output = [])");
        // vᵀJ is linear in v, so its derivative by v, in the direction of the tangents, is J times the tangents.
        Tensor[] weights = Array.ConvertAll(outputs, o => level.Own(Differentiation.ZerosLike(o, requiresGrad: o.DType.IsDifferentiable)));
        Tensor?[] pulled = Differentiation.Grad(outputs, wrapped, weights, createGraph: true);
        Tensor?[] Push(Tensor?[] tangents)
        {
            var used = new List<Tensor?>();
            var along = new List<Tensor>();
            for (int i = 0; i < pulled.Length; i++)
            {
                if (pulled[i] is not { NeedsGrad: true } || tangents[i] is not { } tangent) continue;
                used.Add(pulled[i]);
                along.Add(tangent);
            }
            using GradModeScope mode = torch.enable_grad();
            Tensor?[] pushed = Differentiation.Grad([.. used], weights, [.. along], createGraph: true, retainGraph: true);
            return Array.ConvertAll(pushed, p => p is null ? null : level.Release(p));
        }
        return (level.Release(outputs), Push);
    }

    /// <summary>The outputs and their change along the tangents.</summary>
    internal static (Tensor[] Outputs, Tensor[] Tangents) Jvp(TensorFunction func, Tensor[] primals, Tensor[] tangents, bool strict)
    {
        if (primals.Length == 0) throw new TorchException("jvp(f, primals, tangents): Expected primals to contain at least one Tensor.");
        if (primals.Length != tangents.Length)
            throw new TorchException($"jvp(f, primals, tangents): Expected primals and tangents to have the same python structure. For example, if primals is a tuple of 3 tensors, tangents also must be. Got primals with structure {primals.Length} tensors and tangents with structure {tangents.Length} tensors");
        for (int i = 0; i < primals.Length; i++)
            if (primals[i].SizesRef != tangents[i].SizesRef)
                throw new TorchException($"Expected tangent {i} to have the shape {primals[i].shape} of its primal, but got {tangents[i].shape}");
        (Tensor[] outputs, Func<Tensor?[], Tensor?[]> push) = Linearize(func, primals, [.. Enumerable.Range(0, primals.Length)]);
        Tensor?[] pushed = push(tangents);
        if (strict && pushed.Any(p => p is null))
            throw new TorchException("jvp(f, primals, tangents, strict=True): The output of f is independent of the inputs. This is not allowed with strict=True.");
        return (outputs, OrZeros(pushed, outputs));
    }

    /// <summary>The Jacobian by rows: blocks by output, then argument.</summary>
    internal static Tensor[][] JacRev(TensorFunction func, Tensor[] arguments, Dims argnums)
    {
        var level = new TransformLevel();
        using GradModeScope _ = torch.enable_grad();
        (Tensor[] all, Tensor[] wrapped) = level.Wrap(arguments, TransformLevel.Positions(argnums, arguments.Length));
        Tensor[] outputs = func.Call(all);
        return Array.ConvertAll(outputs, o => level.Release(JacobianMatrix.Rows(o, 0, wrapped, createGraph: true, strict: false)));
    }

    /// <summary>The Jacobian by columns: blocks by output, then argument.</summary>
    internal static Tensor[][] JacFwd(TensorFunction func, Tensor[] arguments, Dims argnums)
    {
        int[] positions = TransformLevel.Positions(argnums, arguments.Length);
        (Tensor[] outputs, Func<Tensor?[], Tensor?[]> push) = Linearize(func, arguments, positions);
        Tensor[][] blocks = Array.ConvertAll(outputs, _ => new Tensor[positions.Length]);
        for (int i = 0; i < positions.Length; i++)
        {
            var columns = Array.ConvertAll(outputs, _ => new List<Tensor>());
            foreach (Tensor unit in Differentiation.Basis(arguments[positions[i]]))
            {
                var tangents = new Tensor?[positions.Length];
                tangents[i] = unit;
                Tensor?[] pushed = push(tangents);
                for (int o = 0; o < outputs.Length; o++) columns[o].Add(pushed[o] ?? Differentiation.ZerosLike(outputs[o]));
            }
            for (int o = 0; o < outputs.Length; o++) blocks[o][i] = JacobianMatrix.Columns(columns[o], outputs[o], arguments[positions[i]]);
        }
        return blocks;
    }

    internal static Tensor[] OrZeros(Tensor?[] grads, Tensor[] like) => [.. grads.Select((g, i) => g ?? Differentiation.ZerosLike(like[i]))];
}
