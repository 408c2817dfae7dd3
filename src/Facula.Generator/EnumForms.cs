namespace Facula.Generator;

/// <summary>The enumerations that TorchSharp has where PyTorch has text.</summary>
internal static class EnumForms
{
    internal readonly struct EnumForm(string type, string value)
    {
        public string Type => type;

        public string Declaration(string name) => $"{type} {name} = {type}.{value}";
    }

    public static EnumForm? Of(string parameter, string type) => parameter switch
    {
        "reduction" => new EnumForm("global::Facula.torch.nn.Reduction", "Mean"),
        "padding_mode" => new EnumForm("global::Facula.PaddingModes", "Zeros"),
        "nonlinearity" => new EnumForm("global::Facula.torch.nn.NonLinearities", "Tanh"),
        "mode" when type == "EmbeddingBag" => new EnumForm("global::Facula.EmbeddingBagMode", "Mean"),
        _ => null,
    };

    public static string Passed(string name) => $"global::Facula.EnumNames.Of({name})";
}
