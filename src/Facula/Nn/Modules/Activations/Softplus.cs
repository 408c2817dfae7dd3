namespace Facula.Modules;

/// <summary>log(1 + e^(βx))/β, linear above the threshold.</summary>
[Factory("torch.nn")]
public class Softplus : nn.Module<Tensor, Tensor>
{
    public Softplus(Scalar? beta = null, Scalar? threshold = null)
    {
        this.beta = beta;
        this.threshold = threshold;
    }

    public Scalar? beta { get; set; }
    public Scalar? threshold { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.softplus(input, (beta ?? 1).ToDouble(), (threshold ?? 20).ToDouble());

    public override string extra_repr() => $"beta={beta ?? 1}, threshold={threshold ?? 20}";
}
