"""PyTorch's side of the networks that people write after their first tutorials (bench/Facula.Benchmarks/Workloads/Networks.cs)."""
import torch
import torch.nn as nn
import torch.nn.functional as F


def register(workload, classifier_step, without_grad):
    @workload("net_vae_784_400_20_b128_adam_step")
    def vae():
        encode, mean, spread = nn.Linear(784, 400), nn.Linear(400, 20), nn.Linear(400, 20)
        decode = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784), nn.Sigmoid())
        optimizer = torch.optim.Adam([p for m in (encode, mean, spread, decode) for p in m.parameters()], lr=1e-3)
        x = torch.rand(128, 784)

        def step():
            optimizer.zero_grad(set_to_none=True)
            h = F.relu(encode(x))
            mu, logvar = mean(h), spread(h)
            z = mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)
            loss = F.binary_cross_entropy(decode(z), x, reduction="sum") - 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
            loss.backward()
            optimizer.step()
        return step

    @workload("net_dcgan_64x64_b16_adam_step")
    def gan():
        def up(i, o, *more):
            return [nn.ConvTranspose2d(i, o, *more, bias=False), nn.BatchNorm2d(o), nn.ReLU(True)]

        def down(i, o):
            return [nn.Conv2d(i, o, 4, 2, 1, bias=False), nn.BatchNorm2d(o), nn.LeakyReLU(0.2, True)]

        g = nn.Sequential(*up(100, 256, 4, 1, 0), *up(256, 128, 4, 2, 1), *up(128, 64, 4, 2, 1), *up(64, 32, 4, 2, 1), nn.ConvTranspose2d(32, 3, 4, 2, 1, bias=False), nn.Tanh())
        d = nn.Sequential(nn.Conv2d(3, 32, 4, 2, 1, bias=False), nn.LeakyReLU(0.2, True), *down(32, 64), *down(64, 128), *down(128, 256), nn.Conv2d(256, 1, 4, 1, 0, bias=False), nn.Sigmoid())
        og, od = torch.optim.Adam(g.parameters(), lr=2e-4, betas=(0.5, 0.999)), torch.optim.Adam(d.parameters(), lr=2e-4, betas=(0.5, 0.999))
        real, ones, zeros = torch.randn(16, 3, 64, 64), torch.ones(16), torch.zeros(16)

        def step():
            od.zero_grad(set_to_none=True)
            fake = g(torch.randn(16, 100, 1, 1))
            (F.binary_cross_entropy(d(real).view(-1), ones) + F.binary_cross_entropy(d(fake.detach()).view(-1), zeros)).backward()
            od.step()
            og.zero_grad(set_to_none=True)
            F.binary_cross_entropy(d(fake).view(-1), ones).backward()
            og.step()
        return step

    @workload("net_char_gru_s64_b32_h128_l2_adam_step")
    def characters():
        table, gru, head = nn.Embedding(100, 64), nn.GRU(64, 128, 2, batch_first=True), nn.Linear(128, 100)
        parameters = [p for m in (table, gru, head) for p in m.parameters()]
        optimizer = torch.optim.Adam(parameters, lr=1e-3)
        x, y = torch.randint(0, 100, (32, 64)), torch.randint(0, 100, (32 * 64,))

        def step():
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(head(gru(table(x))[0]).view(-1, 100), y).backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
        return step

    @workload("net_names_rnn_by_hand_10_letters")
    def names():
        i2h, i2o = nn.Linear(57 + 128, 128), nn.Linear(57 + 128, 18)
        parameters = list(i2h.parameters()) + list(i2o.parameters())
        letters = F.one_hot(torch.randint(0, 57, (10, 1)), 57).float()
        category = torch.tensor([3])

        def step():
            hidden = torch.zeros(1, 128)
            for p in parameters:
                p.grad = None
            for i in range(10):
                combined = torch.cat((letters[i], hidden), 1)
                hidden, output = i2h(combined), i2o(combined)
            loss = F.nll_loss(F.log_softmax(output, dim=1), category)
            loss.backward()
            for p in parameters:
                p.data.add_(p.grad.data, alpha=-0.005)
            return loss.item()
        return step

    @workload("net_seq2seq_attention_10_words")
    def translation():
        source_table, source_gru = nn.Embedding(2000, 128), nn.GRU(128, 128)
        table, attend, combine, gru, out = nn.Embedding(2000, 128), nn.Linear(256, 10), nn.Linear(256, 128), nn.GRU(128, 128), nn.Linear(128, 2000)
        optimizer = torch.optim.SGD([p for m in (source_table, source_gru, table, attend, combine, gru, out) for p in m.parameters()], lr=0.01)
        source, target = torch.randint(0, 2000, (10, 1)), torch.randint(0, 2000, (10, 1))

        def step():
            optimizer.zero_grad(set_to_none=True)
            hidden, encoded = torch.zeros(1, 1, 128), torch.zeros(10, 128)
            for i in range(10):
                output, hidden = source_gru(source_table(source[i]).view(1, 1, -1), hidden)
                encoded[i] = output[0, 0]
            loss, word = 0, torch.zeros(1, dtype=torch.int64)
            for i in range(10):
                embedded = table(word).view(1, 1, -1)
                weights = F.softmax(attend(torch.cat((embedded[0], hidden[0]), 1)), dim=1)
                applied = torch.bmm(weights.unsqueeze(0), encoded.unsqueeze(0))
                output = F.relu(combine(torch.cat((embedded[0], applied[0]), 1)).unsqueeze(0))
                output, hidden = gru(output, hidden)
                output = F.log_softmax(out(output[0]), dim=1)
                loss = loss + F.nll_loss(output, target[i])
                word = target[i]
            loss.backward()
            optimizer.step()
        return step

    @workload(("net_gpt_l4_d128_h4_s64_b16_adamw_step", 16, True), ("net_gpt_l4_d128_h4_s64_b1_infer", 1, False))
    def gpt(batch, training):
        class Block(nn.Module):
            def __init__(self, d):
                super().__init__()
                self.ln1, self.ln2 = nn.LayerNorm(d), nn.LayerNorm(d)
                self.qkv, self.proj = nn.Linear(d, 3 * d, bias=False), nn.Linear(d, d)
                self.mlp = nn.Sequential(nn.Linear(d, 4 * d), nn.GELU(), nn.Linear(4 * d, d))
                self.register_buffer("mask", torch.tril(torch.ones(64, 64)) == 0)

            def forward(self, x):
                b, t, c = x.shape
                q, k, v = self.qkv(self.ln1(x)).split(c, dim=2)
                q, k, v = (z.view(b, t, 4, c // 4).transpose(1, 2) for z in (q, k, v))
                scores = (q @ k.transpose(-2, -1)) * (1.0 / (c // 4) ** 0.5)
                scores = F.softmax(scores.masked_fill(self.mask[:t, :t], float("-inf")), dim=-1)
                x = x + self.proj((scores @ v).transpose(1, 2).contiguous().view(b, t, c))
                return x + self.mlp(self.ln2(x))

        table, place, blocks, norm, head = nn.Embedding(65, 128), nn.Embedding(64, 128), nn.Sequential(*[Block(128) for _ in range(4)]), nn.LayerNorm(128), nn.Linear(128, 65)
        model = nn.ModuleList([table, place, blocks, norm, head])
        x, y = torch.randint(0, 65, (batch, 64)), torch.randint(0, 65, (batch * 64,))

        def forward(x):
            return head(norm(blocks(table(x) + place(torch.arange(64)))))

        if not training:
            return without_grad(lambda: forward(x))
        return classifier_step(lambda x: forward(x).view(-1, 65), torch.optim.AdamW(model.parameters(), lr=1e-3), x, y)

    @workload("net_text_bag_20000x64_b64_sgd_step")
    def text():
        m, head = nn.EmbeddingBag(20000, 64), nn.Linear(64, 4)
        optimizer = torch.optim.SGD(list(m.parameters()) + list(head.parameters()), lr=5.0)
        i, offsets = torch.randint(0, 20000, (64 * 40,)), torch.arange(0, 64 * 40, 40)
        return classifier_step(lambda x: head(m(x, offsets)), optimizer, i, torch.randint(0, 4, (64,)))

    @workload("net_mobile_blocks_b1_infer")
    def mobile():
        def block(c, e):
            return nn.Sequential(nn.Conv2d(c, e, 1, bias=False), nn.BatchNorm2d(e), nn.ReLU6(True), nn.Conv2d(e, e, 3, 1, 1, groups=e, bias=False), nn.BatchNorm2d(e), nn.ReLU6(True),
                                 nn.Conv2d(e, c, 1, bias=False), nn.BatchNorm2d(c))
        a, b = block(32, 192).eval(), block(96, 576).eval()
        x, y = torch.randn(1, 32, 28, 28), torch.randn(1, 96, 14, 14)
        return without_grad(lambda: (x + a(x), y + b(y)))

    @workload("net_unet_1x128x128_b2_adam_step")
    def unet():
        def double(i, o):
            return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.ReLU(), nn.Conv2d(o, o, 3, padding=1), nn.ReLU())
        d1, d2, d3 = double(1, 16), double(16, 32), double(32, 64)
        u2, c2, u1, c1, out = nn.ConvTranspose2d(64, 32, 2, 2), double(64, 32), nn.ConvTranspose2d(32, 16, 2, 2), double(32, 16), nn.Conv2d(16, 1, 1)
        optimizer = torch.optim.Adam([p for m in (d1, d2, d3, u2, c2, u1, c1, out) for p in m.parameters()], lr=1e-3)
        x, y = torch.randn(2, 1, 128, 128), torch.randint(0, 2, (2, 1, 128, 128)).float()

        def step():
            optimizer.zero_grad(set_to_none=True)
            a = d1(x)
            b = d2(F.max_pool2d(a, 2))
            h = u2(d3(F.max_pool2d(b, 2)))
            h = u1(c2(torch.cat((h, b), 1)))
            F.binary_cross_entropy_with_logits(out(c1(torch.cat((h, a), 1))), y).backward()
            optimizer.step()
        return step

    @workload("net_cifar_vgg_b32_sgd_step")
    def vgg():
        layers, channels = [], 3
        for width in (32, 32, "M", 64, 64, "M", 128, 128, "M"):
            if width == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU(True)]
                channels = width
        m = nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.5), nn.Linear(128 * 16, 10))
        return classifier_step(m, torch.optim.SGD(m.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4), torch.randn(32, 3, 32, 32), torch.randint(0, 10, (32,)))

    @workload("net_policy_4_128_2_act")
    def act():
        m, x = nn.Sequential(nn.Linear(4, 128), nn.ReLU(), nn.Linear(128, 2)), torch.randn(1, 4)

        def step():
            distribution = torch.distributions.Categorical(logits=m(x))
            action = distribution.sample()
            return action.item(), distribution.log_prob(action)
        return step

    @workload("net_dqn_4_128_128_2_b128_adamw_step")
    def dqn():
        def network():
            return nn.Sequential(nn.Linear(4, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 2))
        policy, target = network(), network()
        optimizer = torch.optim.AdamW(policy.parameters(), lr=1e-4, amsgrad=True)
        state, following, action, reward = torch.randn(128, 4), torch.randn(128, 4), torch.randint(0, 2, (128, 1)), torch.randn(128)

        def step():
            value = policy(state).gather(1, action)
            with torch.no_grad():
                expected = target(following).max(1)[0] * 0.99 + reward
            loss = F.smooth_l1_loss(value, expected.unsqueeze(1))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_value_(policy.parameters(), 100)
            optimizer.step()
            for t, p in zip(target.parameters(), policy.parameters()):
                t.data.copy_(p.data * 0.005 + t.data * 0.995)
        return step

    @workload("net_audio_m5_8000_b16_adam_step")
    def audio():
        m = nn.Sequential(nn.Conv1d(1, 32, 80, stride=16), nn.BatchNorm1d(32), nn.ReLU(), nn.MaxPool1d(4), nn.Conv1d(32, 32, 3), nn.BatchNorm1d(32), nn.ReLU(), nn.MaxPool1d(4),
                          nn.Conv1d(32, 64, 3), nn.BatchNorm1d(64), nn.ReLU(), nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(64, 35))
        return classifier_step(m, torch.optim.Adam(m.parameters(), lr=0.01, weight_decay=1e-4), torch.randn(16, 1, 8000), torch.randint(0, 35, (16,)))

    @workload("net_tabular_10_64_64_1_b32_adam_step")
    def tabular():
        m = nn.Sequential(nn.Linear(10, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1))
        optimizer, x, y = torch.optim.Adam(m.parameters(), lr=1e-3), torch.randn(32, 10), torch.randn(32, 1)

        def step():
            optimizer.zero_grad(set_to_none=True)
            loss = F.mse_loss(m(x), y)
            loss.backward()
            optimizer.step()
            return loss.item()
        return step

    @workload("net_bert_l2_d768_h12_s128_b1_infer")
    def bert():
        m = nn.TransformerEncoder(nn.TransformerEncoderLayer(768, 12, 3072, activation="gelu", batch_first=True), 2).eval()
        x = torch.randn(1, 128, 768, requires_grad=True)
        return without_grad(lambda: m(x))

    @workload("net_factors_5000x3000x32_b1024_adam_step")
    def factors():
        users, items = nn.Embedding(5000, 32), nn.Embedding(3000, 32)
        optimizer = torch.optim.Adam(list(users.parameters()) + list(items.parameters()), lr=1e-3)
        u, i, r = torch.randint(0, 5000, (1024,)), torch.randint(0, 3000, (1024,)), torch.randn(1024)

        def step():
            optimizer.zero_grad(set_to_none=True)
            F.mse_loss((users(u) * items(i)).sum(1), r).backward()
            optimizer.step()
        return step

    @workload("net_tagger_lstm_5_words_sgd_step")
    def tagger():
        table, lstm, head = nn.Embedding(9, 6), nn.LSTM(6, 6), nn.Linear(6, 3)
        optimizer = torch.optim.SGD([p for m in (table, lstm, head) for p in m.parameters()], lr=0.1)
        x, y = torch.randint(0, 9, (5,)), torch.randint(0, 3, (5,))
        return classifier_step(lambda x: F.log_softmax(head(lstm(table(x).view(5, 1, -1))[0].view(5, -1)), dim=1), optimizer, x, y)

    @workload("net_mlp_784_512_10_b1_infer")
    def one():
        m, x = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 10)).eval(), torch.randn(1, 784)
        return without_grad(lambda: m(x).argmax(1).item())
