namespace Facula.Modules;

/// <summary>Alpha dropout of whole channels.</summary>
[Factory("torch.nn")]
public class FeatureAlphaDropout : nn.Module<Tensor, Tensor>
{
    public FeatureAlphaDropout(Scalar? p = null, bool inplace = false)
    {
        if (p is { } given && given.ToDouble() is < 0 or > 1)
            throw new ArgumentException($"dropout probability has to be between 0 and 1, but got {given}");
        this.p = p;
        this.inplace = inplace;
    }

    public Scalar? p { get; set; }
    public bool inplace { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.feature_alpha_dropout(input, (p ?? 0.5).ToDouble(), training, inplace);

    public override string extra_repr() => $"p={p ?? 0.5}, inplace={PythonText.Of(inplace)}";
}
