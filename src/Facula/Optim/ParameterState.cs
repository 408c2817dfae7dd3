namespace Facula;

/// <summary>What a built-in optimizer keeps for one parameter, in typed fields; dictionaries are made only for those who ask.</summary>
internal abstract class ParameterState
{
    /// <summary>How many steps the parameter has made.</summary>
    internal long Step;

    /// <summary>The entries by PyTorch's names, tensors shared.</summary>
    internal abstract void Export(OrderedDict<string, object?> entries);

    /// <summary>Takes over one entry; tensors are the state's own already.</summary>
    internal abstract void Import(string name, object? value);

    private protected object StepAsTensor() => Tensor.FromScalar((double)Step, torch.float32);

    private protected static double Number(object? value) => value is Tensor tensor ? tensor.item().ToDouble() : GroupOption.From(value);
}
