#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using Facula;
using static Facula.torch;
using F = Facula.torch.nn.functional;

// A convolutional network that reads generated digits, trained with augmentation and a cosine schedule.
manual_seed(0);

string[] font =
[
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
];

var model = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding: 1, bias: false), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3, padding: 1, bias: false), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Dropout(0.2), nn.Linear(32 * 7 * 7, 10));

var (train_images, train_labels) = Digits(2000);
var (test_images, test_labels) = Digits(1000);
var optimizer = optim.SGD(model.parameters(), lr: 0.01, momentum: 0.9, weight_decay: 1e-4, nesterov: true);
var scheduler = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: 6);

for (int epoch = 0; epoch < 6; epoch++)
{
    model.train();
    Tensor order = randperm(train_images.Length);
    double total = 0;
    for (int start = 0; start < order.Length; start += 50)
    {
        Tensor chosen = order[start..(start + 50)];
        Tensor loss = F.cross_entropy(model.call(Augmented(train_images[chosen])), train_labels[chosen], label_smoothing: 0.05);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        total += loss.item<float>();
    }
    scheduler.step();
    Console.WriteLine($"epoch {epoch + 1}: loss {total / 40:F4}, next learning rate {scheduler.get_last_lr()[0]:F5}");
}

model.eval();
using (no_grad())
{
    Tensor logits = model.call(test_images);
    float right = (logits.argmax(1) == test_labels).@float().mean().item<float>();
    Console.WriteLine($"test loss {F.cross_entropy(logits, test_labels).item():F4}, {right * 100:F1}% of the digits right");
}

// The ten digits, (10, 21, 15), each dot of the font three pixels wide.
Tensor Glyphs()
{
    Tensor[] shapes = [.. font.Select(digit => stack(digit.Split(' ').Select(row => tensor(row.Select(dot => dot - '0').ToArray())).ToArray()))];
    return stack(shapes).@float().repeat_interleave(3, 1).repeat_interleave(3, 2);
}

// Digits at random places of noisy images of 28 x 28 pixels.
(Tensor images, Tensor labels) Digits(int count)
{
    Tensor labels = randint(0, 10, [count]);
    Tensor images = zeros(count, 1, 28, 28), shapes = Glyphs();
    long[] top = randint(0, 8, [count]).ToArray<long>(), left = randint(0, 14, [count]).ToArray<long>(), label = labels.ToArray<long>();
    for (int i = 0; i < count; i++)
        images[i, 0, (int)top[i]..(int)(top[i] + 21), (int)left[i]..(int)(left[i] + 15)] = shapes[label[i]];
    Tensor strength = rand(count, 1, 1, 1) * 0.6 + 0.4;
    return (images * strength + randn(count, 1, 28, 28) * 0.25, labels);
}

// Shifted by up to two pixels, brighter or darker, with a square of noise put over a random place.
static Tensor Augmented(Tensor images)
{
    long[] shift = randint(-2, 3, [2]).ToArray<long>();
    images = roll(images, (shift[0], shift[1]), (2, 3)) * (rand(images.Length, 1, 1, 1) * 0.4 + 0.8);
    long[] place = randint(0, 24, [2]).ToArray<long>();
    int y = (int)place[0], x = (int)place[1];
    images[.., .., y..Math.Min(28, y + 5), x..Math.Min(28, x + 5)] = randn(images.Length, 1, Math.Min(5, 28 - y), Math.Min(5, 28 - x)) * 0.25;
    return images;
}
