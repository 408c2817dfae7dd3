#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using Facula;
using Facula.Modules;
using static Facula.torch;
using F = Facula.torch.nn.functional;

// A variational autoencoder of small images: bright spots of random place and width.
manual_seed(0);

Tensor train = Spots(2048), test = Spots(512);
var model = new VAE(256, 128, 4);
var optimizer = optim.Adam(model.parameters(), lr: 2e-3);

for (int epoch = 0; epoch < 20; epoch++)
{
    Tensor order = randperm(train.Length);
    double total = 0;
    for (int start = 0; start < train.Length; start += 64)
    {
        Tensor x = train[order[start..(start + 64)]];
        Tensor loss = LossOf(x);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        total += loss.item<float>();
    }
    if (epoch % 5 == 4) Console.WriteLine($"epoch {epoch + 1}: loss {total / 32:F3}");
}

using (no_grad())
{
    Console.WriteLine($"test loss {LossOf(test).item():F3} nats per image");
    Tensor entropy = F.binary_cross_entropy(test, test, reduction: "sum") / test.Length;
    Console.WriteLine($"of which {entropy.item():F3} are the pixels' own entropy");
}

Tensor LossOf(Tensor x)
{
    var (logits, mean, log_variance) = model.call(x);
    Tensor reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction: "sum");
    Tensor divergence = -0.5 * sum(1 + log_variance - mean.pow(2) - exp(log_variance));
    return (reconstruction + divergence) / x.Length;
}

static Tensor Spots(int count, int size = 16)
{
    Tensor place = rand(count, 2, 1, 1) * 10 + 3;
    Tensor width = rand(count, 1, 1) * 2 + 1.5;
    Tensor rows = arange(size).view(1, size, 1);
    Tensor columns = arange(size).view(1, 1, size);
    Tensor distance = (rows - place[.., 0]).pow(2) + (columns - place[.., 1]).pow(2);
    return exp(-distance / (2 * width.pow(2))).flatten(1);
}

class VAE(int pixels, int hidden, int latent) : nn.Module<Tensor, (Tensor logits, Tensor mean, Tensor log_variance)>
{
    readonly Sequential encoder = nn.Sequential(nn.Linear(pixels, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU());
    readonly Linear mean = nn.Linear(hidden, latent);
    readonly Linear log_variance = nn.Linear(hidden, latent);
    readonly Sequential decoder = nn.Sequential(nn.Linear(latent, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, pixels));

    static Tensor Reparameterize(Tensor mean, Tensor log_variance) => mean + randn_like(mean) * exp(0.5 * log_variance);

    public override (Tensor, Tensor, Tensor) forward(Tensor x)
    {
        Tensor h = encoder.call(x);
        Tensor mu = mean.call(h), spread = log_variance.call(h);
        return (decoder.call(Reparameterize(mu, spread)), mu, spread);
    }
}
