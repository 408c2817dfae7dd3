"""PyTorch's side of the networks of images (bench/Facula.Benchmarks/Workloads/VisionNetworks.cs)."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Residual(nn.Module):
    def __init__(self, body, shortcut=None, rectify=False):
        super().__init__()
        self.body, self.shortcut, self.rectify = body, shortcut, rectify

    def forward(self, x):
        y = self.body(x) + (x if self.shortcut is None else self.shortcut(x))
        return F.relu_(y) if self.rectify else y


class Lambda(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Joined(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return torch.cat([x, self.body(x)], 1)


class Patches(nn.Module):
    def __init__(self):
        super().__init__()
        self.patch = nn.Conv2d(3, 192, 16, 16)
        self.token, self.place = nn.Parameter(torch.zeros(1, 1, 192)), nn.Parameter(torch.randn(1, 197, 192) * 0.02)
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(192, 3, 768, dropout=0.0, activation="gelu", batch_first=True, norm_first=True), 4)
        self.norm, self.head = nn.LayerNorm(192), nn.Linear(192, 1000)

    def forward(self, x):
        h = self.patch(x).flatten(2).transpose(1, 2)
        h = torch.cat([self.token.expand(h.shape[0], -1, -1), h], 1) + self.place
        return self.head(self.norm(self.encoder(h))[:, 0])


def conv_norm(i, o, kernel, stride=1, groups=1):
    return [nn.Conv2d(i, o, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(o)]


def alex():
    return nn.Sequential(nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(True), nn.MaxPool2d(3, 2), nn.Conv2d(64, 192, 5, padding=2), nn.ReLU(True), nn.MaxPool2d(3, 2),
                         nn.Conv2d(192, 384, 3, padding=1), nn.ReLU(True), nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(True), nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(True), nn.MaxPool2d(3, 2),
                         nn.Flatten(), nn.Dropout(), nn.Linear(9216, 4096), nn.ReLU(True), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(True), nn.Linear(4096, 1000))


def bottlenecks():
    layers, channels = [*conv_norm(3, 64, 7, 2), nn.ReLU(True), nn.MaxPool2d(3, 2, 1)], 64
    for width, count, first in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for k in range(count):
            stride = first if k == 0 else 1
            body = nn.Sequential(*conv_norm(channels, width, 1), nn.ReLU(True), *conv_norm(width, width, 3, stride), nn.ReLU(True), *conv_norm(width, 4 * width, 1))
            layers.append(Residual(body, None if k else nn.Sequential(*conv_norm(channels, 4 * width, 1, stride)), True))
            channels = 4 * width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 1000))


def mobile_v2():
    layers, channels = [*conv_norm(3, 32, 3, 2), nn.ReLU6(True)], 32
    for widen, width, count, first in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
        for k in range(count):
            stride, inner = first if k == 0 else 1, channels * widen
            start = [] if widen == 1 else [*conv_norm(channels, inner, 1), nn.ReLU6(True)]
            body = nn.Sequential(*start, *conv_norm(inner, inner, 3, stride, inner), nn.ReLU6(True), *conv_norm(inner, width, 1))
            layers.append(Residual(body) if stride == 1 and channels == width else body)
            channels = width
    return nn.Sequential(*layers, *conv_norm(channels, 1280, 1), nn.ReLU6(True), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(1280, 1000))


def dense():
    layers, channels = [nn.Conv2d(3, 24, 3, padding=1, bias=False)], 24
    for block in range(3):
        for _ in range(6):
            layers.append(Joined(nn.Sequential(nn.BatchNorm2d(channels), nn.ReLU(True), nn.Conv2d(channels, 12, 3, padding=1, bias=False))))
            channels += 12
        layers += [nn.BatchNorm2d(channels), nn.ReLU(True)]
        if block < 2:
            layers += [nn.Conv2d(channels, channels // 2, 1, bias=False), nn.AvgPool2d(2)]
            channels //= 2
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10))


def next_blocks():
    def move(*order):
        return Lambda(lambda x: x.permute(*order))

    def block(c):
        return Residual(nn.Sequential(nn.Conv2d(c, c, 7, padding=3, groups=c), move(0, 2, 3, 1), nn.LayerNorm(c, eps=1e-6), nn.Linear(c, 4 * c), nn.GELU(), nn.Linear(4 * c, c), move(0, 3, 1, 2)))

    def down(i, o, size):
        return [nn.Conv2d(i, o, size, size), move(0, 2, 3, 1), nn.LayerNorm(o, eps=1e-6), move(0, 3, 1, 2)]
    return nn.Sequential(*down(3, 96, 4), block(96), block(96), *down(96, 192, 2), block(192), block(192), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(192, 10))


def register(workload, classifier_step, without_grad):
    def infer(name, make, *shape):
        @workload(name)
        def open_inference():
            m, x = make().eval(), torch.randn(*shape)
            return without_grad(lambda: m(x))

    def train(name, make, *shape):
        @workload(name)
        def open_training():
            m = make()
            return classifier_step(m, torch.optim.SGD(m.parameters(), lr=1e-3, momentum=0.9), torch.randn(*shape), torch.randint(0, 10, (shape[0],)))

    def step(optimizer, loss):
        def run():
            optimizer.zero_grad(set_to_none=True)
            loss().backward()
            optimizer.step()
        return run

    infer("net_alexnet_b4_infer_224", alex, 4, 3, 224, 224)
    infer("net_resnet50_b1_infer_224", bottlenecks, 1, 3, 224, 224)
    train("net_resnet50_b4_sgd_step_128", bottlenecks, 4, 3, 128, 128)
    infer("net_mobilenet_v2_b1_infer_224", mobile_v2, 1, 3, 224, 224)
    train("net_mobilenet_v2_b8_sgd_step_96", mobile_v2, 8, 3, 96, 96)
    train("net_densenet_k12_b16_sgd_step_32", dense, 16, 3, 32, 32)
    infer("net_convnext_blocks_b1_infer_224", next_blocks, 1, 3, 224, 224)
    train("net_convnext_blocks_b4_sgd_step_64", next_blocks, 4, 3, 64, 64)
    infer("net_vit_l4_d192_h3_b1_infer_224", Patches, 1, 3, 224, 224)
    train("net_vit_l4_d192_h3_b4_sgd_step_224", Patches, 4, 3, 224, 224)

    @workload("net_mnist_example_b64_adadelta_step")
    def digits():
        m = nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten(), nn.Linear(9216, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))
        return classifier_step(m, torch.optim.Adadelta(m.parameters(), lr=1.0), torch.randn(64, 1, 28, 28), torch.randint(0, 10, (64,)))

    @workload("net_autoencoder_1x28x28_b64_adam_step")
    def autoencoder():
        m = nn.Sequential(nn.Conv2d(1, 16, 3, 2, 1), nn.ReLU(), nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 7), nn.ReLU(), nn.ConvTranspose2d(64, 32, 7), nn.ReLU(),
                          nn.ConvTranspose2d(32, 16, 3, 2, 1, output_padding=1), nn.ReLU(), nn.ConvTranspose2d(16, 1, 3, 2, 1, output_padding=1), nn.Sigmoid())
        x = torch.rand(64, 1, 28, 28)
        return step(torch.optim.Adam(m.parameters(), lr=1e-3), lambda: F.mse_loss(m(x), x))

    @workload("net_espcn_b4_adam_step")
    def super_resolution():
        m = nn.Sequential(nn.Conv2d(1, 64, 5, 1, 2), nn.ReLU(), nn.Conv2d(64, 64, 3, 1, 1), nn.ReLU(), nn.Conv2d(64, 32, 3, 1, 1), nn.ReLU(), nn.Conv2d(32, 9, 3, 1, 1), nn.PixelShuffle(3))
        x, y = torch.rand(4, 1, 64, 64), torch.rand(4, 1, 192, 192)
        return step(torch.optim.Adam(m.parameters(), lr=1e-3), lambda: F.mse_loss(m(x), y))

    @workload("net_style_3x128x128_b1_adam_step")
    def style():
        def layer(i, o, kernel, stride):
            return [nn.ReflectionPad2d(kernel // 2), nn.Conv2d(i, o, kernel, stride), nn.InstanceNorm2d(o, affine=True)]

        def block(c):
            return Residual(nn.Sequential(*layer(c, c, 3, 1), nn.ReLU(), *layer(c, c, 3, 1)))
        m = nn.Sequential(*layer(3, 32, 9, 1), nn.ReLU(), *layer(32, 64, 3, 2), nn.ReLU(), *layer(64, 128, 3, 2), nn.ReLU(), block(128), block(128),
                          nn.Upsample(scale_factor=2.0), *layer(128, 64, 3, 1), nn.ReLU(), nn.Upsample(scale_factor=2.0), *layer(64, 32, 3, 1), nn.ReLU(), nn.ReflectionPad2d(4), nn.Conv2d(32, 3, 9))
        x = torch.rand(1, 3, 128, 128)
        return step(torch.optim.Adam(m.parameters(), lr=1e-3), lambda: F.mse_loss(m(x), x))

    @workload("net_diffusion_blocks_b4_adamw_step")
    def diffusion():
        def half(i, o):
            return nn.Sequential(nn.GroupNorm(8, i), nn.SiLU(), nn.Conv2d(i, o, 3, padding=1))
        a, b, c, d = half(64, 64), half(64, 64), half(64, 128), half(128, 128)
        time1, time2 = nn.Linear(64, 64), nn.Linear(64, 128)
        first, down, wide, close = nn.Conv2d(3, 64, 3, padding=1), nn.Conv2d(64, 64, 3, 2, 1), nn.Conv2d(64, 128, 1), nn.Conv2d(128, 3, 1)
        norm, attention = nn.GroupNorm(8, 128), nn.MultiheadAttention(128, 4, batch_first=True)
        parameters = [p for m in (a, b, c, d, time1, time2, first, down, wide, close, norm, attention) for p in m.parameters()]
        x, noise, t = torch.randn(4, 3, 32, 32), torch.randn(4, 3, 16, 16), torch.randn(4, 64)

        def loss():
            h, e = first(x), F.silu(t)
            h = h + b(a(h) + time1(e)[..., None, None])
            h = down(h)
            h = wide(h) + d(c(h) + time2(e)[..., None, None])
            s = norm(h).flatten(2).transpose(1, 2)
            h = h + attention(s, s, s, need_weights=False)[0].transpose(1, 2).reshape(4, 128, 16, 16)
            return F.mse_loss(close(h), noise)
        return step(torch.optim.AdamW(parameters, lr=1e-4), loss)
