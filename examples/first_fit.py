import torch

torch.manual_seed(0)

x = torch.unsqueeze(torch.linspace(-100, 100, 1000), dim=1)
y = 2 * x + 1
matrix = torch.nn.Linear(1, 1)
optimizer = torch.optim.Adam(matrix.parameters(), lr=0.1)

for epoch in range(100):
    value = matrix(x)
    score = torch.mean((value - y) ** 2)
    matrix.zero_grad()
    score.backward()
    optimizer.step()
    if epoch % 9 == 0:
        print("epoch {}, loss {}".format(epoch, score.item()))
print(matrix.weight)
print(matrix.bias)
