namespace Facula;

/// <summary>A function of tensors as the transforms see it: from a list to a list, with what the user's form of it says of both.</summary>
internal sealed class TensorFunction
{
    private readonly Func<Tensor[], Tensor[]> _call;
    private readonly int _arity;

    private TensorFunction(int arity, bool manyOutputs, Func<Tensor[], Tensor[]> call) => (_arity, ManyOutputs, _call) = (arity, manyOutputs, call);

    /// <summary>Whether the user's function takes several tensors, as a tuple of Python's.</summary>
    internal bool ManyInputs => _arity != 1;

    /// <summary>Whether it gives several.</summary>
    internal bool ManyOutputs { get; }

    internal Tensor[] Call(params Tensor[] inputs)
    {
        if (_arity > 0 && inputs.Length != _arity) throw new ArgumentException($"the function takes {_arity} tensors but {inputs.Length} were given");
        return _call(inputs);
    }

    internal static TensorFunction Of(Func<Tensor, Tensor> f) => new(1, false, x => [f(x[0])]);
    internal static TensorFunction Of(Func<Tensor, Tensor, Tensor> f) => new(2, false, x => [f(x[0], x[1])]);
    internal static TensorFunction Of(Func<Tensor, Tensor, Tensor, Tensor> f) => new(3, false, x => [f(x[0], x[1], x[2])]);
    internal static TensorFunction Of(Func<Tensor[], Tensor> f) => new(0, false, x => [f(x)]);
    internal static TensorFunction Of(Func<Tensor, TensorList> f) => new(1, true, x => f(x[0]).Items);
    internal static TensorFunction Of(Func<Tensor, Tensor, TensorList> f) => new(2, true, x => f(x[0], x[1]).Items);
    internal static TensorFunction Of(Func<Tensor[], TensorList> f) => new(0, true, x => f(x).Items);

    /// <summary>The same inputs, another computation.</summary>
    internal TensorFunction With(bool manyOutputs, Func<Tensor[], Tensor[]> call) => new(_arity, manyOutputs, call);
}
