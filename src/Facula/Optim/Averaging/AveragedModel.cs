namespace Facula.Modules;

/// <summary>A copy of a model whose parameters are an average over those of a model in training: stochastic weight averaging, or exponential moving averages.</summary>
[Factory("torch.optim.swa_utils")]
public sealed class AveragedModel : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor, double, Tensor>? _average;
    private readonly Action<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>, Tensor>? _averageAll;
    private readonly bool _useBuffers;

    /// <summary>
    /// A copy of <paramref name="model"/> that averages: equally weighted, or by <paramref name="avg_fn"/> (average, parameter, number of models so far) or
    /// <paramref name="multi_avg_fn"/>, which gets all tensors at once. With <paramref name="use_buffers"/> the buffers are averaged too, else copied.
    /// </summary>
    public AveragedModel(nn.Module model, Device? device = null, Func<Tensor, Tensor, double, Tensor>? avg_fn = null,
        Action<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>, Tensor>? multi_avg_fn = null, bool use_buffers = false)
    {
        if (avg_fn is not null && multi_avg_fn is not null) throw new ArgumentException("Only one of avg_fn and multi_avg_fn should be provided");
        module = model.DeepCopy();
        if (device is { } place) module.to(place);
        n_averaged = new Buffer(torch.tensor(0, dtype: torch.int64, device: device));
        _average = avg_fn;
        _averageAll = multi_avg_fn;
        _useBuffers = use_buffers;
    }

    /// <summary>How many models were averaged.</summary>
    public Buffer n_averaged { get; }

    /// <summary>The averaged model.</summary>
    public nn.Module module { get; }

    /// <summary>The forward pass of the averaged model; one with other arguments is called through <see cref="module"/>.</summary>
    public override Tensor forward(Tensor input) => module is nn.IModule<Tensor, Tensor> plain
        ? plain.call(input)
        : throw new ArgumentException($"{module.GetName()}.forward does not take one tensor; call it through the property module");

    /// <summary>Takes the present parameters of the model into the average.</summary>
    public void update_parameters(nn.Module model)
    {
        using GradModeScope _ = torch.no_grad();
        List<Tensor> averages = [.. module.parameters()], present = [.. model.parameters()];
        if (_useBuffers)
        {
            averages.AddRange(module.buffers());
            present.AddRange(model.buffers());
        }
        for (int i = 0; i < present.Count; i++) present[i] = present[i].detach().to(averages[i].device);
        double count = n_averaged.item().ToDouble();
        if (count == 0)
        {
            for (int i = 0; i < averages.Count; i++) averages[i].copy_(present[i]);
        }
        else if (_averageAll is not null)
        {
            _averageAll([.. averages.Select(a => a.detach())], present, n_averaged);
        }
        else
        {
            for (int i = 0; i < averages.Count; i++)
            {
                Tensor average = averages[i].detach();
                averages[i].copy_(_average is null ? average + (present[i] - average) * (1 / (count + 1)) : _average(average, present[i], count));
            }
        }
        n_averaged.copy_(n_averaged + 1);
    }
}
