"""PyTorch's side of the race.

Reads one command per line, answers one line of JSON:
  open NAME      builds the workload
  code SETUP<tab>EXPRESSION    builds one from source
  run SECONDS    times it for about that long, answers the fastest sample in milliseconds per call
  close          drops it
With --footprint NAME STEPS it runs the steps once and prints the time of the first step and the peak memory.
"""
import gc
import io
import json
import os
import sys
import tempfile
import time

import torch  # noqa: E402
import torch.nn as nn  # noqa: E402
import torch.nn.functional as F  # noqa: E402

import torch_networks  # noqa: E402
import torch_vision_networks  # noqa: E402

WORKLOADS = {}
SAMPLE_SECONDS = 100e-6


def workload(*names):
    """Registers a builder; with several argument tuples it is called as builder(*arguments)."""
    def register(builder):
        for entry in names:
            name, arguments = (entry, ()) if isinstance(entry, str) else (entry[0], entry[1:])
            WORKLOADS[name] = lambda builder=builder, arguments=arguments: builder(*arguments)
        return builder
    return register


def backward(result, *leaves):
    """A backward pass of ones into leaves without gradients."""
    for leaf in leaves:
        leaf.grad = None
    result.backward(torch.ones_like(result))


def without_grad(f):
    def call():
        with torch.no_grad():
            f()
    return call


# ---------------------------------------------------------------- products
@workload(*[(f"matmul_f32_{n}", n) for n in (16, 32, 64, 128, 256, 512, 1024, 2048)])
def square_product(n):
    a, b, o = torch.randn(n, n), torch.randn(n, n), torch.empty(n, n)
    return lambda: torch.mm(a, b, out=o)


@workload(("matmul_f64_256", 256), ("matmul_f64_512", 512), ("matmul_f64_1024", 1024))
def double_product(n):
    a, b = torch.randn(n, n, dtype=torch.float64), torch.randn(n, n, dtype=torch.float64)
    return lambda: torch.mm(a, b)


@workload(*[(f"matmul_f32_{n}_{t}", n, t) for n in (256, 512, 1024, 2048) for t in ("nt", "tn", "tt")])
def transposed_product(n, transposes):
    a, b = torch.randn(n, n), torch.randn(n, n)
    a = a.t() if transposes[0] == "t" else a
    b = b.t() if transposes[1] == "t" else b
    return lambda: torch.mm(a, b)


@workload("matvec_f32_1024")
def matrix_vector():
    a, b = torch.randn(1024, 1024), torch.randn(1024)
    return lambda: torch.mv(a, b)


@workload("matmul_f32_128x784x512")
def flat_product():
    a, b = torch.randn(128, 784), torch.randn(784, 512)
    return lambda: torch.mm(a, b)


@workload("bmm_f32_128x128x64x128")
def batched_product():
    a, b = torch.randn(128, 128, 64), torch.randn(128, 64, 128)
    return lambda: torch.bmm(a, b)


# ---------------------------------------------------------------- convolutions
CONVOLUTIONS = {
    "32x64x56x56_k64_3x3": ((32, 64, 56, 56), 64, 3, 1, 1), "64x1x28x28_k32_3x3": ((64, 1, 28, 28), 32, 3, 1, 1),
    "64x32x28x28_k64_3x3": ((64, 32, 28, 28), 64, 3, 1, 1), "8x256x14x14_k256_3x3": ((8, 256, 14, 14), 256, 3, 1, 1),
    "32x256x14x14_k64_1x1": ((32, 256, 14, 14), 64, 1, 1, 1), "8x3x224x224_k64_7x7_s2": ((8, 3, 224, 224), 64, 7, 2, 1),
    "8x64x56x56_k128_3x3_s2": ((8, 64, 56, 56), 128, 3, 2, 1), "32x64x56x56_k64_3x3_depthwise": ((32, 64, 56, 56), 64, 3, 1, 64),
    "16x64x28x28_k128_5x5": ((16, 64, 28, 28), 128, 5, 1, 1),
}


def convolution(tag):
    shape, filters, kernel, stride, groups = CONVOLUTIONS[tag]
    return torch.randn(*shape, requires_grad=True), nn.Conv2d(shape[1], filters, kernel, stride=stride, padding=kernel // 2, groups=groups)


@workload(*[(f"conv2d_fwd_{tag}", tag) for tag in CONVOLUTIONS])
def convolution_forward(tag):
    x, m = convolution(tag)
    return without_grad(lambda: m(x))


@workload(*[(f"conv2d_fwdbwd_{tag}", tag) for tag in CONVOLUTIONS])
def convolution_backward(tag):
    x, m = convolution(tag)
    with torch.no_grad():
        g = torch.randn_like(m(x))

    def step():
        x.grad = None
        m.zero_grad(set_to_none=True)
        m(x).backward(g)
    return step


# ---------------------------------------------------------------- training steps
def classifier_step(model, optimizer, x, y):
    def step():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
    return step


@workload("mlp_784_512_256_10_b128_adam_step")
def mlp():
    m = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10))
    return classifier_step(m, torch.optim.Adam(m.parameters(), lr=1e-3), torch.randn(128, 784), torch.randint(0, 10, (128,)))


@workload("lenet_28x28_b64_sgd_step")
def lenet():
    m = nn.Sequential(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
                      nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))
    return classifier_step(m, torch.optim.SGD(m.parameters(), lr=1e-2, momentum=0.9), torch.randn(64, 1, 28, 28), torch.randint(0, 10, (64,)))


@workload(("lstm_s50_b32_i100_h128_l2_adam_step", nn.LSTM), ("gru_s50_b32_i100_h128_l2_adam_step", nn.GRU), ("rnn_s50_b32_i100_h128_l2_adam_step", nn.RNN))
def recurrent(kind):
    m, h = kind(100, 128, 2, batch_first=True), nn.Linear(128, 10)
    optimizer = torch.optim.Adam(list(m.parameters()) + list(h.parameters()), lr=1e-3)
    return classifier_step(lambda x: h(m(x)[0][:, -1]), optimizer, torch.randn(32, 50, 100), torch.randint(0, 10, (32,)))


@workload("transformer_layer_b16_s128_d256_h8_fwdbwd")
def transformer_training():
    m = nn.TransformerEncoderLayer(256, 8, 1024, dropout=0.0, batch_first=True)
    x, g = torch.randn(16, 128, 256, requires_grad=True), torch.randn(16, 128, 256)

    def step():
        x.grad = None
        m.zero_grad(set_to_none=True)
        m(x).backward(g)
    return step


@workload("transformer_layer_b16_s128_d256_h8_infer")
def transformer_inference():
    m, x = nn.TransformerEncoderLayer(256, 8, 1024, dropout=0.0, batch_first=True).eval(), torch.randn(16, 128, 256, requires_grad=True)
    return without_grad(lambda: m(x))


@workload("embedding_20000x128_linear1000_ce_fwdbwd")
def embedding():
    e, h = nn.Embedding(20000, 128), nn.Linear(128, 1000)
    i, t = torch.randint(0, 20000, (32, 32)), torch.randint(0, 1000, (32 * 32,))

    def step():
        e.zero_grad(set_to_none=True)
        h.zero_grad(set_to_none=True)
        F.cross_entropy(h(e(i).view(-1, 128)), t).backward()
    return step


@workload(("resnet18_infer_b1_224", 1), ("resnet18_infer_b8_224", 8))
def resnet_inference(batch):
    import torchvision
    m, x = torchvision.models.resnet18().eval(), torch.randn(batch, 3, 224, 224)
    return without_grad(lambda: m(x))


@workload("resnet18_train_step_b8_224")
def resnet_training():
    import torchvision
    m = torchvision.models.resnet18(num_classes=10)
    return classifier_step(m, torch.optim.SGD(m.parameters(), lr=1e-3, momentum=0.9), torch.randn(8, 3, 224, 224), torch.randint(0, 10, (8,)))


# ---------------------------------------------------------------- overhead
@workload("tiny_add_4")
def tiny_add():
    a, b = torch.ones(4), torch.ones(4)
    return lambda: torch.add(a, b)


@workload("tiny_add_4_grad")
def tiny_add_grad():
    a, b = torch.ones(4, requires_grad=True), torch.ones(4)
    return lambda: torch.add(a, b)


@workload("tiny_mul_sum_backward_4")
def tiny_backward():
    a, b = torch.ones(4, requires_grad=True), torch.ones(4)
    return lambda: (a * b).sum().backward()


@workload("tiny_mm_4x4")
def tiny_product():
    a = torch.ones(4, 4)
    return lambda: torch.mm(a, a)


@workload("tiny_view")
def tiny_view():
    a = torch.ones(4)
    return lambda: a.view(2, 2)


@workload("tiny_slice")
def tiny_slice():
    a = torch.ones(4)
    return lambda: a[1:3]


@workload("tiny_empty_4")
def tiny_empty():
    return lambda: torch.empty(4)


@workload("tiny_item")
def tiny_item():
    a = torch.ones(4)
    return lambda: a[0].item()


@workload(("linreg_tutorial_adam_100it", torch.optim.Adam), ("linreg_tutorial_sgd_100it", torch.optim.SGD))
def linear_regression(kind):
    m, criterion = nn.Linear(1, 1), nn.MSELoss()
    optimizer = kind(m.parameters(), lr=0.01)
    x = torch.linspace(0, 1, 40).unsqueeze(1)
    y = 0.7 * x + 0.3
    adam = kind is torch.optim.Adam

    def loop():
        for _ in range(100):
            if adam:
                m.train()
            loss = criterion(m(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return loop


# ---------------------------------------------------------------- elementwise
ELEMENTWISE = {
    "add": lambda p, q, r, o: lambda: torch.add(p, q, out=o), "exp": lambda p, q, r, o: lambda: torch.exp(p, out=o),
    "tanh": lambda p, q, r, o: lambda: torch.tanh(p, out=o), "sigmoid": lambda p, q, r, o: lambda: torch.sigmoid(p, out=o),
    "log": lambda p, q, r, o: lambda: torch.log(q, out=o), "sin": lambda p, q, r, o: lambda: torch.sin(q, out=o),
    "relu": lambda p, q, r, o: lambda: torch.relu(p), "gelu": lambda p, q, r, o: lambda: F.gelu(p),
    "fma_tanh_chain": lambda p, q, r, o: lambda: (p * q + r).tanh(), "add_alloc": lambda p, q, r, o: lambda: p + q,
    "copy": lambda p, q, r, o: lambda: o.copy_(p), "gt": lambda p, q, r, o: lambda: p > q,
    "where": lambda p, q, r, o: lambda: torch.where(p > q, p, q),
}


@workload(*[(f"elt_{name}_{n}", name, n) for n in (1000, 1000000, 10000000) for name in ELEMENTWISE])
def elementwise(name, n):
    return ELEMENTWISE[name](torch.randn(n), torch.randn(n), torch.randn(n), torch.empty(n))


# ---------------------------------------------------------------- rows and planes
LAYERS = {
    "softmax_1024x1024": (lambda: lambda t: F.softmax(t, -1), (1024, 1024)), "log_softmax_1024x1024": (lambda: lambda t: F.log_softmax(t, -1), (1024, 1024)),
    "layernorm_2048x512": (lambda: nn.LayerNorm(512), (2048, 512)), "batchnorm2d_32x64x28x28": (lambda: nn.BatchNorm2d(64), (32, 64, 28, 28)),
    "maxpool2_32x64x28x28": (lambda: nn.MaxPool2d(2), (32, 64, 28, 28)), "avgpool2_32x64x28x28": (lambda: nn.AvgPool2d(2), (32, 64, 28, 28)),
    "gelu_1024x1024": (lambda: F.gelu, (1024, 1024)), "dropout_1024x1024": (lambda: nn.Dropout(0.5), (1024, 1024)),
}


@workload(*[(name + "_fwd", name) for name in LAYERS])
def layer_forward(name):
    make, shape = LAYERS[name]
    f, t = make(), torch.randn(*shape, requires_grad=True)
    return without_grad(lambda: f(t))


@workload(*[(name + "_fwdbwd", name) for name in LAYERS])
def layer_backward(name):
    make, shape = LAYERS[name]
    f, t = make(), torch.randn(*shape, requires_grad=True)
    with torch.no_grad():
        g = torch.randn_like(f(t))

    def step():
        t.grad = None
        f(t).backward(g)
    return step


@workload("cross_entropy_1024x1000_fwdbwd")
def cross_entropy():
    x, y = torch.randn(1024, 1000, requires_grad=True), torch.randint(0, 1000, (1024,))

    def step():
        x.grad = None
        F.cross_entropy(x, y).backward()
    return step


# ---------------------------------------------------------------- a million elements
N = 1000000
MILLION = {
    "sort_1e6": lambda v, m: lambda: v.sort(), "sort_rows_1000x1000": lambda v, m: lambda: m.sort(-1),
    "topk100_1e6": lambda v, m: lambda: v.topk(100), "topk5_rows_1000x1000": lambda v, m: lambda: m.topk(5, -1),
    "cumsum_1e6": lambda v, m: lambda: v.cumsum(0), "cumsum_dim0_1000x1000": lambda v, m: lambda: m.cumsum(0),
    "sum_all_1e6": lambda v, m: lambda: v.sum(), "sum_dim0_1000x1000": lambda v, m: lambda: m.sum(0), "sum_dim1_1000x1000": lambda v, m: lambda: m.sum(1),
    "mean_std_1e6": lambda v, m: lambda: v.std(), "max_dim1_1000x1000": lambda v, m: lambda: m.max(1), "argmax_1e6": lambda v, m: lambda: v.argmax(),
    "transpose_contiguous_1000x1000": lambda v, m: lambda: m.t().contiguous(), "add_transposed_1000x1000": lambda v, m: lambda: m + m.t(),
    "cat_2x1e6": lambda v, m: lambda: torch.cat((v, v)), "masked_select_1e6": lambda v, m: lambda: v[v > 0],
    "rand_1e6": lambda v, m: lambda: torch.rand(N), "randn_1e6": lambda v, m: lambda: torch.randn(N), "randint_1e6": lambda v, m: lambda: torch.randint(0, 10, (N,)),
    "randperm_1e5": lambda v, m: lambda: torch.randperm(100000), "bernoulli_1e6": lambda v, m: lambda: torch.empty(N).bernoulli_(0.5),
    "zeros_1e6": lambda v, m: lambda: torch.zeros(N), "to_float64_1e6": lambda v, m: lambda: v.double(), "norm_1e6": lambda v, m: lambda: v.norm(),
    "dot_1e6": lambda v, m: lambda: torch.dot(v, v), "fft_rfft_1024x1024": lambda v, m: lambda: torch.fft.rfft(m),
    "prod_1e6": lambda v, m: lambda: v.prod(), "median_1e6": lambda v, m: lambda: v.median(), "logsumexp_1000x1000": lambda v, m: lambda: m.logsumexp(1),
}


@workload(*[(name, name) for name in MILLION])
def million(name):
    v = torch.randn(N)
    return MILLION[name](v, v.view(1000, 1000))


@workload("sort_int64_1e6")
def sort_integers():
    v = torch.randint(0, 1000000, (N,))
    return lambda: v.sort()


@workload("unique_1e6")
def unique():
    v = torch.randint(0, 1000000, (N,))
    return lambda: v.unique()


@workload("index_select_1e6")
def index_select():
    v, i = torch.randn(N), torch.randint(0, N, (N,))
    return lambda: v.index_select(0, i)


@workload("index_select_rows_1000x1000")
def index_select_rows():
    m, i = torch.randn(1000, 1000), torch.randint(0, 1000, (1000,))
    return lambda: m.index_select(0, i)


@workload("gather_index_1e6")
def gather_index():
    v, i = torch.randn(N), torch.randint(0, N, (N,))
    return lambda: v[i]


@workload(("broadcast_add_row_1000x1000", (1000,)), ("broadcast_add_col_1000x1000", (1000, 1)))
def broadcast_add(shape):
    m, s = torch.randn(1000, 1000), torch.randn(*shape)
    return lambda: m + s


# ---------------------------------------------------------------- linear algebra and Fourier transforms
@workload("linalg_solve_256")
def solve():
    a, b = torch.randn(256, 256) + 32 * torch.eye(256), torch.randn(256, 8)
    return lambda: torch.linalg.solve(a, b)


@workload("linalg_svd_128")
def svd():
    a = torch.randn(128, 128)
    return lambda: torch.linalg.svd(a)


def spd(*shape):
    a = torch.randn(*shape)
    return a @ a.transpose(-1, -2) + shape[-1] * torch.eye(shape[-1])


DECOMPOSITIONS = {"cholesky": torch.linalg.cholesky, "qr": torch.linalg.qr, "eigh": torch.linalg.eigh, "inv": torch.linalg.inv, "svd": torch.linalg.svd, "det": torch.linalg.det}


@workload(*[(f"linalg_{name}_{n}", name, (n, n)) for name in DECOMPOSITIONS for n in (128, 256, 512) if (name, n) != ("svd", 128)],
          *[(f"linalg_{name}_1000x8x8", name, (1000, 8, 8)) for name in DECOMPOSITIONS])
def decomposition(name, shape):
    a, f = spd(*shape), DECOMPOSITIONS[name]
    return lambda: f(a)


@workload(("fft_1e6", (1 << 20,)), ("fft_1024x1024", (1024, 1024)), ("fft_1000x1000", (1000, 1000)))
def fft(shape):
    x = torch.randn(*shape, dtype=torch.complex64)
    return lambda: torch.fft.fft(x)


@workload("einsum_bij_bjk_32x128")
def einsum():
    a = torch.randn(32, 128, 128)
    return lambda: torch.einsum("bij,bjk->bik", a, a)


# ---------------------------------------------------------------- optimizers, data, files
OPTIMIZERS = {
    "sgd_momentum": lambda p: torch.optim.SGD(p, lr=1e-3, momentum=0.9), "adam": lambda p: torch.optim.Adam(p, lr=1e-3),
    "adamw_foreach": lambda p: torch.optim.AdamW(p, lr=1e-3, foreach=True), "rmsprop": lambda p: torch.optim.RMSprop(p, lr=1e-3),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=1e-3),
}


@workload(*[(f"optim_{name}_20x50000", name) for name in OPTIMIZERS])
def optimizer_step(name):
    parameters = [nn.Parameter(torch.randn(50000)) for _ in range(20)]
    for p in parameters:
        p.grad = torch.randn(50000)
    optimizer = OPTIMIZERS[name](parameters)
    return lambda: optimizer.step()


@workload(("dataloader_100k_b64_w0", False, 0), ("dataloader_100k_b64_w0_shuffle", True, 0), ("dataloader_100k_b64_w2", False, 2))
def data_loader(shuffle, workers):
    from torch.utils.data import DataLoader, TensorDataset
    rows = TensorDataset(torch.randn(100000, 20), torch.randint(0, 10, (100000,)))

    def epoch():
        for _ in DataLoader(rows, batch_size=64, shuffle=shuffle, num_workers=workers):
            pass
    return epoch


def state_dict(layers):
    """4 MB a layer: 25 are 100 MB, 256 one GB."""
    return {f"layer{i}.weight": torch.randn(1024, 1024) for i in range(layers)}


class Scratch:
    """A file that goes away with the workload."""

    def __init__(self):
        handle, self.path = tempfile.mkstemp(suffix=".pt")
        os.close(handle)

    def __del__(self):
        os.remove(self.path)


@workload(("save_100MB_file", 25), ("save_1GB_file", 256))
def save_file(layers):
    state, file = state_dict(layers), Scratch()
    return lambda: torch.save(state, file.path)


@workload(("load_100MB_file", 25), ("load_1GB_file", 256), ("load_1GB_mmap", 256))
def load_file(layers):
    file = Scratch()
    torch.save(state_dict(layers), file.path)
    return lambda: torch.load(file.path)


@workload("save_100MB_memory")
def save_memory():
    state = state_dict(25)
    return lambda: torch.save(state, io.BytesIO())


torch_networks.register(workload, classifier_step, without_grad)
torch_vision_networks.register(workload, classifier_step, without_grad)


# ---------------------------------------------------------------- the protocol
def sample(f, count):
    start = time.perf_counter()
    for _ in range(count):
        f()
    return max(time.perf_counter() - start, 1e-9) / count


class Player:
    def __init__(self):
        self.f, self.inner = None, 1

    def open(self, name):
        if name not in WORKLOADS:
            return {"error": "unknown workload"}
        return self.start(WORKLOADS[name])

    def code(self, setup, expression):
        scope = dict(globals())
        exec(f"def build():\n    {setup}\n    return lambda: {expression}", scope)
        return self.start(scope["build"])

    def start(self, builder):
        self.f = builder()
        self.f()
        self.inner = 1
        return {"ok": True}

    def run(self, seconds):
        end, best = time.perf_counter() + seconds, None
        while best is None or time.perf_counter() < end:
            one = sample(self.f, self.inner)
            if self.inner * one < SAMPLE_SECONDS / 2 and self.inner < 100000:
                # A sample of few ticks of the clock says nothing: it only sets the number of calls.
                self.inner = max(self.inner * 2, min(100000, round(SAMPLE_SECONDS / one)))
                best = None
            else:
                best = one if best is None else min(best, one)
        return {"ms": best * 1e3}

    def close(self):
        self.f = None
        gc.collect()
        return {"ok": True}


def serve():
    player, answers = Player(), os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    # OpenBLAS's threads spin after a product; whoever plays next must not pay for that.
    rest = 0.03 if torch.get_num_threads() > 1 else 0
    for line in sys.stdin:
        word, _, argument = line.strip().partition(" ")
        try:
            if word == "open":
                answer = player.open(argument)
            elif word == "code":
                answer = player.code(*argument.split("\t"))
            elif word == "run":
                answer = player.run(float(argument))
                time.sleep(rest)
            else:
                answer = player.close()
        except Exception as e:
            answer = {"error": repr(e)[:300]}
        print(json.dumps(answer), file=answers, flush=True)


def footprint(name, steps):
    f = WORKLOADS[name]()
    start = time.perf_counter()
    f()
    first, at = time.perf_counter() - start, time.time()
    for _ in range(steps - 1):
        f()
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    print(json.dumps({"peak_kb": peak, "first_ms": first * 1e3, "first_at": at * 1e3}))


def main():
    import warnings
    warnings.filterwarnings("ignore")
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    torch.manual_seed(0)
    if sys.argv[1:2] == ["--footprint"]:
        return footprint(sys.argv[2], int(sys.argv[3]))
    gc.disable()
    print(json.dumps({"version": torch.__version__, "workloads": sorted(WORKLOADS)}), flush=True)
    serve()


main()
