#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using Facula;
using Facula.Modules;
using static Facula.torch;
using F = Facula.torch.nn.functional;

// A character-level transformer that learns a small language of generated sentences.
manual_seed(0);

string text = Sentences(1500);
char[] alphabet = [.. text.Distinct().Order()];
Tensor data = tensor(text.Select(c => (long)Array.IndexOf(alphabet, c)).ToArray());
Tensor train = data[..40000], test = data[40000..];
const int context = 48, batch = 16;

var model = new CharTransformer(alphabet.Length, context, 64, 4, 2);
var optimizer = optim.AdamW(model.parameters(), lr: 3e-3);

for (int step = 0; step < 201; step++)
{
    var (x, y) = BatchOf(train);
    Tensor loss = LossOf(x, y);
    optimizer.zero_grad();
    loss.backward();
    nn.utils.clip_grad_norm_(model.parameters(), 1.0);
    optimizer.step();
    if (step % 50 == 0) Console.WriteLine($"step {step}: loss {loss.item():F4}");
}

model.eval();
using (no_grad())
{
    double total = 0;
    for (int i = 0; i < 20; i++)
    {
        var (x, y) = BatchOf(test);
        total += LossOf(x, y).item<float>();
    }
    Console.WriteLine($"test loss {total / 20:F4} nats per character");

    List<long> written = [Array.IndexOf(alphabet, 't')];
    for (int i = 0; i < 60; i++)
    {
        Tensor logits = model.call(tensor(written.TakeLast(context).ToArray()).unsqueeze(0))[0, -1];
        written.Add((long)logits.argmax());
    }
    Console.WriteLine(string.Concat(written.Select(i => alphabet[i])).Split('\n')[0]);
}

(Tensor, Tensor) BatchOf(Tensor source)
{
    long[] starts = randint(0, source.Length - context - 1, [batch]).ToArray<long>();
    return (stack(starts.Select(i => source[(int)i..(int)(i + context)]).ToArray()),
        stack(starts.Select(i => source[(int)(i + 1)..(int)(i + context + 1)]).ToArray()));
}

Tensor LossOf(Tensor x, Tensor y) => F.cross_entropy(model.call(x).flatten(0, 1), y.flatten());

static string Sentences(int count)
{
    string[][] words = [["the", "a", "every"], ["small", "old", "red", "quick"], ["fox", "bird", "child", "ship"],
        ["sees", "finds", "follows", "loves"], ["the", "a", "no"], ["river", "moon", "song", "tree"]];
    long state = 1;
    var text = new System.Text.StringBuilder();
    for (int i = 0; i < count; i++)
    {
        var chosen = new List<string>();
        foreach (string[] group in words)
        {
            state = (state * 1103515245 + 12345) % 2147483648;
            chosen.Add(group[state / 65536 % group.Length]);
        }
        text.AppendJoin(' ', chosen).Append(".\n");
    }
    return text.ToString();
}

class CharTransformer : nn.Module<Tensor, Tensor>
{
    readonly Embedding token, position;
    readonly TransformerEncoder encoder;
    readonly LayerNorm norm;
    readonly Linear head;
    readonly Tensor mask;

    public CharTransformer(int vocabulary, int context, int width, int heads, int layers)
    {
        token = nn.Embedding(vocabulary, width);
        position = nn.Embedding(context, width);
        encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(width, heads, 4 * width, 0.0, "gelu", batch_first: true, norm_first: true), layers);
        norm = nn.LayerNorm(width);
        head = nn.Linear(width, vocabulary);
        mask = Transformer.generate_square_subsequent_mask(context);
        register_buffer("mask", mask);
    }

    public override Tensor forward(Tensor x)
    {
        int length = (int)x.shape[1];
        Tensor h = token.call(x) + position.call(arange(length));
        h = encoder.call(h, mask[..length, ..length]);
        return head.call(norm.call(h));
    }
}
