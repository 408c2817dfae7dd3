namespace Facula.Modules;

/// <summary>A tensor that a module registers as trainable.</summary>
public class Parameter : Tensor
{
    /// <summary>Shares the memory of <paramref name="data"/>.</summary>
    public Parameter(Tensor data, bool requires_grad = true) : base(data)
    {
        if (requires_grad) MadeToRequireGrad();
    }

    /// <summary>PyTorch's printed form of a parameter.</summary>
    public override string ToString() => this is ComputedParameter ? base.ToString() : "Parameter containing:\n" + base.ToString();

    /// <summary>A parameter that is another name of any tensor: same memory, same place in the graph.</summary>
    internal static Parameter StandingFor(Tensor tensor)
    {
        if (tensor is Parameter own) return own;
        var parameter = new Parameter(tensor, requires_grad: false);
        if (!tensor.NeedsGrad) return parameter;
        tensor.GradientEdge();      // a leaf's gradient goes to the tensor itself
        parameter.CopyAutogradFrom(tensor);
        return parameter;
    }

    /// <summary>A copy that is a parameter as well.</summary>
    internal virtual Parameter Copy()
    {
        using GradModeScope _ = torch.no_grad();
        return new Parameter(this.detach().clone(), requires_grad);
    }
}

/// <summary>A tensor that a module registers as a buffer: state that is saved but not trained.</summary>
public class Buffer : Tensor
{
    /// <summary>Whether the buffer is part of the state dict.</summary>
    public bool persistent { get; }

    /// <summary>Shares the memory of <paramref name="data"/>.</summary>
    public Buffer(Tensor data, bool persistent = true) : base(data) => this.persistent = persistent;
}
