"""A convolutional network that reads generated digits, trained with augmentation and a cosine schedule."""
import torch
from torch import nn
import torch.nn.functional as F

torch.manual_seed(0)

FONT = [
    "01110 10001 10011 10101 11001 10001 01110",
    "00100 01100 00100 00100 00100 00100 01110",
    "01110 10001 00001 00010 00100 01000 11111",
    "11111 00010 00100 00010 00001 10001 01110",
    "00010 00110 01010 10010 11111 00010 00010",
    "11111 10000 11110 00001 00001 10001 01110",
    "00110 01000 10000 11110 10001 10001 01110",
    "11111 00001 00010 00100 01000 01000 01000",
    "01110 10001 10001 01110 10001 10001 01110",
    "01110 10001 10001 01111 00001 00010 01100",
]


def glyphs():
    """The ten digits, (10, 21, 15), each dot of the font three pixels wide."""
    rows = torch.tensor([[[float(dot) for dot in row] for row in digit.split()] for digit in FONT])
    return rows.repeat_interleave(3, 1).repeat_interleave(3, 2)


def digits(count):
    """Digits at random places of noisy images of 28 x 28 pixels."""
    labels = torch.randint(0, 10, (count,))
    images = torch.zeros(count, 1, 28, 28)
    shapes = glyphs()
    top, left = torch.randint(0, 8, (count,)).tolist(), torch.randint(0, 14, (count,)).tolist()
    for i, label in enumerate(labels.tolist()):
        images[i, 0, top[i]:top[i] + 21, left[i]:left[i] + 15] = shapes[label]
    strength = torch.rand(count, 1, 1, 1) * 0.6 + 0.4
    return images * strength + torch.randn(count, 1, 28, 28) * 0.25, labels


def augmented(images):
    """Shifted by up to two pixels, brighter or darker, with a square of noise put over a random place."""
    down, right = torch.randint(-2, 3, (2,)).tolist()
    images = torch.roll(images, (down, right), (2, 3)) * (torch.rand(len(images), 1, 1, 1) * 0.4 + 0.8)
    y, x = torch.randint(0, 24, (2,)).tolist()
    images[:, :, y:y + 5, x:x + 5] = torch.randn(len(images), 1, min(5, 28 - y), min(5, 28 - x)) * 0.25
    return images


model = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Dropout(0.2), nn.Linear(32 * 7 * 7, 10))

train_images, train_labels = digits(2000)
test_images, test_labels = digits(1000)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4, nesterov=True)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=6)

for epoch in range(6):
    model.train()
    order = torch.randperm(len(train_images))
    total = 0.0
    for start in range(0, len(order), 50):
        chosen = order[start:start + 50]
        loss = F.cross_entropy(model(augmented(train_images[chosen])), train_labels[chosen], label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    scheduler.step()
    print(f"epoch {epoch + 1}: loss {total / 40:.4f}, next learning rate {scheduler.get_last_lr()[0]:.5f}")

model.eval()
with torch.no_grad():
    logits = model(test_images)
    print(f"test loss {F.cross_entropy(logits, test_labels).item():.4f}, {(logits.argmax(1) == test_labels).float().mean().item():.1%} of the digits right")
