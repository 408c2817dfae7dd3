using Facula;
using Facula.Modules;
using static Facula.torch;
using static Facula.torch.nn;

namespace Programs.InTorchSharpsManner;

/// <summary>Sequence programs as TorchSharp's users write them.</summary>
public class SequencePrograms
{
    private const long Tokens = 40;

    [Fact]
    public void A_transformer_learns_the_next_token()
    {
        torch.manual_seed(1);
        var device = torch.CPU;
        using var model = new TransformerModel(Tokens, 16, 2, 32, 2, 0.1, device);
        var source = torch.arange(0, 160, ScalarType.Int64).remainder(Tokens).view(40, 4);
        var loss = CrossEntropyLoss(reduction: nn.Reduction.Mean);
        var optimizer = torch.optim.SGD(model.parameters(), 0.5);
        var scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, 0.95);
        var losses = new List<float>();
        for (int epoch = 0; epoch < 3; epoch++)
        {
            model.train();
            using var d = torch.NewDisposeScope();
            var src_mask = model.GenerateSquareSubsequentMask(10);
            for (int i = 0; i + 11 <= 40; i += 10)
            {
                var data = source[torch.TensorIndex.Slice(i, i + 10)];
                var targets = source[torch.TensorIndex.Slice(i + 1, i + 11)].reshape(-1);
                optimizer.zero_grad();
                using (var output = model.call(data, src_mask))
                {
                    var lossVal = loss.call(output.view(-1, Tokens), targets);
                    lossVal.backward();
                    torch.nn.utils.clip_grad_norm_(model.parameters().ToArray(), 0.5);
                    optimizer.step();
                    losses.Add(lossVal.to(torch.CPU).item<float>());
                }
            }
            scheduler.step();
            Assert.True(optimizer.ParamGroups.First().LearningRate < 0.5);
        }
        Assert.True(losses[^1] < losses[0], $"{losses[^1]} after {losses[0]}");
    }

    [Fact]
    public void Recurrent_networks_take_TorchSharps_argument_names()
    {
        var lstm = LSTM(inputSize: 3, hiddenSize: 4, numLayers: 2, batchFirst: true);
        var x = torch.randn(2, 5, 3);
        var (output, h, c) = lstm.call(x);
        Assert.Equal([2L, 5, 4], output.shape.ToArray());
        (output, h, c) = lstm.call(x, (h, c));
        var gru = GRU(inputSize: 3, hiddenSize: 4);
        var rnn = RNN(inputSize: 3, hiddenSize: 4, nonLinearity: NonLinearities.ReLU);
        Assert.Equal([1L, 2, 4], gru.call(torch.randn(5, 2, 3)).Item2.shape.ToArray());
        Assert.Equal([1L, 2, 4], rnn.forward(torch.randn(5, 2, 3)).Item2.shape.ToArray());
    }

    private sealed class TransformerModel : Module<Tensor, Tensor, Tensor>
    {
        private readonly TransformerEncoder transformer_encoder;
        private readonly PositionalEncoding pos_encoder;
        private readonly Embedding encoder;
        private readonly Linear decoder;
        private readonly long ninputs;
        private readonly Device device;

        public TransformerModel(long ntokens, long ninputs, long nheads, long nhidden, long nlayers, double dropout = 0.5, Device device = null!) : base("Transformer")
        {
            this.ninputs = ninputs;
            this.device = device ?? torch.CPU;
            pos_encoder = new PositionalEncoding(ninputs, dropout);
            var encoder_layers = TransformerEncoderLayer(ninputs, nheads, nhidden, dropout);
            transformer_encoder = TransformerEncoder(encoder_layers, nlayers);
            encoder = Embedding(ntokens, ninputs);
            decoder = Linear(ninputs, ntokens);
            InitWeights();
            RegisterComponents();
            if (device is { } place && place.type == DeviceType.CUDA) this.to(place);
        }

        public Tensor GenerateSquareSubsequentMask(long size)
        {
            var mask = (torch.ones(new long[] { size, size }) == 1).triu().transpose(0, 1);
            return mask.to_type(ScalarType.Float32)
                .masked_fill(mask == 0, float.NegativeInfinity)
                .masked_fill(mask == 1, 0.0f).to(device);
        }

        private void InitWeights()
        {
            var initrange = 0.1;
            init.uniform_(encoder.weight, -initrange, initrange);
            init.zeros_(decoder.bias!);
            init.uniform_(decoder.weight, -initrange, initrange);
        }

        public override Tensor forward(Tensor t, Tensor mask)
        {
            var src = pos_encoder.call(encoder.call(t) * MathF.Sqrt(ninputs));
            var enc = transformer_encoder.call(src, mask);
            return decoder.call(enc);
        }
    }

    private sealed class PositionalEncoding : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> dropout;
        private readonly Tensor pe;

        public PositionalEncoding(long dmodel, double dropout, int maxLen = 500) : base("PositionalEncoding")
        {
            this.dropout = Dropout(dropout);
            var pe = torch.zeros(new long[] { maxLen, dmodel });
            var position = torch.arange(0, maxLen, 1).unsqueeze(1);
            var divTerm = (torch.arange(0, dmodel, 2) * (-Math.Log(10000.0) / dmodel)).exp();
            pe[torch.TensorIndex.Ellipsis, torch.TensorIndex.Slice(0, null, 2)] = (position * divTerm).sin();
            pe[torch.TensorIndex.Ellipsis, torch.TensorIndex.Slice(1, null, 2)] = (position * divTerm).cos();
            this.pe = pe.unsqueeze(0).transpose(0, 1);
            RegisterComponents();
        }

        public override Tensor forward(Tensor t)
        {
            using var x = t + pe[torch.TensorIndex.Slice(null, t.shape[0]), torch.TensorIndex.Slice()];
            return dropout.call(x);
        }
    }
}
