"""A character-level transformer that learns a small language of generated sentences."""
import torch
from torch import nn
import torch.nn.functional as F

torch.manual_seed(0)


def sentences(count):
    words = [["the", "a", "every"], ["small", "old", "red", "quick"], ["fox", "bird", "child", "ship"],
             ["sees", "finds", "follows", "loves"], ["the", "a", "no"], ["river", "moon", "song", "tree"]]
    state = 1
    text = ""
    for _ in range(count):
        chosen = []
        for group in words:
            state = (state * 1103515245 + 12345) % 2147483648
            chosen.append(group[state // 65536 % len(group)])
        text += " ".join(chosen) + ".\n"
    return text


class CharTransformer(nn.Module):
    def __init__(self, vocabulary, context, width, heads, layers):
        super().__init__()
        self.token = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(context, width)
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(width, heads, 4 * width, 0.0, "gelu", batch_first=True, norm_first=True), layers)
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, vocabulary)
        self.register_buffer("mask", nn.Transformer.generate_square_subsequent_mask(context))

    def forward(self, x):
        length = x.shape[1]
        h = self.token(x) + self.position(torch.arange(length))
        h = self.encoder(h, self.mask[:length, :length])
        return self.head(self.norm(h))


text = sentences(1500)
alphabet = sorted(set(text))
data = torch.tensor([alphabet.index(c) for c in text])
train, test = data[:40000], data[40000:]
context, batch = 48, 16

model = CharTransformer(len(alphabet), context, 64, 4, 2)
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)


def batch_of(source):
    starts = torch.randint(0, len(source) - context - 1, (batch,))
    x = torch.stack([source[i:i + context] for i in starts.tolist()])
    y = torch.stack([source[i + 1:i + context + 1] for i in starts.tolist()])
    return x, y


def loss_of(x, y):
    return F.cross_entropy(model(x).flatten(0, 1), y.flatten())


for step in range(201):
    x, y = batch_of(train)
    loss = loss_of(x, y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    if step % 50 == 0:
        print(f"step {step}: loss {loss.item():.4f}")

model.eval()
with torch.no_grad():
    total = 0.0
    for _ in range(20):
        total += loss_of(*batch_of(test)).item()
    print(f"test loss {total / 20:.4f} nats per character")

    written = [alphabet.index("t")]
    for _ in range(60):
        logits = model(torch.tensor([written[-context:]]))[0, -1]
        written.append(int(logits.argmax()))
print("".join(alphabet[i] for i in written).split("\n")[0])
