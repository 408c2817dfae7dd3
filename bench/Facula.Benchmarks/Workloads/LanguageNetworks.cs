using Facula.Modules;
using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Workloads;

/// <summary>The networks of text among <see cref="Networks"/>: recurrent ones, step by step and by layers, and transformers.</summary>
internal static class LanguageNetworks
{
    public static void AddTo(Action<string, Func<Action>> add)
    {
        add("char_gru_s64_b32_h128_l2_adam_step", Characters);
        add("names_rnn_by_hand_10_letters", Names);
        add("seq2seq_attention_10_words", Translation);
        add("tagger_lstm_5_words_sgd_step", Tagger);
        add("text_bag_20000x64_b64_sgd_step", Bag);
        add("gpt_l4_d128_h4_s64_b16_adamw_step", () =>
        {
            var model = new Gpt();
            return Training.ClassifierStep(x => model.call(x).view(-1, 65), optim.AdamW(model.parameters(), lr: 1e-3), randint(0, 65, [16, 64]), randint(0, 65, [16 * 64]));
        });
        add("gpt_l4_d128_h4_s64_b1_infer", () =>
        {
            var model = new Gpt();
            Tensor x = randint(0, 65, [1, 64]);
            return () => { using (no_grad()) model.call(x); };
        });
        add("bert_l2_d768_h12_s128_b1_infer", () =>
        {
            TransformerEncoder m = nn.TransformerEncoder(nn.TransformerEncoderLayer(768, 12, 3072, activation: "gelu", batch_first: true), 2);
            m.eval();
            Tensor x = randn(1, 128, 768, requires_grad: true);
            return () => { using (no_grad()) m.call(x); };
        });
    }

    private static Action Characters()
    {
        Embedding table = nn.Embedding(100, 64);
        GRU gru = nn.GRU(64, 128, 2, batch_first: true);
        Linear head = nn.Linear(128, 100);
        Parameter[] parameters = [.. Networks.All(table, gru, head)];
        var optimizer = optim.Adam(parameters, lr: 1e-3);
        Tensor x = randint(0, 100, [32, 64]), y = randint(0, 100, [32 * 64]);
        return () =>
        {
            optimizer.zero_grad(set_to_none: true);
            F.cross_entropy(head.call(gru.call(table.call(x)).output).view(-1, 100), y).backward();
            nn.utils.clip_grad_norm_(parameters, 1.0);
            optimizer.step();
        };
    }

    private static Action Names()
    {
        Linear i2h = nn.Linear(57 + 128, 128), i2o = nn.Linear(57 + 128, 18);
        Parameter[] parameters = [.. Networks.All(i2h, i2o)];
        Tensor letters = F.one_hot(randint(0, 57, [10, 1]), 57).@float(), category = tensor([3L]);
        return () =>
        {
            Tensor hidden = zeros(1, 128), output = hidden;
            foreach (Parameter p in parameters) p.grad = null;
            for (int i = 0; i < 10; i++)
            {
                Tensor combined = cat([letters[i], hidden], 1);
                (hidden, output) = (i2h.call(combined), i2o.call(combined));
            }
            Tensor loss = F.nll_loss(F.log_softmax(output, dim: 1), category);
            loss.backward();
            foreach (Parameter p in parameters) p.data.add_(p.grad!.data, alpha: -0.005);
            loss.item();
        };
    }

    private static Action Translation()
    {
        Embedding sourceTable = nn.Embedding(2000, 128), table = nn.Embedding(2000, 128);
        GRU sourceGru = nn.GRU(128, 128), gru = nn.GRU(128, 128);
        Linear attend = nn.Linear(256, 10), combine = nn.Linear(256, 128), last = nn.Linear(128, 2000);
        Tensor source = randint(0, 2000, [10, 1]), target = randint(0, 2000, [10, 1]);
        return Networks.Step(optim.SGD(Networks.All(sourceTable, sourceGru, table, attend, combine, gru, last), lr: 0.01), () =>
        {
            Tensor hidden = zeros(1, 1, 128), encoded = zeros(10, 128), output;
            for (int i = 0; i < 10; i++)
            {
                (output, hidden) = sourceGru.call(sourceTable.call(source[i]).view(1, 1, -1), hidden);
                encoded[i] = output[0, 0];
            }
            Tensor? loss = null;
            Tensor word = zeros(1, dtype: int64);
            for (int i = 0; i < 10; i++)
            {
                Tensor embedded = table.call(word).view(1, 1, -1);
                Tensor weights = F.softmax(attend.call(cat([embedded[0], hidden[0]], 1)), dim: 1);
                Tensor applied = bmm(weights.unsqueeze(0), encoded.unsqueeze(0));
                output = F.relu(combine.call(cat([embedded[0], applied[0]], 1)).unsqueeze(0));
                (output, hidden) = gru.call(output, hidden);
                Tensor one = F.nll_loss(F.log_softmax(last.call(output[0]), dim: 1), target[i]);
                loss = loss is null ? one : loss + one;
                word = target[i];
            }
            return loss!;
        });
    }

    private static Action Tagger()
    {
        Embedding table = nn.Embedding(9, 6);
        LSTM lstm = nn.LSTM(6, 6);
        Linear head = nn.Linear(6, 3);
        return Training.ClassifierStep(x => F.log_softmax(head.call(lstm.call(table.call(x).view(5, 1, -1)).output.view(5, -1)), dim: 1),
            optim.SGD(Networks.All(table, lstm, head), lr: 0.1), randint(0, 9, [5]), randint(0, 3, [5]));
    }

    private static Action Bag()
    {
        EmbeddingBag m = nn.EmbeddingBag(20000, 64);
        Linear head = nn.Linear(64, 4);
        Tensor offsets = arange(0, 64 * 40, 40);
        return Training.ClassifierStep(x => head.call(m.call(x, offsets)), optim.SGD(Networks.All(m, head), lr: 5.0), randint(0, 20000, [64 * 40]), randint(0, 4, [64]));
    }

    /// <summary>A decoder of four blocks, its attention written out with a mask as in minimal implementations.</summary>
    private sealed class Gpt : nn.Module<Tensor, Tensor>
    {
        private readonly Embedding table = nn.Embedding(65, 128), place = nn.Embedding(64, 128);
        private readonly Sequential blocks = nn.Sequential(new Block(), new Block(), new Block(), new Block());
        private readonly LayerNorm norm = nn.LayerNorm(128);
        private readonly Linear head = nn.Linear(128, 65);

        public override Tensor forward(Tensor x) => head.call(norm.call(blocks.call(table.call(x) + place.call(arange(64)))));

        private sealed class Block : nn.Module<Tensor, Tensor>
        {
            private readonly LayerNorm ln1 = nn.LayerNorm(128), ln2 = nn.LayerNorm(128);
            private readonly Linear qkv = nn.Linear(128, 384, bias: false), proj = nn.Linear(128, 128);
            private readonly Sequential mlp = nn.Sequential(nn.Linear(128, 512), nn.GELU(), nn.Linear(512, 128));
            private readonly Tensor mask = tril(ones(64, 64)) == 0;

            public override Tensor forward(Tensor x)
            {
                long b = x.shape[0], t = x.shape[1], c = x.shape[2];
                Tensor[] parts = qkv.call(ln1.call(x)).split(c, dim: 2);
                Tensor Heads(int i) => parts[i].view(b, t, 4, c / 4).transpose(1, 2);
                Tensor q = Heads(0), k = Heads(1), v = Heads(2);
                Tensor scores = matmul(q, k.transpose(-2, -1)) * (1.0 / Math.Sqrt(c / 4));
                scores = F.softmax(scores.masked_fill(mask[..(int)t, ..(int)t], double.NegativeInfinity), dim: -1);
                x = x + proj.call(matmul(scores, v).transpose(1, 2).contiguous().view(b, t, c));
                return x + mlp.call(ln2.call(x));
            }
        }
    }
}
