namespace Facula.Modules;

/// <summary>log(sigmoid(x)).</summary>
[Factory("torch.nn")]
public class LogSigmoid : nn.Module<Tensor, Tensor>
{
    public override Tensor forward(Tensor input) => nn.functional.logsigmoid(input);
}
