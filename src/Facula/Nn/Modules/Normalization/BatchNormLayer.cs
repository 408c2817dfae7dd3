namespace Facula.Modules;

/// <summary>What batch and instance normalisation share: statistics, affine parameters, printed form.</summary>
public abstract class NormLayer : nn.Module<Tensor, Tensor>
{
    private protected NormLayer(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        Device = device;
        DType = dtype;
        Initialize();
    }

    private protected Device? Device { get; }
    private protected ScalarType? DType { get; }

    private void Initialize()
    {
        if (this is ILazyModule)
        {
            if (affine)
            {
                weight = new UninitializedParameter(device: Device, dtype: DType);
                bias = new UninitializedParameter(device: Device, dtype: DType);
            }
            if (!track_running_stats) return;
            register_buffer("running_mean", new UninitializedBuffer(Device, DType));
            register_buffer("running_var", new UninitializedBuffer(Device, DType));
            register_buffer("num_batches_tracked", torch.tensor(0));
            return;
        }
        if (affine)
        {
            weight = new Parameter(torch.ones(new Size(num_features), dtype: DType, device: Device));
            bias = new Parameter(torch.zeros(new Size(num_features), dtype: DType, device: Device));
        }
        if (!track_running_stats) return;
        register_buffer("running_mean", torch.zeros(new Size(num_features), dtype: DType, device: Device));
        register_buffer("running_var", torch.ones(new Size(num_features), dtype: DType, device: Device));
        register_buffer("num_batches_tracked", torch.tensor(0));
    }

    /// <summary>The part of a lazy layer: the channels of the first input give parameters and buffers their shapes.</summary>
    private protected void InferFeatures(Tensor input)
    {
        if (!Laziness.AnyOf(this)) return;
        num_features = input.shape[1];
        foreach (Tensor? tensor in (Tensor?[])[weight, bias, running_mean, running_var]) Laziness.Materialize(tensor, num_features);
        reset_parameters();
    }

    public long num_features { get; protected set; }
    public double eps { get; set; }
    public double? momentum { get; set; }
    public bool affine { get; }
    public bool track_running_stats { get; }

    /// <summary>Scale (num_features), or null.</summary>
    public Parameter? weight { get => Live(field); set; }

    /// <summary>Shift (num_features), or null.</summary>
    public Parameter? bias { get => Live(field); set; }

    /// <summary>Running mean (num_features), or null.</summary>
    public Tensor? running_mean
    {
        get => BufferOrNull("running_mean");
        set => register_buffer("running_mean", value);
    }

    /// <summary>Running variance (num_features), or null.</summary>
    public Tensor? running_var
    {
        get => BufferOrNull("running_var");
        set => register_buffer("running_var", value);
    }

    /// <summary>Number of training batches seen, or null.</summary>
    public Tensor? num_batches_tracked
    {
        get => BufferOrNull("num_batches_tracked");
        set => register_buffer("num_batches_tracked", value);
    }

    protected override int StateVersion => 2;

    protected override void LoadOwnState(OrderedDict<string, Tensor> state, string prefix, bool assign, List<string> missing, List<string> unexpected, List<string> errors)
    {
        base.LoadOwnState(state, prefix, assign, missing, unexpected, errors);
        // Checkpoints of before version 2 do not count batches.
        bool old = state._metadata is { } metadata && metadata.TryGetValue(prefix.TrimEnd('.'), out var own) && own.TryGetValue("version", out object? version) && System.Convert.ToInt64(version) < 2;
        if (old) missing.Remove(prefix + "num_batches_tracked");
    }

    /// <summary>Zero mean, unit variance, no batches.</summary>
    public void reset_running_stats()
    {
        if (!track_running_stats) return;
        running_mean!.zero_();
        running_var!.fill_(1);
        num_batches_tracked!.zero_();
    }

    /// <summary>Forgets statistics; scale 1, shift 0.</summary>
    public void reset_parameters()
    {
        reset_running_stats();
        if (!affine) return;
        nn.init.ones_(weight!);
        nn.init.zeros_(bias!);
    }

    public override string extra_repr() =>
        $"{num_features}, eps={PythonText.Float(eps)}, momentum={(momentum is { } m ? PythonText.Float(m) : "None")}, affine={PythonText.Of(affine)}, track_running_stats={PythonText.Of(track_running_stats)}";
}

/// <summary>Batch normalisation of the channels of (N, C, …).</summary>
public abstract class BatchNormLayer : NormLayer
{
    private protected BatchNormLayer(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype)
    {
    }

    private protected abstract void CheckInput(Tensor input);

    public override Tensor forward(Tensor input)
    {
        CheckInput(input);
        double factor = momentum ?? 0;
        if (training && track_running_stats && num_batches_tracked is { } batches)
        {
            batches.add_(1);
            factor = momentum ?? 1.0 / batches.item().ToDouble();
        }
        bool ownStatistics = training || (running_mean is null && running_var is null);
        return nn.functional.batch_norm(input,
            !training || track_running_stats ? running_mean : null, !training || track_running_stats ? running_var : null,
            weight, bias, ownStatistics, factor, eps);
    }
}
