"""A variational autoencoder of small images: bright spots of random place and width."""
import torch
from torch import nn
import torch.nn.functional as F

torch.manual_seed(0)


def spots(count, size=16):
    place = torch.rand(count, 2, 1, 1) * 10 + 3
    width = torch.rand(count, 1, 1) * 2 + 1.5
    rows = torch.arange(size).view(1, size, 1)
    columns = torch.arange(size).view(1, 1, size)
    distance = (rows - place[:, 0]) ** 2 + (columns - place[:, 1]) ** 2
    return torch.exp(-distance / (2 * width ** 2)).flatten(1)


class VAE(nn.Module):
    def __init__(self, pixels, hidden, latent):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(pixels, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU())
        self.mean = nn.Linear(hidden, latent)
        self.log_variance = nn.Linear(hidden, latent)
        self.decoder = nn.Sequential(nn.Linear(latent, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, pixels))

    def reparameterize(self, mean, log_variance):
        return mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)

    def forward(self, x):
        h = self.encoder(x)
        mean, log_variance = self.mean(h), self.log_variance(h)
        return self.decoder(self.reparameterize(mean, log_variance)), mean, log_variance


def loss_of(x):
    logits, mean, log_variance = model(x)
    reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    divergence = -0.5 * torch.sum(1 + log_variance - mean ** 2 - torch.exp(log_variance))
    return (reconstruction + divergence) / len(x)


train, test = spots(2048), spots(512)
model = VAE(256, 128, 4)
optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)

for epoch in range(20):
    order = torch.randperm(len(train))
    total = 0.0
    for start in range(0, len(train), 64):
        x = train[order[start:start + 64]]
        loss = loss_of(x)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    if epoch % 5 == 4:
        print(f"epoch {epoch + 1}: loss {total / 32:.3f}")

with torch.no_grad():
    print(f"test loss {loss_of(test).item():.3f} nats per image")
    entropy = F.binary_cross_entropy(test, test, reduction="sum") / len(test)
    print(f"of which {entropy.item():.3f} are the pixels' own entropy")
