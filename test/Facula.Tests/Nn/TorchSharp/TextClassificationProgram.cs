using Facula;
using Facula.Modules;
using static Facula.torch;
using static Facula.torch.nn;

namespace Programs.InTorchSharpsManner;

/// <summary>A text classifier over bags of words, as TorchSharp's users write it.</summary>
public class TextClassificationProgram
{
    [Fact]
    public void A_bag_of_words_learns_which_class_its_words_belong_to()
    {
        torch.random.manual_seed(3);
        using var model = new TextClassificationModel(60, 8, 3);
        var loss = CrossEntropyLoss();
        var optimizer = torch.optim.SGD(model.parameters(), learningRate: 5.0);
        var scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, 0.9);
        double total_acc = 0;
        for (int epoch = 0; epoch < 5; epoch++)
        {
            total_acc = 0;
            model.train();
            using var d = torch.NewDisposeScope();
            foreach (var (labels, texts, offsets) in Batches(10))
            {
                optimizer.zero_grad();
                using (var predicted_labels = model.call(texts, offsets))
                {
                    var output = loss.call(predicted_labels, labels);
                    output.backward();
                    torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5);
                    optimizer.step();
                    total_acc += (predicted_labels.argmax(1) == labels).sum().to(torch.CPU).item<long>();
                }
            }
            scheduler.step();
        }
        Assert.True(total_acc > 60, $"{total_acc} of 80");
    }

    // The words of class c are c·20 to c·20 + 19.
    private static IEnumerable<(Tensor, Tensor, Tensor)> Batches(int count)
    {
        var random = new Random(5);
        for (int i = 0; i < count; i++)
        {
            var words = new List<long>();
            var labels = new long[8];
            var offsets = new long[8];
            for (int j = 0; j < 8; j++)
            {
                labels[j] = random.Next(3);
                offsets[j] = words.Count;
                for (int k = random.Next(3, 9); k > 0; k--) words.Add(labels[j] * 20 + random.Next(20));
            }
            yield return (torch.tensor(labels), torch.tensor(words.ToArray()), torch.tensor(offsets));
        }
    }

    private sealed class TextClassificationModel : Module<Tensor, Tensor, Tensor>
    {
        private readonly EmbeddingBag embedding;
        private readonly Linear fc;

        public TextClassificationModel(long vocab_size, long embed_dim, long num_class) : base("TextClassification")
        {
            embedding = EmbeddingBag(vocab_size, embed_dim, mode: EmbeddingBagMode.Mean, sparse: false);
            fc = Linear(embed_dim, num_class);
            InitWeights();
            RegisterComponents();
        }

        private void InitWeights()
        {
            var initrange = 0.5;
            init.uniform_(embedding.weight, -initrange, initrange);
            init.uniform_(fc.weight, -initrange, initrange);
            init.zeros_(fc.bias!);
        }

        public override Tensor forward(Tensor input, Tensor offsets)
        {
            using var t = embedding.call(input, offsets);
            return fc.forward(t);
        }
    }
}
