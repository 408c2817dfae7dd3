"""bench/steady_memory.cs with PyTorch."""
import torch
import torch.nn as nn


def report(what):
    status = {line.split(":")[0]: line.split()[1] for line in open("/proc/self/status") if line.startswith("Vm")}
    print("%s: resident %.1f MiB, peak %.1f MiB" % (what, int(status["VmRSS"]) / 1024, int(status["VmHWM"]) / 1024))


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 256), nn.Tanh(), nn.Linear(256, 8))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
x, y = torch.randn(512, 64), torch.randn(512, 8)
report("start")
for step in range(1, 10001):
    loss = nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step in (10, 100) or step % 1000 == 0:
        report("step %d, loss %.6f" % (step, loss.item()))
