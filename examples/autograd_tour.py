import torch
import torch.nn as nn

x = torch.tensor(3.0, requires_grad=True)
y = x ** 2 + 2 * x + 1
y.backward()
print("dy/dx at 3:", x.grad)

x.grad.zero_()
first = torch.autograd.grad(x ** 3, x, create_graph=True)[0]
second = torch.autograd.grad(first, x)[0]
print("d2(x^3)/dx2 at 3:", second)

root = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
for epoch in range(6):
    loss = (root * root - 2) ** 2
    error = root * root - 2
    slope = torch.autograd.grad(error, root)[0]
    with torch.no_grad():
        root.sub_(error / slope)
    print("epoch {}, loss {}".format(epoch, loss.item()))

net = nn.Linear(2, 1)
net(torch.ones(1, 2)).sum().backward()
with torch.no_grad():
    for p in net.parameters():
        p -= 0.1 * p.grad

try:
    leaf = torch.tensor([1.0, 2.0], requires_grad=True)
    leaf += 1
except RuntimeError as error:
    print(error)
