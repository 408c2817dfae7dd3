using Facula.Modules;

namespace Facula;

/// <summary>What an optimizer is given: parameters in one or several groups. The generator makes the public forms of its constructors from it.</summary>
internal readonly struct ParamGroupList
{
    internal readonly ParamGroup[] Items;

    private ParamGroupList(ParamGroup[] items) => Items = items;

    internal static ParamGroupList Of(IEnumerable<Tensor> parameters)
    {
        if (parameters is Tensor tensor)
            throw new ArgumentException($"params argument given to the optimizer should be an iterable of Tensors or dicts, but got torch.{tensor.dtype.LegacyName}Tensor");
        var group = new ParamGroup(parameters);
        return new(group.Items.Length == 0 ? [] : [group]);
    }

    internal static ParamGroupList Of(IEnumerable<(string name, Parameter parameter)> parameters) => Of(parameters.Select(p => (Tensor)p.parameter));

    internal static ParamGroupList Of(IEnumerable<ParamGroup> groups) => new([.. groups]);
}
